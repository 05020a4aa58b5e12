"""What a connect action can call, each kind with fields of its own.

Source: Vonage's NCCO reference, "Endpoint Types and Values", and the models of its Python SDK.
"""

from typing import Annotated, Literal

from pydantic import Field

from local.vonage.values import Name, Object, Part, PhoneNumber, SocketUrl, WebUrl


class OnAnswer(Part):
    """What the person called hears before the calls are joined."""

    url: WebUrl
    ringback_tone: WebUrl | None = None
    ringback: WebUrl | None = None


class PhoneEndpoint(Part):
    """A telephone."""

    type: Literal["phone"]
    number: PhoneNumber
    dtmf_answer: Annotated[str, Field(pattern=r"^[0-9*#p]+$")] | None = None
    on_answer: OnAnswer | None = None
    shaken: Name | None = None

    @property
    def address(self) -> str:
        """What events say the leg goes to."""
        return self.number


class AppEndpoint(Part):
    """A user of an app made with Vonage's Client SDK."""

    type: Literal["app"]
    user: Name

    @property
    def address(self) -> str:
        """What events say the leg goes to."""
        return self.user


class SipEndpoint(Part):
    """A SIP address."""

    type: Literal["sip"]
    uri: Annotated[str, Field(pattern=r"^sips?:\S+$")]
    headers: Object | None = None
    standard_headers: Object | None = None

    @property
    def address(self) -> str:
        """What events say the leg goes to."""
        return self.uri


class SocketAuthorization(Part):
    """How the other end of a WebSocket knows us."""

    type: Literal["vonage", "custom"]
    value: str | None = None


class SocketEndpoint(Part):
    """A WebSocket that takes and gives the call's audio."""

    type: Literal["websocket"]
    uri: SocketUrl
    content_type: Literal["audio/l16;rate=8000", "audio/l16;rate=16000", "audio/l16;rate=24000"] = (
        Field(default="audio/l16;rate=16000", alias="content-type")
    )
    headers: Object | None = None
    authorization: SocketAuthorization | None = None

    @property
    def address(self) -> str:
        """What events say the leg goes to."""
        return self.uri


class ExtensionEndpoint(Part):
    """An extension of Vonage Business Cloud."""

    type: Literal["vbc"]
    extension: Annotated[str, Field(pattern=r"^[0-9]+$")]

    @property
    def address(self) -> str:
        """What events say the leg goes to."""
        return self.extension


Endpoint = Annotated[
    PhoneEndpoint | AppEndpoint | SipEndpoint | SocketEndpoint | ExtensionEndpoint,
    Field(discriminator="type"),
]
