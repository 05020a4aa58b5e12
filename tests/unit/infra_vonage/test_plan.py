from dataclasses import replace

import pytest

from callscribe.errors import PermanentError
from infra.vonage.plan import plan
from infra.vonage.wish import Application, Found, Number, Wish

WISH = Wish(name="callscribe", url="https://calls.example.com", country="GB")
KEY = "-----BEGIN PUBLIC KEY-----\nours\n-----END PUBLIC KEY-----\n"
THERE = Application("app-1", "callscribe", KEY, {"voice": WISH.voice})
NUMBER = Number("447700900101", "GB", monthly="1.25")
LINKED = replace(NUMBER, application_id="app-1")


def steps(wish: Wish = WISH, **found: object) -> list[str]:
    there = {"application": THERE, "public_key": KEY} | found
    return [type(step).__name__ for step in plan(wish, Found(**there))]  # type: ignore[arg-type]  # a test's shorthand


def test_with_nothing_there_the_key_comes_before_the_application() -> None:
    said = steps(application=None, public_key=None)

    assert said == ["KeepKey", "CreateApplication"]


def test_with_all_there_nothing_is_done() -> None:
    assert steps(owned=(LINKED,)) == []


def test_a_key_that_is_kept_already_is_used() -> None:
    assert steps(application=None) == ["CreateApplication"]


@pytest.mark.parametrize(
    "capabilities",
    [
        {},
        {"voice": WISH.voice | {"signed_callbacks": False}},
        {"voice": replace(WISH, url="https://old.example.com").voice},
    ],
)
def test_an_application_that_is_not_as_it_should_be_is_updated(
    capabilities: dict[str, object],
) -> None:
    said = steps(application=replace(THERE, capabilities=capabilities))

    assert said == ["UpdateApplication"]


def test_what_vonage_says_beside_what_we_want_is_left_alone() -> None:
    voice = WISH.voice | {"conversations_ttl": 48}

    assert steps(application=replace(THERE, capabilities={"voice": voice, "rtc": {}})) == []


def test_vonages_own_way_to_break_lines_makes_no_other_key() -> None:
    assert steps(application=replace(THERE, public_key=KEY.replace("\n", "\r\n").strip())) == []


def test_another_key_is_not_replaced_unless_told() -> None:
    other = replace(THERE, public_key=KEY.replace("ours", "theirs"))

    with pytest.raises(PermanentError, match="another key"):
        steps(application=other)

    assert steps(replace(WISH, replace_key=True), application=other) == ["UpdateApplication"]


def test_a_key_that_is_not_kept_here_is_not_replaced_unless_told() -> None:
    with pytest.raises(PermanentError, match="not kept here"):
        steps(public_key=None)

    said = steps(replace(WISH, replace_key=True), public_key=None)

    assert said == ["KeepKey", "UpdateApplication"]


def test_no_number_is_bought_unless_told() -> None:
    assert steps(on_sale=(NUMBER,)) == []


def test_a_number_is_bought_and_linked_when_told() -> None:
    said = steps(replace(WISH, buy=True), on_sale=(NUMBER,))

    assert said == ["BuyNumber", "LinkNumber"]


def test_a_second_number_is_not_bought_by_a_second_run() -> None:
    assert steps(replace(WISH, buy=True), owned=(LINKED,), on_sale=(NUMBER,)) == []


def test_a_number_that_is_owned_is_linked_and_not_bought() -> None:
    wish = replace(WISH, buy=True, number=NUMBER.msisdn)

    assert steps(wish, owned=(NUMBER,), on_sale=(NUMBER,)) == ["LinkNumber"]


def test_nothing_on_sale_is_said() -> None:
    with pytest.raises(PermanentError, match="no number to buy in GB"):
        steps(replace(WISH, buy=True))


def test_the_webhooks_are_signed_and_posted_to_the_gateway() -> None:
    webhooks = WISH.voice["webhooks"]

    assert WISH.voice["signed_callbacks"] is True
    assert webhooks["answer_url"]["address"] == "https://calls.example.com/webhooks/answer"
    assert webhooks["event_url"]["address"] == "https://calls.example.com/webhooks/events"
    assert {webhook["http_method"] for webhook in webhooks.values()} == {"POST"}


def test_a_purchase_is_shown_with_its_price() -> None:
    bought = plan(replace(WISH, buy=True), Found(THERE, KEY, on_sale=(NUMBER,)))[0]

    assert str(bought) == "BUY the number 447700900101, for 1.25 EUR a month"
