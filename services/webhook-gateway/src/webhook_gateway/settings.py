"""What an operator may set, read once at start-up."""

import os
from datetime import timedelta
from ipaddress import ip_address
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, field_validator
from pydantic_core.core_schema import ValidationInfo
from pydantic_settings import SettingsConfigDict

from callscribe.settings import ServiceSettings
from webhook_gateway.party import PHONE, checked
from webhook_gateway.signature import Trust

MAX_CHANNELS = 32
"""Source: Vonage NCCO reference, "record", ``channels``."""

MAX_PARTIES = MAX_CHANNELS - 1
"""The caller has a channel, too."""

MAX_MP3_CHANNELS = 2
"""MPEG audio layer III knows mono and stereo only; above, Vonage's own default is wav."""

NOBODY = "none"

MAX_GREETING = 1500
"""Characters. Source: Vonage NCCO reference, "talk", ``text``."""

VONAGE_READ_SECONDS = 5
"""How long Vonage waits for an answer webhook. Source: Vonage, "Webhook timeouts"."""

MAX_BODY = 128 * 1024
"""Bytes. Even if each must be escaped in the message, six for one, they fit SQS's 1 MiB."""


def _split(said: Any) -> Any:
    if isinstance(said, str):
        return tuple(part for part in (part.strip() for part in said.split(",")) if part)
    return said


def _parties(said: Any) -> Any:
    if isinstance(said, str) and said.strip().lower() == NOBODY:
        return ()
    parties = _split(said)
    if not parties:
        raise ValueError("must name whom to connect; for a caller who leaves a message, none")
    if len(parties) > MAX_PARTIES:
        raise ValueError(
            f"must be {MAX_PARTIES} parties at most: Vonage records {MAX_CHANNELS} channels, "
            "and one is the caller's"
        )
    return parties


def _base_url(said: str) -> str:
    url = urlsplit(said)
    if url.scheme not in {"https", "http"} or not url.hostname or url.username:
        raise ValueError("must be an https address such as https://calls.example.com")
    if url.query or url.fragment:
        raise ValueError("must have no query")
    return said.rstrip("/")


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _number(said: str) -> str:
    if not PHONE.fullmatch(said):
        raise ValueError("must be a number of 7 to 15 digits, without a plus")
    return said


def _cores() -> int:
    return os.cpu_count() or 1


Party = Annotated[str, AfterValidator(checked)]
Number = Annotated[str, AfterValidator(_number)]


class Settings(ServiceSettings):
    """Environment variables with the prefix ``WEBHOOK_GATEWAY_``.

    Times are in seconds, lists are separated by commas.
    """

    model_config = SettingsConfigDict(
        env_prefix="WEBHOOK_GATEWAY_",
        env_ignore_empty=True,  # compose passes what is not set as an empty variable
        enable_decoding=False,  # else a list would have to be JSON
    )

    recordings_queue_url: str = Field(min_length=1)
    call_events_queue_url: str = Field(min_length=1)

    insecure_public_url: bool = False
    public_url: Annotated[str, AfterValidator(_base_url)]
    parties: Annotated[tuple[Party, ...], BeforeValidator(_parties)]
    greeting: str = Field(default="", max_length=MAX_GREETING)
    language: str | None = None
    caller_id: Number | None = None
    connect_timeout: int = Field(default=60, ge=1, le=7200)
    record_beep: bool = False
    record_split: bool = True
    record_channels: int | None = Field(default=None, ge=1, le=MAX_CHANNELS)
    record_format: Literal["mp3", "wav", "ogg"] | None = None

    allow_unsigned: bool = False
    signature_secrets: Annotated[
        tuple[SecretStr, ...],
        BeforeValidator(_split),
        Field(max_length=2, validate_default=True),
    ] = ()
    application_id: str | None = None
    api_key: str | None = None
    signature_leeway: float = Field(default=60, ge=0)
    signature_max_age: float = Field(default=300, gt=0)

    host: str = "0.0.0.0"  # noqa: S104 - a container's requests come from outside it
    port: int = Field(default=3000, ge=0, le=65535)
    workers: int = Field(default_factory=_cores, ge=1)
    threads: int = Field(default=32, ge=1, le=100)
    senders: int = Field(default=3, ge=1, le=20)
    linger: float = Field(default=0.003, ge=0, le=0.1)
    send_timeout: float = Field(default=4, gt=0, lt=VONAGE_READ_SECONDS)
    graceful_timeout: int = Field(default=8, ge=1)
    max_body: int = Field(default=64 * 1024, ge=1024, le=MAX_BODY)

    @field_validator("record_format")
    @classmethod
    def _holds_the_channels(cls, asked: str | None, info: ValidationInfo) -> str | None:
        if asked == "mp3" and info.data.get("record_split"):
            channels = info.data.get("record_channels") or len(info.data.get("parties", ())) + 1
            if channels > MAX_MP3_CHANNELS:
                raise ValueError(
                    f"must be wav or ogg, or left out, for {channels} channels: "
                    f"mp3 holds {MAX_MP3_CHANNELS}"
                )
        return asked

    @field_validator("public_url")
    @classmethod
    def _nobody_listens_in(cls, said: str, info: ValidationInfo) -> str:
        url = urlsplit(said)
        if url.scheme == "https" or _loopback(url.hostname or ""):
            return said
        if not info.data.get("insecure_public_url"):
            raise ValueError(
                "must be https, because recordings' addresses come by it; where the network is "
                "this machine's own, set WEBHOOK_GATEWAY_INSECURE_PUBLIC_URL=true instead"
            )
        return said

    @field_validator("signature_secrets")
    @classmethod
    def _signed_unless_said_otherwise(
        cls, secrets: tuple[SecretStr, ...], info: ValidationInfo
    ) -> tuple[SecretStr, ...]:
        if not secrets and not info.data.get("allow_unsigned"):
            raise ValueError(
                "must hold the account's signature secret, or two while it changes; "
                "to take unsigned webhooks, set WEBHOOK_GATEWAY_ALLOW_UNSIGNED=true instead"
            )
        return secrets

    @property
    def channels(self) -> int:
        """How many channels to record: one for the caller and one for each party, or as set."""
        return self.record_channels or len(self.parties) + 1

    @property
    def trust(self) -> Trust | None:
        """What makes a webhook genuine, or nothing if unsigned ones are taken."""
        if not self.signature_secrets:
            return None
        return Trust(
            secrets=tuple(secret.get_secret_value() for secret in self.signature_secrets),
            application_id=self.application_id,
            api_key=self.api_key,
            leeway=timedelta(seconds=self.signature_leeway),
            max_age=timedelta(seconds=self.signature_max_age),
        )
