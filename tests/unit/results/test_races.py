"""Two processes at work on one recording: whatever one does between two steps of the other."""

from collections.abc import Callable
from typing import Any

import pytest

from callscribe.contracts import Completion
from callscribe.errors import TransientError
from results.testing import FakeBucket
from tests.unit.results.sets import FAILURE, FOLDER, TRANSCRIPT, Around, a_set, ended, heard

FOUR = a_set((0, 1), (2, 3), channels=4)
FORMS = [f"{FOLDER}/transcript.{suffix}" for suffix in ("txt", "vtt", "srt", "json")]
MOST_STEPS = 60


class Meanwhile:
    """A bucket at which another process does all of its work before one of our calls."""

    def __init__(self, bucket: FakeBucket, *, step: int, other: Callable[[], None]) -> None:
        self._bucket = bucket
        self._left = step
        self._other = other

    def __getattr__(self, operation: str) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            if self._left == 0:
                self._other()
            self._left -= 1
            return getattr(self._bucket, operation)(*args, **kwargs)

        return call

    @property
    def reached(self) -> bool:
        return self._left < 0


def raced(before: list[Completion], ours: Completion, others: Completion, *, step: int) -> bool:
    """Handle two events at once; tell whether the other came before the end of ours."""
    around = Around(FOUR, {1: heard(1), 2: heard(2)})
    around.told(*before)
    plain = around.bucket
    them = Around(FOUR)
    them.bucket = plain
    between = Meanwhile(plain, step=step, other=lambda: them.told_until_done(others))
    around.bucket = between  # type: ignore[assignment] # it passes every call on
    try:
        around.told(ours)
    except TransientError:
        around.bucket = plain
        around.told_until_done(ours)
    if not between.reached:
        them.told_until_done(others)
    assert complete_and_whole(plain)
    return between.reached


def complete_and_whole(bucket: FakeBucket) -> bool:
    alone = Around(FOUR, {1: heard(1), 2: heard(2)})
    alone.told(ended(FOUR, 1), ended(FOUR, 2))
    forms = {key: bucket.objects[key] for key in FORMS}
    return forms == {key: alone.bucket.objects[key] for key in FORMS} and (
        FAILURE not in bucket.objects
    )


@pytest.mark.parametrize(
    ("before", "ours", "others"),
    [
        ([], ended(FOUR, 1), ended(FOUR, 2)),
        ([ended(FOUR, 1)], ended(FOUR, 2), ended(FOUR, 2)),
        ([ended(FOUR, 1)], ended(FOUR, 2, "FAILED"), ended(FOUR, 2)),
        ([ended(FOUR, 1)], ended(FOUR, 2), ended(FOUR, 2, "FAILED")),
        ([ended(FOUR, 1), ended(FOUR, 2, "FAILED")], ended(FOUR, 2), ended(FOUR, 1)),
        ([ended(FOUR, 1, "FAILED"), ended(FOUR, 2, "FAILED")], ended(FOUR, 1), ended(FOUR, 2)),
    ],
)
def test_two_processes_end_with_the_whole_transcript_wherever_one_meets_the_other(
    before: list[Completion], ours: Completion, others: Completion
) -> None:
    steps = [raced(before, ours, others, step=step) for step in range(MOST_STEPS)]

    assert steps[0]
    assert not steps[-1]


def test_what_was_made_from_more_is_never_written_over() -> None:
    around = Around(FOUR, {1: heard(1), 2: heard(2)})
    around.told(ended(FOUR, 1))
    slow = Slow(around)
    around.bucket = slow

    with pytest.raises(TransientError, match="another process"):
        around.told(ended(FOUR, 2, "FAILED"))

    assert slow.objects[TRANSCRIPT] == slow.published


class Slow(FakeBucket):
    """A process that sees a failed part, and writes when another has published the whole."""

    def __init__(self, around: Around) -> None:
        super().__init__(around.bucket.transcribed)
        self.objects = around.bucket.objects
        self.published = b""

    def read(self, uri: str) -> bytes:
        if not self.published:
            other = Around(FOUR, {1: heard(1), 2: heard(2)})
            other.bucket.objects = self.objects
            other.told(ended(FOUR, 2))
            self.published = self.objects[TRANSCRIPT]
        return super().read(uri)
