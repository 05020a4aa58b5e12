"""A call of four hours and 40,000 words is there at once, and stays quick."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

MOST_BYTES = 250_000
"""The whole call would be many times that. How long a paint takes depends on the machine; what is
not in the page cannot make it slow on any."""


def test_the_page_of_a_four_hour_call_brings_no_more_to_paint_than_its_beginning(
    visit: Visit,
) -> None:
    page = visit("/")

    answer = page.goto("/calls/CON-long")

    assert answer is not None
    assert len(answer.body()) < MOST_BYTES
    assert page.locator(".turns[data-url]").count() > 30


def test_a_moment_late_in_a_long_call_is_loaded_when_it_is_asked_for(visit: Visit) -> None:
    page = visit("/calls/CON-long#t=14000")
    page.goto("/calls/CON-long#t=14000")

    expect(page.locator(".turns .spoken")).to_be_in_viewport(timeout=10_000)

    assert page.locator(".turns[data-url]").count() > 30


def test_the_whole_of_a_long_call_is_searched_and_the_page_still_answers(visit: Visit) -> None:
    page = visit("/calls/CON-long")

    page.get_by_label("Search this call").fill("second line")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#found")).to_contain_text("1 of 2222", timeout=30_000)
    page.get_by_role("button", name="Next").click()

    expect(page.locator("#found")).to_contain_text("2 of 2222", timeout=5_000)
