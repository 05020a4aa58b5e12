"""Measures how long a long call's transcript takes, against ``json.loads`` of the same file."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bench.long_call import result_file
from bench.report import Goal, Report, Row, rows
from callscribe.contracts import PartJob, TranscriptionSet
from local.transcribe.scenario import Era
from results.merger import Heard, merge
from results.parties import CALLER_AND_CALLEE
from results.publication import EXPORTS
from results.render import Format, render
from results.transcribe_file import parse

ROUNDS: Final = 5
GOAL: Final = Goal("at most", 5)
YEARS: Final = {Era.A: 2018, Era.B: 2021, Era.C: 2024}

THE_SET: Final = TranscriptionSet(
    recording_id="long",
    conversation_id="CON-long",
    channels=2,
    duration=4 * 3600,
    jobs=(PartJob(job_name="callscribe-long", channels=(0, 1), duration=4 * 3600),),
)

BASELINE: Final = "json.loads of the same bytes, which checks nothing and makes nothing of them"
NOTES: Final = (
    "from the bytes to a transcript and all four of its forms: json, txt, vtt and srt",
    "a call of four hours on two channels, 40,000 words, in each form that AWS has written",
)


@dataclass(frozen=True)
class Run:
    """What one file took, in seconds."""

    seconds: float
    cpu: float


def measure() -> Report:
    """Measure every form of the file."""
    measured = [row for era in Era for row in measure_form(result_file(era), YEARS[era])]
    return Report("results", BASELINE, tuple(measured), NOTES)


def measure_form(content: bytes, year: int) -> tuple[Row, ...]:
    """Read one file in both ways in turns."""
    ours, bare = list[Run](), list[Run]()
    for _ in range(ROUNDS):
        ours.append(timed(export, content))
        bare.append(timed(json.loads, content))
    what = f"ms, form of {year}, {len(content) / 1e6:.0f} MB"
    return rows(ours, bare, {what: (_milliseconds, GOAL), "CPU ms per file": (_cpu, None)})


def _milliseconds(run: Run) -> float:
    return run.seconds * 1000


def _cpu(run: Run) -> float:
    return run.cpu * 1000


def export(content: bytes) -> list[bytes]:
    """Do what the service does between reading Transcribe's file and writing its own."""
    transcript = merge(THE_SET, [Heard(parse(content), (0, 1))], channel_names=CALLER_AND_CALLEE)
    return [render(transcript, form) for form in (*EXPORTS, Format.JSON)]


def timed(work: Callable[[bytes], object], content: bytes) -> Run:
    """Do it once; what it made goes away after the clock stops."""
    seconds, cpu = time.perf_counter(), time.process_time()
    made = work(content)
    run = Run(time.perf_counter() - seconds, time.process_time() - cpu)
    del made
    return run
