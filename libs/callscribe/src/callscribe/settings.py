"""Settings: read once at start into one frozen object; a wrong one stops the process by name."""

import sys
from datetime import timedelta
from typing import Literal, TypeVar

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from callscribe.limits import MAX_VISIBILITY, Limits

MAX_VISIBILITY_SECONDS = int(MAX_VISIBILITY.total_seconds())

EXIT_WRONG_SETTINGS = 78
"""EX_CONFIG of sysexits.h."""


class ServiceSettings(BaseSettings):
    """What every deployable may set; each adds its own prefix and variables."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True, extra="ignore")

    log_level: Literal["debug", "info", "warning", "error"] = "info"


class WorkerSettings(ServiceSettings):
    """What every process that reads a queue may set. Times are in seconds."""

    concurrency: int = Field(default=8, ge=1, le=100)
    visibility_timeout: int = Field(default=60, ge=3, le=MAX_VISIBILITY_SECONDS)
    max_handling: int = Field(default=3600, ge=1, validate_default=True)
    poll_wait: int = Field(default=20, ge=0, le=20)
    drain: float = Field(default=30, ge=0)
    max_attempts: int = Field(default=16, ge=1)
    retry_base: float = Field(default=5, gt=0, le=MAX_VISIBILITY_SECONDS)
    retry_cap: float = Field(default=1800, gt=0, le=MAX_VISIBILITY_SECONDS)
    health_port: int = Field(default=8080, ge=0, le=65535)
    health_host: str = "0.0.0.0"  # noqa: S104 - a container's health check comes from outside it

    @field_validator("max_handling")
    @classmethod
    def _last_renewal_is_allowed(cls, seconds: int, info: ValidationInfo) -> int:
        if seconds + info.data.get("visibility_timeout", 0) > MAX_VISIBILITY_SECONDS:
            raise ValueError("with the visibility timeout it is more than the 12 h that SQS allows")
        return seconds

    @property
    def limits(self) -> Limits:
        """The limits that the worker keeps to."""
        return Limits(
            concurrency=self.concurrency,
            visibility=timedelta(seconds=self.visibility_timeout),
            max_handling=timedelta(seconds=self.max_handling),
            wait=timedelta(seconds=self.poll_wait),
            drain=timedelta(seconds=self.drain),
            max_attempts=self.max_attempts,
            retry_base=timedelta(seconds=self.retry_base),
            retry_cap=timedelta(seconds=self.retry_cap),
        )


SettingsT = TypeVar("SettingsT", bound=ServiceSettings)


def read(settings: type[SettingsT]) -> SettingsT:
    """Read the settings from the environment, or end the process with a line for each wrong one."""
    try:
        return settings()
    except ValidationError as error:
        prefix = settings.model_config.get("env_prefix", "")
        for wrong in error.errors(include_url=False, include_input=False):
            name = prefix + ".".join(str(part) for part in wrong["loc"])
            sys.stderr.write(f"{name.upper()}: {wrong['msg']}\n")
        raise SystemExit(EXIT_WRONG_SETTINGS) from None
