"""The voice application that calls are for, as it would be registered at Vonage."""

from dataclasses import dataclass, field
from typing import Literal

Method = Literal["GET", "POST"]


@dataclass(frozen=True)
class Application:
    """Where an application is told of its calls, and what its webhooks are signed with."""

    id: str
    api_key: str
    signature_secret: str = field(repr=False)
    answer_url: str
    event_url: str
    answer_method: Method = "GET"
    event_method: Method = "POST"
