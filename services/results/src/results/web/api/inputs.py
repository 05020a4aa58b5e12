"""What the API takes, checked before anything is done with it."""

from datetime import UTC, date, datetime
from typing import Annotated, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from results.ledger.views import Status, Wanted

MAX_DAYS: Final = 366

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^\P{C}*$")]
"""A name that fits on a line, or nothing."""

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=r"^\P{C}+$")
]


class Input(BaseModel):
    """Something given, with no field that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Paging(Input):
    """Which page of a list."""

    cursor: str | None = Field(default=None, max_length=400, description="From the page before.")
    limit: int = Field(default=50, ge=1, le=100, description="Most calls on the page.")


class Filter(Paging):
    """Which calls."""

    since: AwareDatetime | None = Field(default=None, description="The earliest beginning.")
    before: AwareDatetime | None = Field(default=None, description="Begun before this.")
    number: Name | None = Field(default=None, description="The number of any party, whole.")
    status: Status | None = Field(default=None, description="Where the call stands.")
    text: Name | None = Field(default=None, description="In a party's name or number, or the note.")

    def wanted(self) -> Wanted:
        """Give what the ledger is asked for."""
        since = self.since and self.since.astimezone(UTC)
        before = self.before and self.before.astimezone(UTC)
        return Wanted(since, before, self.number, self.status, self.text)

    @model_validator(mode="after")
    def _can_be_told_in_utc(self) -> "Filter":
        for moment in (self.since, self.before):
            _in_utc(moment)
        return self


def _in_utc(moment: datetime | None) -> None:
    try:
        if moment is not None:
            moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("the time is out of range") from None


class Days(Input):
    """Which days, in UTC, the last included."""

    first: date = Field(description="The first day.")
    last: date = Field(description="The last day.")

    @model_validator(mode="after")
    def _a_year_at_most(self) -> "Days":
        if not 0 <= (self.last - self.first).days < MAX_DAYS or self.last == date.max:
            raise ValueError(f"from the first to the last it must be 1 to {MAX_DAYS} days")
        return self


class Note(Input):
    """What is to be remembered of a call."""

    note: str = Field(max_length=10_000, pattern=r"^(\P{C}|[\n\r\t])*$")


class Names(Input):
    """What the parties are called, in the transcript's order; an empty one takes the name away."""

    names: tuple[Line, ...] = Field(max_length=32)


class Retry(Input):
    """Which stop to retry; without one, all of the call."""

    stop_id: str | None = Field(default=None, max_length=100)


class Settings(Input):
    """How to transcribe, where that differs from the transcriber's settings."""

    language_code: str | None = Field(default=None, pattern=r"^[a-z]{2,3}-[A-Z]{2}$")
    identify_language: bool | None = None
    max_speakers: int | None = Field(default=None, ge=0, le=30)
    vocabulary_name: str | None = Field(default=None, pattern=r"^[0-9a-zA-Z._-]{1,200}$")
    vocabulary_filter_name: str | None = Field(default=None, pattern=r"^[0-9a-zA-Z._-]{1,200}$")
