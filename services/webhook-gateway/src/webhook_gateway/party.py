"""Reads who is to be called, as an operator writes it: ``447700900123``, ``sip:…`` or ``app:…``."""

import re

from pydantic import BaseModel
from vonage_voice.models import (
    AppEndpoint,
    PhoneEndpoint,
    SipEndpoint,
)

PHONE = re.compile(r"[1-9][0-9]{6,14}")
"""A number as Vonage takes it: E.164 without the plus."""

SIP = re.compile(r"sips?:[A-Za-z0-9_|:.@;,=%&+-]+")

APP = "app:"


def endpoint(party: str) -> BaseModel:
    """Make the endpoint that a party is called at.

    :raises ValueError: if it is none of the three.
    """
    made: BaseModel
    user = party.removeprefix(APP)
    if PHONE.fullmatch(party):
        made = PhoneEndpoint(number=party)
    elif SIP.fullmatch(party):
        made = SipEndpoint(uri=party)
    elif user and user != party:
        made = AppEndpoint(user=user)
    else:
        raise ValueError("a party is a number of 7 to 15 digits, sip:… or app:…")
    return made


def checked(party: str) -> str:
    """Give the party back if it can be called.

    :raises ValueError: if it can't.
    """
    endpoint(party)
    return party
