"""What an operator may set, read once at start."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from callscribe.settings import WorkerSettings
from callscribe.sqs import MAX_DELAY
from transcriber.options import JobOptions

MAX_DELAY_SECONDS = int(MAX_DELAY.total_seconds())


class Settings(WorkerSettings, JobOptions):
    """Environment variables with the prefix ``TRANSCRIBER_``; lists are separated by commas."""

    model_config = SettingsConfigDict(
        env_prefix="TRANSCRIBER_",
        env_ignore_empty=True,  # compose passes what is not set as an empty variable
        enable_decoding=False,  # else a list would have to be JSON
    )

    queue_url: str
    dead_letter_url: str
    call_events_queue_url: str
    completions_queue_url: str
    watch_after: int = Field(default=MAX_DELAY_SECONDS, ge=0, le=MAX_DELAY_SECONDS)
