from collections.abc import Iterator

import numpy as np
import pytest

from local.transcribe.segments import FRAME, LEAD, Segment, segments
from local.transcribe.speech import HERTZ, Samples

LOUD = 1000


def is_loud(frame: Samples) -> bool:
    return bool(np.abs(frame).max() >= LOUD)


def a_channel(*stretches: tuple[float, bool]) -> Samples:
    """Build sound out of seconds of tone and of silence."""
    return np.concatenate(
        [np.full(round(seconds * HERTZ), LOUD * loud, np.int16) for seconds, loud in stretches]
    )


def cut(channel: Samples) -> list[Segment]:
    return list(segments([channel], is_loud))


def test_silence_has_no_segments() -> None:
    assert cut(a_channel((5, False))) == []


def test_nothing_at_all_has_no_segments() -> None:
    assert list(segments([], is_loud)) == []


def test_a_segment_begins_a_little_before_its_speech() -> None:
    [segment] = cut(a_channel((3, False), (1, True), (3, False)))

    first = int(np.argmax(np.abs(segment.samples) >= LOUD)) / HERTZ
    assert segment.start + first == pytest.approx(3)
    assert first == pytest.approx(LEAD * FRAME / HERTZ)


def test_speech_at_the_very_beginning_and_end_is_kept() -> None:
    [segment] = cut(a_channel((1.005, True)))

    assert segment.start == 0
    assert np.count_nonzero(segment.samples) == round(1.005 * HERTZ)


def test_a_long_pause_cuts_and_a_short_one_does_not() -> None:
    found = cut(a_channel((1, True), (0.3, False), (1, True), (0.6, False), (1, True)))

    assert [round(np.count_nonzero(one.samples) / HERTZ, 1) for one in found] == [2.0, 1.0]


def test_a_segment_after_a_pause_has_its_lead_back() -> None:
    _, second = cut(a_channel((1.02, True), (0.54, False), (1, True)))

    assert second.start == pytest.approx(1.02 + 0.54 - LEAD * FRAME / HERTZ)


def test_a_click_is_no_segment() -> None:
    assert cut(a_channel((1, False), (0.03, True), (1, False))) == []


def test_long_speech_is_cut_at_a_breath() -> None:
    first, second = cut(a_channel((14, True), (0.2, False), (2, True)))

    assert len(first.samples) / HERTZ == pytest.approx(14.1, abs=0.1)
    assert np.count_nonzero(second.samples) / HERTZ == pytest.approx(2, abs=0.1)


def test_speech_without_a_breath_is_cut_all_the_same() -> None:
    found = cut(a_channel((70, True)))

    assert max(len(one.samples) for one in found) <= 30 * HERTZ
    assert sum(len(one.samples) for one in found) == pytest.approx(70 * HERTZ, abs=FRAME)


@pytest.mark.parametrize("length", [1, 479, 480, 481, 16_000])
def test_how_the_sound_comes_does_not_matter(length: int) -> None:
    channel = a_channel((0.5, False), (1, True), (1, False))

    def blocks() -> Iterator[Samples]:
        for start in range(0, len(channel), length):
            yield channel[start : start + length]

    [segment] = segments(blocks(), is_loud)

    [expected] = cut(channel)
    assert segment.start == expected.start
    assert np.array_equal(segment.samples, expected.samples)
