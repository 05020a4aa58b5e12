from typing import Any

import pytest

from local.vonage.fate import Fate, fate
from local.vonage.scenario import Scenario


def fates(attempts: int, **scenario: Any) -> list[Fate]:
    return [fate(Scenario(**scenario), attempt) for attempt in range(1, attempts + 1)]


def test_a_download_goes_well_by_default() -> None:
    assert fates(2) == [Fate.SERVED, Fate.SERVED]


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        ("not_ready", Fate.NOT_READY),
        ("download_errors", Fate.UNAVAILABLE),
        ("throttled", Fate.THROTTLED),
        ("truncated", Fate.TRUNCATED),
    ],
)
def test_a_trouble_lasts_as_often_as_was_asked(trouble: str, expected: Fate) -> None:
    assert fates(3, **{trouble: 2}) == [expected, expected, Fate.SERVED]


def test_troubles_come_one_after_another() -> None:
    told = fates(5, not_ready=1, download_errors=1, throttled=1, truncated=1)

    assert told == [
        Fate.NOT_READY,
        Fate.UNAVAILABLE,
        Fate.THROTTLED,
        Fate.TRUNCATED,
        Fate.SERVED,
    ]


def test_what_is_gone_stays_gone() -> None:
    assert fates(3, gone=True, not_ready=1) == [Fate.GONE] * 3
