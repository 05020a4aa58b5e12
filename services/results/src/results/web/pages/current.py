"""Finds what the request at hand is answered from."""

from typing import cast

from flask import current_app

from results.ledger.calls import Calls, Shelf
from results.web.pages.figures import Rates
from results.web.services import Services

SERVICES = "callscribe"
"""The name of the services in the app's extensions."""

RATES = "callscribe-rates"
"""The name of what things cost, if the app says it."""


def services() -> Services:
    """Give the services of the app."""
    return cast("Services", current_app.extensions[SERVICES])


def calls() -> Calls:
    """Give the calls there are."""
    return services().calls


def shelf() -> Shelf:
    """Give where the transcripts and the audio are."""
    return services().shelf


def rates() -> Rates:
    """Give what things cost."""
    return cast("Rates", current_app.extensions.get(RATES, Rates()))
