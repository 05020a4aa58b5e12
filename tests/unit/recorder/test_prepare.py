import io

import numpy as np
import pytest
import soundfile

from callscribe.contracts import AvailableRecording, StoredRecording
from callscribe.errors import PermanentError, TransientError
from recorder.audio.plan import Limits
from recorder.prepare import Workshop, prepare
from recorder.testing import HERTZ, FakeStore, audio, noise, written

RECORDING = AvailableRecording(recording_id="rec-1", conversation_id="CON-1", url="", raw="{}")
DESCRIPTION = "recordings/rec-1/recording.json"
FIVE = audio("WAV", channels=5, seconds=3)


def a_store(content: bytes, media_format: str = "wav") -> tuple[FakeStore, str]:
    store, key = FakeStore(), f"recordings/rec-1/audio.{media_format}"
    store.objects[key] = content
    return store, key


def prepared(content: bytes, limits: Limits | None = None) -> tuple[StoredRecording, FakeStore]:
    store, key = a_store(content)
    workshop = Workshop(limits) if limits else Workshop()
    return prepare(RECORDING, key, store, workshop), store


def part_keys(store: FakeStore) -> list[str]:
    return [key for key in store.objects if "/parts/" in key]


def test_a_recording_that_needs_no_cutting_is_its_own_part() -> None:
    content = audio("WAV", channels=2, seconds=3)

    described, store = prepared(content)

    [part] = described.parts
    assert (part.key, part.media_format, part.channels) == (described.key, "wav", (0, 1))
    assert (part.start, part.duration, part.size) == (0, 3, len(content))
    assert part_keys(store) == []


def test_five_channels_become_three_parts_beside_the_recording() -> None:
    described, store = prepared(FIVE)

    assert [part.key for part in described.parts] == [
        f"recordings/rec-1/parts/{n}.flac" for n in (1, 2, 3)
    ]
    assert [part.channels for part in described.parts] == [(0, 1), (2, 3), (4,)]
    assert {part.media_format for part in described.parts} == {"flac"}
    assert [part.size for part in described.parts] == [
        len(store.objects[part.key]) for part in described.parts
    ]


def test_parts_hold_what_the_recording_has() -> None:
    described, store = prepared(FIVE)

    whole = soundfile.read(io.BytesIO(FIVE), dtype="int16")[0]
    for part in described.parts:
        read = soundfile.read(io.BytesIO(store.objects[part.key]), dtype="int16", always_2d=True)
        np.testing.assert_array_equal(read[0], whole[:, list(part.channels)])


def test_silent_channels_are_noted_and_cost_nothing() -> None:
    samples = noise(channels=5, seconds=3, silent=[0, 3])

    described, _ = prepared(written(samples, "WAV"))

    assert described.silent_channels == (0, 3)
    assert [part.channels for part in described.parts] == [(1, 2), (4,)]


def test_a_silent_channel_of_two_is_noted_and_stays() -> None:
    samples = noise(channels=2, seconds=3, silent=[0])

    described, _ = prepared(written(samples, "WAV"))

    assert described.silent_channels == (0,)
    assert [part.channels for part in described.parts] == [(0, 1)]


@pytest.mark.parametrize(
    "content", [audio("WAV", channels=5, seconds=0.4), written(np.zeros((HERTZ, 3)), "WAV")]
)
def test_of_silence_or_of_too_little_there_are_no_parts(content: bytes) -> None:
    described, store = prepared(content)

    assert described.parts == ()
    assert part_keys(store) == []
    assert DESCRIPTION in store.objects


def test_parts_in_time_say_where_they_begin() -> None:
    limits = Limits(seconds=2, search=0.5)

    described, _ = prepared(audio("WAV", channels=2, seconds=5), limits)

    starts = [part.start for part in described.parts]
    ends = [part.start + part.duration for part in described.parts]
    assert len(starts) >= 3
    assert starts == pytest.approx([0, *ends[:-1]], abs=1e-6)
    assert ends[-1] == pytest.approx(5)
    assert all(1.4 <= part.duration <= 2 for part in described.parts[:-1])


def test_the_description_is_what_is_told_and_is_written_last() -> None:
    described, store = prepared(FIVE)

    assert StoredRecording.model_validate_json(store.objects[DESCRIPTION]) == described
    assert list(store.objects)[-1] == DESCRIPTION


def test_a_recording_delivered_twice_after_a_crash_between_parts_is_cut_to_the_same_parts() -> None:
    whole, whole_store = prepared(FIVE)
    store, key = a_store(FIVE)
    store.will_take_parts(1)
    with pytest.raises(TransientError, match="S3 did not take"):
        prepare(RECORDING, key, store, Workshop())
    left = part_keys(store)
    store.will_take_parts(100)

    described = prepare(RECORDING, key, store, Workshop())

    assert left == ["recordings/rec-1/parts/1.flac"]
    assert described == whole
    assert store.objects == whole_store.objects
    assert store.written == [*part_keys(store), DESCRIPTION]


def test_what_somebody_else_described_meanwhile_is_what_is_told() -> None:
    store, key = a_store(FIVE)
    theirs = prepared(FIVE)[0].model_copy(update={"conversation_id": "CON-2"})
    store.objects[DESCRIPTION] = theirs.model_dump_json().encode()

    assert prepare(RECORDING, key, store, Workshop()) == theirs


def test_a_part_that_was_cut_otherwise_is_not_taken_for_ours() -> None:
    store, key = a_store(FIVE)
    store.write_part("recordings/rec-1/parts/2.flac", iter([b"x"]), piece="channels 3-4 frames 0-9")

    with pytest.raises(PermanentError, match=r"parts/2\.flac was cut otherwise"):
        prepare(RECORDING, key, store, Workshop())

    assert DESCRIPTION not in store.objects


def test_a_recording_is_cut_while_no_other_is() -> None:
    workshop = Workshop()
    store, key = a_store(FIVE)
    store.on_write = lambda: held.append(workshop.scissors.locked())
    held: list[bool] = []

    prepare(RECORDING, key, store, workshop)

    assert held[:3] == [True, True, True]
    assert not workshop.scissors.locked()
