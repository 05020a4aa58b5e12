"""What may be set of the local Transcribe, read once at start."""

import os
from typing import Final

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from callscribe.settings import ServiceSettings
from local.transcribe.recogniser import Asr, Recipe
from local.transcribe.scenario import Scenario

MOST_PROCESSES: Final = 4
"""However many cores there are: each process holds a model of 140 MB."""


def _processes() -> int:
    return min(os.cpu_count() or 1, MOST_PROCESSES)


class Settings(ServiceSettings):
    """Environment variables with the prefix ``LOCAL_TRANSCRIBE_``."""

    model_config = SettingsConfigDict(env_prefix="LOCAL_TRANSCRIBE_")

    host: str = "127.0.0.1"
    port: int = Field(default=8400, ge=0, le=65535)
    account_id: str = Field(default="000000000000", pattern=r"^\d{12}$")
    event_source: str = Field(default="callscribe.transcribe", min_length=1, max_length=256)
    whisper_model: str | None = Field(default=None, min_length=1)
    asr: Asr = "sphinx"
    processes: int = Field(default_factory=_processes, ge=1, le=64)
    concurrent_jobs: int = Field(default=250, ge=1, le=250)
    scenario: Scenario = Scenario()

    @field_validator("asr")
    @classmethod
    def _installed(cls, asr: Asr, info: ValidationInfo) -> Asr:
        if missing := Recipe(asr, info.data.get("whisper_model")).missing:
            raise ValueError(f"needs {' and '.join(missing)}, of requirements/whisper.txt")
        return asr

    @property
    def recipe(self) -> Recipe:
        """How to make the recogniser."""
        return Recipe(self.asr, self.whisper_model)
