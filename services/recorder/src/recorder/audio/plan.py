"""Decides which parts of a recording are transcribed, so that Amazon Transcribe takes each.

It takes two channels at most, and bills time, not channels: stereo pairs cost least.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from recorder.audio.loudness import Loudness
from recorder.audio.survey import Survey

STEREO: Final = 2
"""Channels that one job takes. Source: Amazon Transcribe API Reference, TranscriptionJob,
FailureReason: "number of channels too large"."""

MAX_SECONDS: Final = 4 * 60 * 60
MAX_BYTES: Final = 2 * 10**9
MIN_SECONDS: Final = 0.5
"""Source of the three: Amazon Transcribe Developer Guide, "Guidelines and quotas": files of at most
4 hours and 2 GB (read as the smaller of its meanings), and of at least 500 milliseconds."""

SECONDS_TO_SPARE: Final = 60
BYTES_TO_SPARE: Final = 10 * 10**6
"""Margins, as we and AWS may not measure alike."""

SEARCH_SECONDS: Final = 5 * 60
"""How long before the limit a quiet place is looked for."""

SAMPLE_BYTES: Final = 3
"""The most that a sample takes in a part. FLAC keeps what it cannot compress as it is, so a part is
never larger than its samples, but for a header and ``FLAC_OVERHEAD`` in its frames."""

FLAC_OVERHEAD: Final = 1.01
"""A frame of 4096 samples has at most 18 bytes of header and footer, and a few for each channel.
Source: RFC 9639, section 9."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file to transcribe may be, and how far before the limit it may be cut."""

    seconds: float = MAX_SECONDS - SECONDS_TO_SPARE
    bytes: int = MAX_BYTES - BYTES_TO_SPARE
    shortest: float = MIN_SECONDS
    search: float = SEARCH_SECONDS


TRANSCRIBE: Final = Limits()
"""Amazon Transcribe's, with our margins."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some channels of a recording, from one frame to before another."""

    channels: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be transcribed: pieces to cut, or in one piece the recording's own file."""

    pieces: tuple[Piece, ...]
    cut: bool


def plan(survey: Survey, limits: Limits = TRANSCRIBE) -> Plan:
    """Decide what of a recording is transcribed: nothing if nobody speaks."""
    if survey.duration < limits.shortest or not survey.audible:
        return Plan((), cut=False)
    groups = _groups(survey)
    if survey.channels <= STEREO and _fits(survey, limits):
        return Plan((Piece(groups[0], 0, survey.frames),), cut=False)
    return Plan(
        tuple(
            Piece(channels, start, end)
            for start, end in _times(survey, limits, widest=len(groups[0]))
            for channels in groups
        ),
        cut=True,
    )


def _fits(survey: Survey, limits: Limits) -> bool:
    return survey.duration <= limits.seconds and survey.size <= limits.bytes


def _groups(survey: Survey) -> list[tuple[int, ...]]:
    # Two channels stay together though one is silent: who speaks on the other is then known.
    if survey.channels <= STEREO:
        return [(0,)] if survey.same_sound else [tuple(range(survey.channels))]
    audible = survey.audible
    return [audible[at : at + STEREO] for at in range(0, len(audible), STEREO)]


def _times(survey: Survey, limits: Limits, *, widest: int) -> Iterator[tuple[int, int]]:
    by_size = limits.bytes / (SAMPLE_BYTES * widest * FLAC_OVERHEAD)
    longest = int(min(limits.seconds * survey.sample_rate, by_size))
    shortest = -int(-limits.shortest * survey.sample_rate // 1)
    search = int(limits.search * survey.sample_rate)
    start = 0
    while survey.frames - start > longest:
        last = min(start + longest, survey.frames - shortest)
        first = max(last - search, start + (last - start) // 2, start + shortest)
        cut = _cut(survey.loudness, first, last)
        yield start, cut
        start = cut
    yield start, survey.frames


def _cut(loudness: Loudness, first: int, last: int) -> int:
    return min(max(loudness.quietest(first, last), first), last)
