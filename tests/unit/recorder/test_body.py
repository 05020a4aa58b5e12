from datetime import UTC, datetime, timedelta

import pytest

from callscribe.errors import PermanentError, TransientError
from recorder.body import Expected, head, whole
from recorder.patience import Patience

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SOON = Patience(NOON, NOON + timedelta(minutes=1), limit=timedelta(minutes=30))
LATE = Patience(NOON, NOON + timedelta(hours=1), limit=timedelta(minutes=30))


def expected(
    *, stated: int | None = None, announced: int | None = None, limit: int = 100
) -> Expected:
    return Expected(stated, announced, limit)


def passed(expected: Expected, *chunks: bytes, patience: Patience = SOON) -> bytes:
    return b"".join(whole(iter(chunks), expected, patience))


def test_the_beginning_is_seen_and_the_body_still_comes_whole() -> None:
    first, body = head(iter([b"ab", b"cd", b"ef"]), 3)

    assert first == b"abc"
    assert b"".join(body) == b"abcdef"


def test_no_more_is_read_than_the_beginning_needs() -> None:
    chunks = iter([b"ab", b"cd", b"ef"])

    head(chunks, 3)

    assert next(chunks) == b"ef"


def test_a_body_shorter_than_its_beginning_is_all_there_is() -> None:
    first, body = head(iter([b"a"]), 16)

    assert first == b"a"
    assert b"".join(body) == b"a"


def test_a_body_of_the_stated_size_is_whole() -> None:
    assert passed(expected(stated=4, announced=4), b"ab", b"cd") == b"abcd"


def test_a_body_of_which_nobody_said_the_size_is_whole() -> None:
    assert passed(expected(), b"ab", b"cd") == b"abcd"


def test_a_body_that_breaks_off_is_fetched_again_however_late_it_is() -> None:
    with pytest.raises(TransientError, match="broke off after 3 of 4 bytes"):
        passed(expected(stated=4, announced=4), b"abc", patience=LATE)


def test_a_recording_that_is_still_being_written_is_waited_for() -> None:
    with pytest.raises(TransientError, match="announced 9 bytes and offers 4"):
        expected(stated=4, announced=9).check(SOON)


def test_a_recording_that_never_has_the_announced_size_is_given_up_on() -> None:
    with pytest.raises(PermanentError, match="announced 9 bytes and offers 4, 60 minutes after"):
        expected(stated=4, announced=9).check(LATE)


@pytest.mark.parametrize(("patience", "kind"), [(SOON, TransientError), (LATE, PermanentError)])
def test_without_a_stated_size_the_bytes_are_counted(
    patience: Patience, kind: type[Exception]
) -> None:
    with pytest.raises(kind, match="announced 9 bytes and gave 4"):
        passed(expected(announced=9), b"abcd", patience=patience)


def test_an_announced_size_of_nothing_says_nothing() -> None:
    silent = expected(stated=4, announced=0)

    silent.check(SOON)

    assert passed(silent, b"abcd") == b"abcd"


def test_a_recording_that_is_stated_to_be_too_large_is_not_read() -> None:
    with pytest.raises(PermanentError, match="more than the 100 bytes that we take"):
        expected(stated=101, announced=101).check(SOON)


def test_a_recording_that_turns_out_too_large_is_read_no_further() -> None:
    chunks = iter([b"x" * 60, b"x" * 60, b"x" * 60])

    with pytest.raises(PermanentError, match="more than the 100 bytes that we take"):
        b"".join(whole(chunks, expected(), SOON))

    assert next(chunks) == b"x" * 60
