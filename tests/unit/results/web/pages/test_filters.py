from datetime import UTC, datetime

import pytest

from results.ledger.views import Status, Wanted
from results.web.pages.filters import Filters


def test_an_address_without_filters_wants_every_call() -> None:
    filters = Filters.of({})

    assert not filters.are_set
    assert filters.wanted() == Wanted()


def test_each_filter_is_asked_of_the_ledger_and_both_days_are_included() -> None:
    said = {
        "q": " apple ",
        "number": "+44 7700 900001",
        "status": "failed",
        "from": "2026-02-01",
        "to": "2026-02-02",
    }

    wanted = Filters.of(said).wanted()

    assert wanted == Wanted(
        since=datetime(2026, 2, 1, tzinfo=UTC),
        before=datetime(2026, 2, 3, tzinfo=UTC),
        number="447700900001",
        status=Status.FAILED,
        text="apple",
    )


@pytest.mark.parametrize("said", [{"status": "odd"}, {"from": "32 May"}, {"to": "2026-13-01"}])
def test_a_filter_that_makes_no_sense_is_left_out(said: dict[str, str]) -> None:
    assert not Filters.of(said).are_set


def test_the_last_day_there_is_has_no_day_after_it() -> None:
    assert Filters.of({"to": "9999-12-31"}).wanted().before is None


def test_filters_come_back_from_the_query_they_are_written_to() -> None:
    filters = Filters.of({"q": "a & b", "from": "2026-02-01"})

    assert filters.query(cursor="next") == "q=a+%26+b&from=2026-02-01&cursor=next"


def test_a_number_is_never_longer_than_a_key_may_be() -> None:
    wanted = Filters.of({"number": "1" * 3000}).wanted()

    assert wanted.number == "1" * 64
