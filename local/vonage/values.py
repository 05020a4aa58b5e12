"""The kinds of value an NCCO is made of."""

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Method = Literal["GET", "POST"]


class Part(BaseModel):
    """A JSON object of an NCCO: its values have the type they should, and no key is unknown.

    Vonage itself may pass over an unknown key. Here it fails, because it is nearly always a
    misspelt one, and the call would quietly not do what was meant.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        hide_input_in_errors=True,
        alias_generator=to_camel,
    )


def _absolute(url: str, schemes: tuple[str, ...]) -> str:
    parts = urlsplit(url)
    if parts.scheme not in schemes or not parts.hostname or re.search(r"\s", url):
        raise ValueError(f"is not an absolute URL that begins with {' or '.join(schemes)}")
    return url


def _web(url: str) -> str:
    return _absolute(url, ("http", "https"))


def _socket(url: str) -> str:
    return _absolute(url, ("ws", "wss"))


WebUrl = Annotated[str, AfterValidator(_web)]
SocketUrl = Annotated[str, AfterValidator(_socket)]

EventUrl = Annotated[list[WebUrl], Field(min_length=1, max_length=1)]
"""Always an array, "even if it only contains a single value" (Vonage's NCCO reference)."""

PhoneNumber = Annotated[str, Field(pattern=r"^[1-9][0-9]{6,14}$")]
"""E.164 as Vonage writes it: digits alone, without a plus sign."""

Name = Annotated[str, Field(min_length=1)]
Level = Annotated[float, Field(ge=-1, le=1)]
Loop = Annotated[int, Field(ge=0)]
Object = dict[str, Any]
