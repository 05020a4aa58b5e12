"""Cuts a channel at its pauses, so that silence costs nothing and no stretch is long."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from local.transcribe.speech import HERTZ, Samples

FRAME_SECONDS: Final = 0.03
FRAME: Final = round(FRAME_SECONDS * HERTZ)
"""Samples that are judged at once: the longest frame of WebRTC's voice detector, 30 ms."""

LEAD: Final = round(0.18 / FRAME_SECONDS)
"""Frames kept from before the first that is speech: the detector notices a soft start late."""

PAUSE: Final = round(0.51 / FRAME_SECONDS)
"""Frames of quiet that end a segment."""

SHORT_PAUSE: Final = round(0.12 / FRAME_SECONDS)
"""Frames of quiet that end a segment once it is long."""

LONG: Final = round(12 / FRAME_SECONDS)
LONGEST: Final = round(30 / FRAME_SECONDS)
LEAST: Final = round(0.12 / FRAME_SECONDS)
"""Frames of speech without which a segment was a click or a breath."""

IsSpeech = Callable[[Samples], bool]
"""Tells whether one frame, the next one of its channel, is speech."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of sound with speech in it; ``start`` in seconds since the channel began."""

    start: float
    samples: Samples


def segments(sound: Iterable[Samples], is_speech: IsSpeech) -> Iterator[Segment]:
    """Find the stretches of speech in a channel, which comes in blocks of any length."""
    stretch = _Stretch(0, [])
    for index, frame in enumerate(_frames(sound)):
        speech = is_speech(frame)
        if not stretch.spoken and not speech:
            stretch.lead_in(index, frame)
            continue
        stretch.add(frame, speech=speech)
        if stretch.over:
            if stretch.spoken >= LEAST:
                yield stretch.cut()
            stretch = stretch.next(index)
    if stretch.spoken >= LEAST:
        yield stretch.cut()


@dataclass(slots=True)
class _Stretch:
    """What has been gathered since the last cut; ``start`` and all counts are in frames."""

    start: int
    frames: list[Samples]
    spoken: int = 0
    quiet: int = 0

    def lead_in(self, index: int, frame: Samples) -> None:
        self.frames = [*self.frames, frame][-LEAD:]
        self.start = index + 1 - len(self.frames)

    def add(self, frame: Samples, *, speech: bool) -> None:
        self.frames.append(frame)
        self.spoken += speech
        self.quiet = 0 if speech else self.quiet + 1

    @property
    def over(self) -> bool:
        length = len(self.frames)
        return length >= LONGEST or self.quiet >= (PAUSE if length < LONG else SHORT_PAUSE)

    def cut(self) -> Segment:
        return Segment(self.start * FRAME_SECONDS, np.concatenate(self.frames))

    def next(self, index: int) -> "_Stretch":
        # The quiet that ended this one is also what the next one starts with.
        rest = self.frames[len(self.frames) - min(self.quiet, LEAD) :]
        return _Stretch(index + 1 - len(rest), rest)


def _frames(sound: Iterable[Samples]) -> Iterator[Samples]:
    rest = np.zeros(0, np.int16)
    for block in sound:
        whole = np.concatenate([rest, block])
        full = len(whole) - len(whole) % FRAME
        yield from whole[:full].reshape(-1, FRAME)
        rest = whole[full:]
    if len(rest):
        yield np.pad(rest, (0, FRAME - len(rest)))
