"""What an application is made of, as the Application API takes and gives it."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Webhook(BaseModel):
    """Where Vonage asks or tells; the time-outs are in milliseconds."""

    model_config = ConfigDict(extra="forbid")

    address: str = Field(pattern="^https?://")
    http_method: Literal["GET", "POST"] = "POST"
    connect_timeout: int = Field(default=1000, ge=300, le=1000)
    socket_timeout: int = Field(default=5000, ge=1000, le=10_000)


class Webhooks(BaseModel):
    """The addresses of a voice application."""

    model_config = ConfigDict(extra="forbid")

    answer_url: Webhook
    event_url: Webhook
    fallback_answer_url: Webhook | None = None


class Voice(BaseModel):
    """What a voice application can; unsigned webhooks are the default of old."""

    model_config = ConfigDict(extra="allow")

    webhooks: Webhooks
    signed_callbacks: bool = False
    region: Literal["na-east", "na-west", "eu-west", "eu-east", "apac-sng", "apac-australia"] = (
        "na-east"
    )


class Capabilities(BaseModel):
    """What an application can; of other kinds than voice nothing is looked at."""

    model_config = ConfigDict(extra="allow")

    voice: Voice | None = None


class Keys(BaseModel):
    """The key pair's half that may be seen."""

    public_key: str = Field(pattern=r"^-----BEGIN PUBLIC KEY-----\s")


class ApplicationBody(BaseModel):
    """What an application is created or updated with."""

    name: str = Field(min_length=1)
    capabilities: Capabilities = Capabilities()
    keys: Keys | None = None

    @classmethod
    def read(cls, said: Any) -> Self | str:
        """Take a request's body, or say what is wrong with it."""
        try:
            return cls.model_validate(said)
        except ValidationError as error:
            fault = error.errors(include_url=False, include_input=False)[0]
            return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"

    @property
    def public_key(self) -> str | None:
        """The public key that was given, if one was."""
        return self.keys.public_key if self.keys else None

    def application(self, id_: str, public_key: str) -> dict[str, Any]:
        """Describe the application as Vonage does."""
        return {
            "id": id_,
            "name": self.name,
            "keys": {"public_key": public_key},
            "capabilities": self.capabilities.model_dump(exclude_none=True),
        }


def page_of(applications: list[dict[str, Any]], asked: Mapping[str, str]) -> dict[str, Any]:
    """Give the page that was asked for, as Vonage pages."""
    size, page = int(asked.get("page_size", 10)), int(asked.get("page", 1))
    return {
        "page_size": size,
        "page": page,
        "total_items": len(applications),
        "total_pages": max(1, -(-len(applications) // size)),
        "_embedded": {"applications": applications[(page - 1) * size : page * size]},
    }
