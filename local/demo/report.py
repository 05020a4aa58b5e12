"""Tells how the calls ended: the conversation and its files, or a table of many."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from local.demo.calls import Ended
from local.demo.files import fetch
from local.demo.screen import Screen
from local.stack.stack import Stack


@dataclass(frozen=True)
class Report:
    """A call that ended, and the files that were brought out of the emulator."""

    ended: Ended
    files: list[Path]

    @classmethod
    def of(cls, stack: Stack, ended: Ended, out: Path) -> Self:
        """Bring the call's files to a folder of its own below ``out``."""
        recording_id = ended.call.recording_id
        files = fetch(stack, recording_id, out / recording_id) if ended.transcript else []
        return cls(ended, files)

    @property
    def row(self) -> tuple[str, ...]:
        """The call's line in the table."""
        turns = self.ended.transcript.get("turns", [])
        words = sum(len(turn["words"]) for turn in turns)
        how = "transcript" if self.ended.transcript else f"failed: {self.ended.reason}"
        seconds = f"{self.ended.seconds:.1f} s"
        counts = map(str, (self.parties, len(turns), words))
        return (self.ended.call.recording_id, seconds, *counts, how)

    @property
    def parties(self) -> int:
        """How many have a name in the transcript."""
        return len(self.ended.transcript.get("parties", ()))


HEADING = ("recording", "after", "parties", "turns", "words", "ended with")


def tell(screen: Screen, reports: list[Report], *, jobs: int) -> None:
    """Show one call in full, or a table of many with the number of jobs they took."""
    screen.line()
    if len(reports) == 1:
        _tell_one(screen, reports[0], jobs)
    else:
        _tell_many(screen, reports, jobs)


def _tell_many(screen: Screen, reports: list[Report], jobs: int) -> None:
    good = [report for report in reports if report.ended.transcript]
    slowest = max(report.ended.seconds for report in reports)
    screen.table([HEADING, *(report.row for report in reports)])
    screen.line()
    screen.line(
        f"{len(reports)} calls, {jobs} jobs, {len(good)} transcripts; {slowest:.1f} s in all."
    )
    if good:
        folder = _shown(good[0].files[0].parent.parent)
        screen.line(f"Their files lie in {folder}, one folder for each recording.")


def _tell_one(screen: Screen, report: Report, jobs: int) -> None:
    if not report.ended.transcript:
        screen.line(f"There is no transcript: {report.ended.reason}")
        return
    for path in report.files:
        if path.suffix == ".txt":
            conversation = path.read_text(encoding="utf-8").rstrip("\n")
            screen.line(conversation or "Nobody said anything.")
    screen.line()
    screen.line(f"{_count(report.parties, 'part', 'y', 'ies')}, {_count(jobs, 'job', '', 's')}.")
    for path in report.files:
        screen.line(f"{path.suffix.removeprefix('.'):>5}  {_shown(path)}")


def _count(number: int, word: str, one: str, many: str) -> str:
    return f"{number} {word}{one if number == 1 else many}"


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
