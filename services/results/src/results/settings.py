"""What an operator may set, read once at start."""

from pydantic import Field, PositiveInt
from pydantic_settings import SettingsConfigDict

from callscribe.settings import WorkerSettings
from results.parties import CALLER_AND_CALLEE, PartyNames

MEBIBYTE = 1024 * 1024


class Settings(WorkerSettings):
    """Environment variables with the prefix ``RESULTS_``; lists are separated by commas.

    ``concurrency`` is for each of the two queues, and smaller than elsewhere: the work is Python's
    own, and each file is in memory while it is worked on.
    """

    model_config = SettingsConfigDict(
        env_prefix="RESULTS_",
        env_ignore_empty=True,  # compose passes what is not set as an empty variable
        enable_decoding=False,  # else a list would have to be JSON
    )

    completions_queue_url: str
    completions_dead_letter_url: str
    call_events_queue_url: str
    call_events_dead_letter_url: str
    notifications_queue_url: str
    audio_bucket: str
    transcripts_bucket: str
    calls_table: str
    party_names: PartyNames = CALLER_AND_CALLEE
    max_file_bytes: PositiveInt = 128 * MEBIBYTE
    concurrency: int = Field(default=4, ge=1, le=100)
