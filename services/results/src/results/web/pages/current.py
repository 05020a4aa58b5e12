"""Finds what the request at hand is answered from."""

from typing import Final, cast

from flask import current_app

from results.ledger.calls import Calls, Shelf
from results.web.pages.figures import Rates
from results.web.services import Services

SERVICES: Final = "callscribe"
"""The name of the services in the app's extensions."""


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
    said = current_app.config
    return Rates(transcribed_minute=said["TRANSCRIBED_MINUTE_RATE"], call=said["CALL_RATE"])
