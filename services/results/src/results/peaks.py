"""Measures how loud a recording is over its time, so that a page can draw it without loading it."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from callscribe.contracts import Fact, Message, RecordingStored, StoredRecording
from callscribe.errors import PermanentError
from callscribe.names import peaks_key
from callscribe.telemetry import facts

logger = logging.getLogger(__name__)

SLOTS_A_SECOND: Final = 100
"""The finest that is measured: a hundredth of a second is less than a pixel of any page."""

MOST: Final = 2000
"""Peaks of a channel: more than a page is wide. A long recording has from half as many to all."""

STEPS: Final = 256
"""Of the 65,536 levels of the audio, those that one of ours stands for."""

Level = Annotated[int, Field(ge=-128, le=127)]
Samples = NDArray[Any]
"""Frames by channels, as 16-bit numbers."""


class Channel(Message):
    """The lowest and the highest level of one channel, in each span of time."""

    low: tuple[Level, ...]
    high: tuple[Level, ...]


class Peaks(Message):
    """What ``peaks.json`` holds: spans of ``seconds_per_peak`` from the recording's start on."""

    version: Literal[1] = 1
    recording_id: str
    duration: float
    seconds_per_peak: float
    channels: tuple[Channel, ...]


class Sound(Protocol):
    """An opened recording, which is read block by block."""

    @property
    def sample_rate(self) -> int:
        """Frames a second."""

    @property
    def channels(self) -> int:
        """How many there are."""

    def blocks(self, frames: int) -> Iterable[Samples]:
        """Give so many frames at a time; only the last block may be shorter."""


class Audio(Protocol):
    """Where the recordings are."""

    def open(self, bucket: str, key: str) -> Sound:
        """Open a recording."""


class Bucket(Protocol):
    """Where what we make of recordings goes."""

    def has(self, key: str) -> bool:
        """Tell whether there is an object of this key."""

    def put_once(self, key: str, content: bytes, *, content_type: str) -> bool:
        """Write an object unless it is there, and tell whether it was written."""


def publish(stored: StoredRecording, *, audio: Audio, bucket: Bucket) -> None:
    """Measure a recording and write its ``peaks.json``, once.

    Without peaks a page shows no waveform, and that is all: a recording that cannot be measured is
    no reason to park anything.

    :raises TransientError: if the audio or the bucket is not ready.
    """
    key = peaks_key(stored.recording_id)
    if bucket.has(key):
        return
    try:
        peaks = peaks_of(stored.recording_id, audio.open(stored.bucket, stored.key))
    except PermanentError as error:
        logger.warning("peaks not made", extra=facts(reason=str(error)))
        return
    new = bucket.put_once(key, peaks.model_dump_json().encode(), content_type="application/json")
    logger.info("peaks published", extra=facts(new=new, peaks=len(peaks.channels[0].low)))


def beside(keep: Callable[[Fact], None], *, audio: Audio, bucket: Bucket) -> Callable[[Fact], None]:
    """Keep each fact, and then measure the recording if it tells of one."""

    def handle(fact: Fact) -> None:
        keep(fact)
        if isinstance(fact, RecordingStored):
            publish(fact.data, audio=audio, bucket=bucket)

    return handle


def peaks_of(recording_id: str, sound: Sound) -> Peaks:
    """Measure a recording, in memory that does not grow with its length.

    :raises PermanentError: if it holds no audio.
    """
    slot = max(sound.sample_rate // SLOTS_A_SECOND, 1)
    none = np.empty((0, sound.channels, 2), dtype=np.int16)
    measured = _Measured(none, none)
    frames = 0
    for block in sound.blocks(slot * SLOTS_A_SECOND):
        frames += len(block)
        measured.add(_extremes(block, slot))
    if not frames:
        raise PermanentError("the recording holds no audio")
    low, high = measured.levels()
    return Peaks(
        recording_id=recording_id,
        duration=round(frames / sound.sample_rate, 3),
        seconds_per_peak=measured.width * slot / sound.sample_rate,
        channels=tuple(
            Channel(low=tuple(lows), high=tuple(highs))
            for lows, highs in zip(low.T.tolist(), high.T.tolist(), strict=True)
        ),
    )


@dataclass(slots=True)
class _Measured:
    """Extremes by span, channel and which of the two; a span is of ``width`` slots.

    When there are too many, each two become one: so the length need not be known beforehand, which
    no header can be trusted to tell. ``rest`` are slots that do not fill a span yet.
    """

    spans: Samples
    rest: Samples
    width: int = 1

    def add(self, slots: Samples) -> None:
        """Take the extremes of some more slots."""
        self.rest = np.concatenate([self.rest, slots])
        while len(self.rest) >= self.width:
            whole = min(len(self.rest) // self.width, MOST - len(self.spans)) * self.width
            self._append(_joined(self.rest[:whole], self.width))
            self.rest = self.rest[whole:]
            if len(self.spans) == MOST:
                self.spans = _joined(self.spans, 2)
                self.width *= 2

    def levels(self) -> tuple[Samples, Samples]:
        """Give the lowest and the highest levels, by span and channel; nothing comes after."""
        if len(self.rest):
            self._append(_joined(self.rest, len(self.rest)))
        levels = np.clip(np.round(self.spans / STEPS), -128, 127).astype(np.int8)
        return levels[..., 0], levels[..., 1]

    def _append(self, spans: Samples) -> None:
        self.spans = np.concatenate([self.spans, spans])


def _extremes(block: Samples, slot: int) -> Samples:
    """Give the lowest and highest of each slot, by channel; the last slot may be shorter."""
    starts = np.arange(0, len(block), slot)
    low = np.minimum.reduceat(block, starts, axis=0)
    high = np.maximum.reduceat(block, starts, axis=0)
    return np.stack([low, high], axis=-1)


def _joined(slots: Samples, width: int) -> Samples:
    """Join each ``width`` slots to one; there are no more than fill them."""
    by_span = slots.reshape(-1, width, *slots.shape[1:])
    return np.stack([by_span[..., 0].min(axis=1), by_span[..., 1].max(axis=1)], axis=-1)
