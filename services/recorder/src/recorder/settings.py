"""What an operator may set, read once at start."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Final, cast

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pydantic import (
    BeforeValidator,
    Field,
    SecretStr,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import SettingsConfigDict

from callscribe.settings import WorkerSettings
from recorder.address import HOST_PATTERN, Trusted
from recorder.download import Waits
from recorder.handler import Policy
from recorder.parts import MAX_OBJECT_BYTES
from recorder.token import private_key

MAX_BYTES: Final = 8 * 1024**3
"""More than the most that Vonage records: two hours on 32 channels, as wav of 16 bit and 16 kHz."""


def _split(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    return [part.strip().lower() for part in given.split(",")]


Comma = BeforeValidator(_split)
Domain = Annotated[str, StringConstraints(pattern=rf"^{HOST_PATTERN}\.[a-z][a-z0-9-]+$")]
HostAndPort = Annotated[str, StringConstraints(pattern=rf"^{HOST_PATTERN}:[0-9]{{1,5}}$")]


class Settings(WorkerSettings):
    """Environment variables with the prefix ``RECORDER_``; lists are separated by commas.

    Times are in seconds, but for the minutes that say so.
    """

    model_config = SettingsConfigDict(
        env_prefix="RECORDER_",
        env_ignore_empty=True,  # compose passes what is not set as an empty variable
        enable_decoding=False,  # else a list would have to be JSON
    )

    queue_url: str
    dead_letter_url: str
    transcriptions_queue_url: str
    call_events_queue_url: str
    audio_bucket: str
    application_id: str
    private_key: SecretStr | None = None
    private_key_path: Path | None = Field(default=None, validate_default=True)
    allowed_hosts: Annotated[tuple[Domain, ...], Comma] = ("nexmo.com", "vonage.com")
    insecure_hosts: Annotated[tuple[HostAndPort, ...], Comma] = ()
    connect_timeout: float = Field(default=5, gt=0)
    read_timeout: float = Field(default=20, gt=0)
    deadline: float = Field(default=1800, gt=0, validate_default=True)
    max_bytes: int = Field(default=MAX_BYTES, gt=0, le=MAX_OBJECT_BYTES)
    not_ready_minutes: float = Field(default=30, ge=0)

    @field_validator("private_key")
    @classmethod
    def _can_sign(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None:
            private_key(key.get_secret_value())
        return key

    @field_validator("private_key_path")
    @classmethod
    def _one_key_that_can_sign(cls, path: Path | None, info: ValidationInfo) -> Path | None:
        if "private_key" in info.data and (path is None) == (info.data["private_key"] is None):
            raise ValueError("set either this or RECORDER_PRIVATE_KEY")
        if path is not None:
            private_key(_text(path))
        return path

    @field_validator("deadline")
    @classmethod
    def _ends_before_the_handler_is_taken_for_stuck(
        cls, seconds: float, info: ValidationInfo
    ) -> float:
        if seconds >= info.data.get("max_handling", float("inf")):
            raise ValueError("must be less than RECORDER_MAX_HANDLING")
        return seconds

    @property
    def key(self) -> RSAPrivateKey:
        """The application's private key."""
        if self.private_key is not None:
            return private_key(self.private_key.get_secret_value())
        return private_key(_text(cast("Path", self.private_key_path)))  # one of them is set

    @property
    def policy(self) -> Policy:
        """What the handler keeps to."""
        return Policy(
            trusted=Trusted(self.allowed_hosts, frozenset(self.insecure_hosts)),
            patience=timedelta(minutes=self.not_ready_minutes),
            max_bytes=self.max_bytes,
        )

    @property
    def waits(self) -> Waits:
        """How long a download may take."""
        return Waits(self.connect_timeout, self.read_timeout, self.deadline)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"cannot be read: {type(error).__name__}") from None
