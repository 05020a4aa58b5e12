from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from recorder.parts import MAX_OBJECT_BYTES, PART_BYTES, in_parts


def parts_of(chunks: Iterable[bytes], size: int) -> list[bytes]:
    return [bytes(part) for part in in_parts(iter(chunks), size)]


def test_a_stream_becomes_parts_of_one_size_and_a_rest() -> None:
    assert parts_of([b"abcd", b"e", b"fgh"], 3) == [b"abc", b"def", b"gh"]


def test_a_stream_that_fills_its_last_part_has_no_rest() -> None:
    assert parts_of([b"abc", b"def"], 3) == [b"abc", b"def"]


def test_a_short_stream_is_one_short_part() -> None:
    assert parts_of([b"a", b"b"], 3) == [b"ab"]


def test_nothing_has_no_part() -> None:
    assert parts_of([], 3) == []


@given(st.lists(st.binary(max_size=20)), st.integers(1, 8))
def test_no_byte_is_lost_however_the_stream_comes(chunks: list[bytes], size: int) -> None:
    parts = parts_of(chunks, size)

    assert b"".join(parts) == b"".join(chunks)
    assert all(len(part) == size for part in parts[:-1])


def test_a_part_is_good_until_the_one_after_the_next_is_asked_for() -> None:
    parts = in_parts(iter([b"aabbcc"]), 2)

    first, second = next(parts), next(parts)

    assert first + second == b"aabb"
    assert next(parts) is first


def test_the_longest_recording_of_vonages_fits_into_the_parts_that_s3_allows() -> None:
    two_hours_on_32_channels = 32 * 16_000 * 2 * 2 * 60 * 60

    assert two_hours_on_32_channels < MAX_OBJECT_BYTES
    assert PART_BYTES >= 5 * 1024**2
