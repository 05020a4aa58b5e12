"""What an operator may set of notify, read once at start."""

from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from callscribe.settings import MAX_VISIBILITY_SECONDS, WorkerSettings
from results.notify.receivers import Receiver

SIX_HOURS = 6 * 60 * 60


class Settings(WorkerSettings):
    """Environment variables with the prefix ``NOTIFY_``; the receivers are a list in JSON.

    By default there are 19 attempts. The waits between them double from ten seconds to six hours
    and are cut at random to half of that on average, which makes a day.
    """

    model_config = SettingsConfigDict(
        env_prefix="NOTIFY_",
        env_ignore_empty=True,  # compose passes what is not set as an empty variable
    )

    queue_url: str
    dead_letter_url: str
    call_events_queue_url: str
    receivers: tuple[Receiver, ...] = ()
    event_bus: str | None = None
    allow_private: bool = False
    request_seconds: float = Field(default=15, gt=0, le=300)
    max_attempts: int = Field(default=19, ge=1)
    retry_base: float = Field(default=10, gt=0, le=MAX_VISIBILITY_SECONDS)
    retry_cap: float = Field(default=SIX_HOURS, gt=0, le=MAX_VISIBILITY_SECONDS)

    @model_validator(mode="after")
    def _secret_on_the_way(self) -> Self:
        if not self.allow_private and any(one.place.scheme == "http" for one in self.receivers):
            raise ValueError("a receiver's url is not https, and private ones are not allowed")
        return self

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({one.name for one in self.receivers}) < len(self.receivers):
            raise ValueError("two receivers have one url; put their secrets into one")
        return self
