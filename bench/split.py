"""Measures the recorder's memory and throughput where it cuts a recording of 32 channels."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.file_s3 import FileS3
from bench.many_channels import CHANNELS, HERTZ, make_recording
from bench.program import run
from bench.recordings import Run
from bench.report import Goal, Report, rows
from bench.split_loop import BUCKET, KEY
from bench.wav_source import serving

ROUNDS: Final = 3
SHORT: Final = 2 * 60
LONG: Final = 8 * 60
"""Seconds: a fifteenth of the two hours that Vonage records at most."""

MB: Final = 10**6
BYTES_PER_SECOND: Final = CHANNELS * HERTZ * 2

GOAL_MEMORY: Final = Goal("at most", 200, of="ours")
GOAL_FLAT: Final = Goal("at most", 1.1)
GOAL: Final = Goal("at least", 0.7)

BASELINE: Final = (
    "a loop that reads a file and writes 16 files with the same library, in a process of its own; "
    "for the memory, the recorder itself at 2 minutes"
)
NOTES: Final = (
    "32 channels of 16 kHz and 16 bit for 8 minutes, 492 MB, into 16 pairs as FLAC: a fifteenth of "
    "two hours, 7.4 GB",
    "the recorder reads from S3 twice, measures every channel, cuts, and writes the parts to S3, "
    "all of which its time has; S3: a stub that reads one file and forgets every part",
    f"a new process for each, {ROUNDS} of each kind in turns",
)

Figures = dict[str, tuple[Callable[[Run], float], Goal | None]]

MEMORY: Final[Figures] = {
    "peak MB at 8 minutes": (lambda run: run.peak, GOAL_MEMORY),
    "the same, against 2 minutes": (lambda run: run.peak, GOAL_FLAT),
}
SPLITTING: Final[Figures] = {
    "MB/s": (lambda run: LONG * BYTES_PER_SECOND / MB / run.seconds, GOAL),
    "CPU ms per MB": (lambda run: run.cpu * 1000 * MB / (LONG * BYTES_PER_SECOND), None),
}


def measure() -> Report:
    """Split recordings with both sides in turns.

    :raises CannotMeasureError: if one of them does not run here.
    """
    short, long, bare = list[Run](), list[Run](), list[Run]()
    with TemporaryDirectory() as folder, _s3() as s3:
        recordings = {seconds: Path(folder) / f"{seconds}.wav" for seconds in (SHORT, LONG)}
        for seconds, path in recordings.items():
            make_recording(path, seconds)
        for _ in range(ROUNDS):
            short.append(_split("ours", recordings[SHORT], s3))
            long.append(_split("ours", recordings[LONG], s3))
            bare.append(_split("bare", recordings[LONG], s3))
    measured = (*rows(long, short, MEMORY), *rows(long, bare, SPLITTING))
    return Report("split", BASELINE, measured, NOTES)


@contextmanager
def _s3() -> Iterator[str]:
    FileS3.key = f"{BUCKET}/{KEY}"
    with serving(FileS3) as address:
        yield f"http://{address}"


def _split(loop: str, recording: Path, s3: str) -> Run:
    FileS3.recording = recording
    for known in (FileS3.sizes, FileS3.pieces, FileS3.beginnings):
        known.clear()
    said = run("bench.split_loop", loop, str(recording), environment={"AWS_ENDPOINT_URL_S3": s3})
    return Run(**json.loads(said))
