from datetime import timedelta
from decimal import Decimal

import pytest

from results.ledger.deliveries import DeliveryView
from results.ledger.testing import NOON, a_call
from results.web.pages.shown import (
    clock,
    day_of,
    delivered,
    lasting,
    money,
    name_of,
    number,
    percent,
    price,
)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0:00"), (83.9, "1:23"), (3599, "59:59"), (3723, "1:02:03"), (None, "\u2013")],
)
def test_a_place_in_a_call_is_written_as_on_a_clock(seconds: float | None, said: str) -> None:
    assert clock(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(8.4, "8 s"), (252, "4 min 12 s"), (7380, "2 h 3 min"), (None, "\u2013")],
)
def test_how_long_something_took_is_written_in_words(seconds: float | None, said: str) -> None:
    assert lasting(seconds) == said


@pytest.mark.parametrize(
    ("ago", "said"), [(0, "Today"), (1, "Yesterday"), (2, "Friday, 27 February 2026")]
)
def test_a_day_is_named_as_people_name_it(ago: int, said: str) -> None:
    assert day_of(NOON - timedelta(days=ago), NOON) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [("447700900001", "+447700900001"), ("117", "117"), ("alice", "alice"), (None, "unknown")],
)
def test_a_number_is_written_as_it_is_dialled(given: str | None, said: str) -> None:
    assert number(given) == said


def test_a_call_is_named_after_its_two_numbers() -> None:
    assert name_of(a_call()) == "+447700900001 to +447700900002"


def test_amounts_and_shares_are_rounded() -> None:
    assert (money(1234.567), percent(0.478)) == ("1,234.57", "48 %")


@pytest.mark.parametrize(("amount", "said"), [("0.00920000", "0.0092"), ("100", "100")])
def test_a_price_has_no_zeros_at_its_end(amount: str, said: str) -> None:
    assert price(Decimal(amount)) == said


@pytest.mark.parametrize(
    ("state", "status", "answer", "said"),
    [
        ("delivered", 200, "ok", "told"),
        ("failed", 503, "busy", "not reached, tried again (503 busy)"),
        ("refused", None, "at a private address", "not allowed (at a private address)"),
    ],
)
def test_a_delivery_is_told_with_what_went_wrong(
    state: str, status: int | None, answer: str, said: str
) -> None:
    delivery = DeliveryView(NOON, "hooks.example.com", "ready", state, status, answer)

    assert delivered(delivery) == said
