"""Recordings of every shape go their whole way, from a server into an S3 in this process."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import soundfile

from callscribe.contracts import Part
from callscribe.errors import PermanentError, TransientError
from recorder.audio.plan import Limits
from recorder.audio.sound import Samples
from recorder.s3 import S3Audio
from recorder.testing import audio
from tests.integration.recorder.loopback import Loopback, Reply
from tests.integration.recorder.shapes import SHAPES, Shape
from tests.integration.recorder.test_recorder import Recorder


class Dying(S3Audio):
    """A bucket whose user dies when it has written so many parts."""

    def __init__(self, client: Any, bucket: str, *, after: int) -> None:
        super().__init__(client, bucket)
        self._left = after

    def write_part(self, key: str, chunks: Iterator[bytes], *, piece: str) -> None:
        if not self._left:
            raise MemoryError
        self._left -= 1
        super().write_part(key, chunks, piece=piece)


@pytest.fixture
def recorder(s3: Any, vonage: Loopback) -> Recorder:
    return Recorder(s3, vonage)


def samples(content: bytes) -> Samples:
    found: Samples = soundfile.read(io.BytesIO(content), dtype="float32", always_2d=True)[0]
    return found


def frames(part: Part, rate: int = 16_000) -> slice:
    return slice(round(part.start * rate), round((part.start + part.duration) * rate))


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_a_recording_becomes_the_parts_that_it_should(recorder: Recorder, shape: Shape) -> None:
    recorder.vonage.will(Reply(shape.content))

    recorder.handle()

    stored = recorder.stored.data
    assert stored.key == f"recordings/rec-1/{shape.name}"
    assert tuple(part.channels for part in stored.parts) == shape.parts
    assert stored.silent_channels == shape.silent
    assert all((part.key == stored.key) is not shape.is_cut for part in stored.parts)
    assert {part.key: part.size for part in stored.parts} == {
        part.key: len(recorder.read(part.key)) for part in stored.parts
    }
    assert recorder.ledger.published == recorder.events.published


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if shape.is_cut])
def test_the_parts_sound_as_the_recording_does(recorder: Recorder, name: str) -> None:
    shape = SHAPES[name]
    recorder.vonage.will(Reply(shape.content))

    recorder.handle()

    whole = samples(shape.content)
    for part in recorder.stored.data.parts:
        read = samples(recorder.read(part.key))
        np.testing.assert_allclose(read, whole[:, list(part.channels)], atol=2**-15)


def test_a_recording_over_the_limits_is_cut_in_time_and_nothing_is_lost(recorder: Recorder) -> None:
    recorder.limits = Limits(seconds=4, search=1)
    content = audio("WAV", channels=3, seconds=10)
    recorder.vonage.will(Reply(content))

    recorder.handle()

    whole, heard = samples(content), np.zeros((160_000, 3), "float32")
    for part in recorder.stored.data.parts:
        heard[frames(part), list(part.channels)] += samples(recorder.read(part.key))
    np.testing.assert_allclose(heard, whole, atol=2**-15)
    assert all(part.duration <= 4 for part in recorder.stored.data.parts)


@pytest.mark.parametrize("parts_that_came_through", [0, 1, 2])
def test_a_recording_delivered_twice_after_a_crash_between_parts_has_each_part_once(
    recorder: Recorder, parts_that_came_through: int
) -> None:
    recorder.vonage.will(Reply(SHAPES["five channels"].content))
    recorder.store = Dying(recorder.s3, "audio", after=parts_that_came_through)

    with pytest.raises(MemoryError):
        recorder.handle()
    before = recorder.keys
    recorder.store = S3Audio(recorder.s3, "audio")
    recorder.handle()
    recorder.handle()

    first, second = recorder.events.published
    assert first.id == second.id
    assert len(before) == 1 + parts_that_came_through
    assert recorder.keys == [
        "recordings/rec-1/audio.wav",
        *(f"recordings/rec-1/parts/{n}.flac" for n in (1, 2, 3)),
        "recordings/rec-1/recording.json",
    ]
    assert len(recorder.vonage.asked) == 1


def test_a_listener_that_does_not_answer_is_told_later_without_cutting_again(
    recorder: Recorder,
) -> None:
    recorder.vonage.will(Reply(SHAPES["three channels"].content))
    recorder.ledger.fail(TransientError("SQS did not take the message"))
    with pytest.raises(TransientError, match="SQS"):
        recorder.handle()
    recorder.s3.delete_object(Bucket="audio", Key="recordings/rec-1/audio.wav")

    recorder.handle()

    assert len(recorder.ledger.published) == 1
    assert len(recorder.vonage.asked) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (audio("WAV", channels=3, seconds=5)[:200_000], "cut short: .* bytes of audio are there"),
        (audio("WAV", "FLOAT", channels=2, seconds=5)[:-5000], "cut short"),
        (audio("RF64", channels=2, seconds=5)[:90_000], "cut short"),
        (audio("FLAC", channels=2, seconds=5)[:200_000], "damaged or cut short"),
        (audio("OGG", "OPUS", channels=2, seconds=5)[:20_000], "cut short"),
        (audio("MP3", channels=2, seconds=5)[:20_000], "cut short"),
        (audio("WAV", channels=2, seconds=0), "holds no audio"),
    ],
)
def test_a_recording_that_is_not_whole_is_given_up_on_with_a_plain_reason(
    recorder: Recorder, content: bytes, why: str
) -> None:
    recorder.vonage.will(Reply(content))

    with pytest.raises(PermanentError, match=why):
        recorder.handle()

    assert len(recorder.keys) == 1
    assert recorder.events.published == recorder.ledger.published == []
