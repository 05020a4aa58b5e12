from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callscribe.contracts import CallEvent, RecordingStored, StoredRecording, VonageEvent
from callscribe.errors import PermanentError, TransientError
from results.peaks import MOST, Peaks, Samples, beside, peaks_of, publish
from results.testing import FakeBucket

KEY = "transcripts/rec-1/peaks.json"


class FakeSound:
    def __init__(self, samples: Samples, sample_rate: int = 8000) -> None:
        self.sample_rate = sample_rate
        self.channels = samples.shape[1]
        self._samples = samples

    def blocks(self, frames: int) -> Iterator[Samples]:
        for start in range(0, len(self._samples), frames):
            yield self._samples[start : start + frames]


class FakeAudio:
    def __init__(self, sound: FakeSound | Exception) -> None:
        self.sound = sound
        self.opened: list[tuple[str, str]] = []

    def open(self, bucket: str, key: str) -> FakeSound:
        self.opened.append((bucket, key))
        if isinstance(self.sound, Exception):
            raise self.sound
        return self.sound


def a_recording() -> StoredRecording:
    return StoredRecording(
        recording_id="rec-1",
        conversation_id="CON-1",
        bucket="audio",
        key="recordings/rec-1/audio.mp3",
        media_format="mp3",
        channels=2,
        sample_rate=8000,
        duration=1.0,
        size=100,
        parts=(),
    )


def loud_then_quiet() -> FakeSound:
    samples = np.zeros((8000, 2), dtype=np.int16)
    samples[:4000, 0] = np.tile(np.array([25600, -12800], dtype=np.int16), 2000)
    return FakeSound(samples)


def test_each_channel_has_the_lowest_and_the_highest_of_each_span() -> None:
    peaks = peaks_of("rec-1", loud_then_quiet())

    assert peaks.duration == 1.0
    assert peaks.seconds_per_peak == 0.01
    assert peaks.channels[0].high == (100,) * 50 + (0,) * 50
    assert peaks.channels[0].low == (-50,) * 50 + (0,) * 50
    assert set(peaks.channels[1].high) == {0}


def test_a_long_recording_has_no_more_than_a_page_can_show() -> None:
    samples = np.zeros((8000 * 3600, 1), dtype=np.int16)
    samples[8000 * 1800] = 32767

    peaks = peaks_of("rec-1", FakeSound(samples))

    high = peaks.channels[0].high
    assert MOST / 2 <= len(high) <= MOST
    assert high.index(127) == int(1800 / peaks.seconds_per_peak)
    assert len(high) * peaks.seconds_per_peak >= 3600


@given(st.integers(1, 60_000), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_nothing_that_is_loud_is_lost(frames: int, channels: int, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(-32768, 32768, (frames, channels), dtype=np.int16)

    peaks = peaks_of("rec-1", FakeSound(noise, sample_rate=1000))

    assert len(peaks.channels) == channels
    for place, channel in enumerate(peaks.channels):
        assert max(channel.high) == min(round(noise[:, place].max() / 256), 127)
        assert min(channel.low) == min(round(noise[:, place].min() / 256), 127)
        assert 1 <= len(channel.low) == len(channel.high) <= MOST


def test_the_peaks_are_written_beside_the_transcript() -> None:
    audio, bucket = FakeAudio(loud_then_quiet()), FakeBucket()

    publish(a_recording(), audio=audio, bucket=bucket)

    assert audio.opened == [("audio", "recordings/rec-1/audio.mp3")]
    assert Peaks.model_validate_json(bucket.objects[KEY]).duration == 1.0


def test_a_recording_delivered_twice_is_measured_once() -> None:
    audio, bucket = FakeAudio(loud_then_quiet()), FakeBucket()

    for _ in range(2):
        publish(a_recording(), audio=audio, bucket=bucket)

    assert len(audio.opened) == 1
    assert list(bucket.objects) == [KEY]


@pytest.mark.parametrize(
    "sound", [PermanentError("the audio cannot be read"), FakeSound(np.zeros((0, 1), np.int16))]
)
def test_what_cannot_be_measured_has_no_peaks_and_parks_nothing(
    sound: FakeSound | Exception,
) -> None:
    bucket = FakeBucket()

    publish(a_recording(), audio=FakeAudio(sound), bucket=bucket)

    assert bucket.objects == {}


def test_a_fact_of_a_stored_recording_is_kept_before_it_is_measured() -> None:
    kept: list[str] = []
    audio, bucket = FakeAudio(TransientError("not now")), FakeBucket()
    fact = RecordingStored(
        source="callscribe/recorder",
        subject="rec-1",
        time=datetime(2026, 3, 1, tzinfo=UTC),
        data=a_recording(),
    )

    handle = beside(lambda fact: kept.append(fact.type), audio=audio, bucket=bucket)

    with pytest.raises(TransientError):
        handle(fact)
    assert kept == ["recording.stored.v1"]


def test_other_facts_are_only_kept() -> None:
    kept: list[str] = []
    audio = FakeAudio(loud_then_quiet())
    fact = CallEvent(
        source="callscribe/webhook-gateway",
        subject="CON-1/leg-1/answered",
        time=datetime(2026, 3, 1, tzinfo=UTC),
        data=VonageEvent(conversation_id="CON-1", kind="answered", raw="{}"),
    )

    beside(lambda fact: kept.append(fact.type), audio=audio, bucket=FakeBucket())(fact)

    assert kept == ["call.event.v1"]
    assert audio.opened == []


def test_audio_that_cannot_be_read_now_is_tried_again() -> None:
    with pytest.raises(TransientError):
        publish(a_recording(), audio=FakeAudio(TransientError("no")), bucket=FakeBucket())
