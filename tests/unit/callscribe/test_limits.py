from datetime import timedelta

import pytest

from callscribe.limits import Limits


@pytest.mark.parametrize("seconds", [3, 10, 60, 600])
def test_between_two_looks_at_what_is_due_nothing_runs_out(seconds: int) -> None:
    limits = Limits(visibility=timedelta(seconds=seconds))

    assert limits.heartbeat_every * 2 < limits.renew_within


def test_what_is_due_is_looked_for_every_second_at_least() -> None:
    assert Limits(visibility=timedelta(hours=1)).heartbeat_every == timedelta(seconds=1)
