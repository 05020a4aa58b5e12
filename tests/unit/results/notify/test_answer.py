from datetime import timedelta

import pytest

from results.notify.answer import answer_of


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "delivered"),
        (204, "delivered"),
        (299, "delivered"),
        (301, "failed"),
        (307, "failed"),
        (400, "failed"),
        (401, "failed"),
        (410, "gone"),
        (429, "failed"),
        (500, "failed"),
    ],
)
def test_only_2xx_is_delivered_and_only_410_is_gone(status: int, state: str) -> None:
    assert answer_of(status, "").state == state


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta(0)),
        ("99999999", timedelta(hours=6)),
        ("9" * 5000, None),
        ("-1", None),
        ("²", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        (None, None),
    ],
)
def test_a_receiver_may_ask_for_a_pause(asked: str | None, wait: timedelta | None) -> None:
    assert answer_of(503, "", asked).retry_after == wait
