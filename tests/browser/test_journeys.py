"""What people come for: a failed call, a conversation to hear, a file to take along."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from results.ledger.views import Status
from tests.browser.site import TOKEN, Site
from tests.browser.waiting import until

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]


def test_a_stranger_logs_in_with_the_token_and_arrives_where_they_wanted_to_go(
    browser: Browser, site: Site
) -> None:
    page = browser.new_page(base_url=site.address)
    page.goto("/calls/CON-garden")

    page.get_by_label("Access token").fill("not the token")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_have_text("That is not the token.")
    page.get_by_label("Access token").fill(TOKEN)
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("+14155550101")
    page.close()


def test_whoever_logs_out_sees_no_call_any_more(visit: Visit) -> None:
    page = visit("/")

    page.get_by_role("button", name="Log out").click()
    page.goto("/calls/CON-garden")

    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")


def test_a_failed_call_is_found_its_reason_read_and_it_is_retried(visit: Visit, site: Site) -> None:
    page = visit("/")

    page.get_by_label("Status").select_option(label="Failed")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="+33612345678").click()
    expect(page.locator(".why", has_text="a host that is not allowed")).to_be_visible()
    expect(page.get_by_text("RECORDER_ALLOWED_HOSTS")).to_be_visible()
    page.get_by_role("button", name="Retry").click()

    expect(page.get_by_text("This call is on its way")).to_be_visible()
    assert site.calls.retried == ["stop-1"]


def test_everything_that_is_parked_is_sent_again_at_once(visit: Visit, site: Site) -> None:
    page = visit("/failures")

    page.get_by_role("button", name="Retry all").click()

    expect(page.get_by_role("heading", name="Nothing is stuck")).to_be_visible()
    assert site.calls.retried == ["stop-1"]


def test_filters_live_in_the_address(visit: Visit) -> None:
    page = visit("/")

    page.get_by_label("Name, number or note").fill("apple")
    page.get_by_role("button", name="Filter").click()

    expect(page.locator(".call-row")).to_have_count(1)
    assert "q=apple" in page.url
    page.get_by_role("link", name="Clear").click()
    expect(page.locator(".call-row")).to_have_count(7)


def test_the_list_renews_itself_while_a_call_is_in_progress(visit: Visit, site: Site) -> None:
    page = visit("/")
    busy = page.locator(".call-row", has_text="+4915123456780")
    expect(busy).to_contain_text("In progress")

    site.calls.become("CON-busy", Status.READY)

    expect(busy).to_contain_text("Ready", timeout=8000)
    expect(page.locator("#news")).to_have_text("The list of calls has changed.")


def test_the_audio_plays_and_the_spoken_word_is_marked(visit: Visit) -> None:
    page = visit("/calls/CON-garden")

    page.get_by_role("button", name="Play", exact=True).click()

    until(page, "document.querySelector('audio').currentTime > 1.6")
    expect(page.locator(".spoken")).to_have_count(1)
    said = page.evaluate(
        "() => [Number(document.querySelector('.spoken').dataset.t),"
        " document.querySelector('audio').currentTime]"
    )
    assert 0 <= said[1] - said[0] < 1.5
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("document.querySelector('audio').paused")


def test_a_click_on_a_word_plays_from_there(visit: Visit) -> None:
    page = visit("/calls/CON-garden")
    word = page.locator(".turn p span", has_text="perfect.")

    word.click()

    expect(word).to_have_class(re.compile("spoken"))
    started = float(word.get_attribute("data-t") or 0)
    assert started <= _time(page) < started + 2


def test_a_click_on_the_waveform_seeks(visit: Visit) -> None:
    page = visit("/calls/CON-garden")
    until(page, "document.querySelector('audio').readyState > 0")
    canvas = page.locator("canvas").first
    box = canvas.bounding_box()
    assert box is not None

    canvas.click(position={"x": box["width"] / 2, "y": 20})

    until(page, "Math.abs(document.querySelector('audio').currentTime - 12) < 0.3")


def test_the_waveform_of_each_channel_is_drawn(visit: Visit) -> None:
    page = visit("/calls/CON-garden")
    page.wait_for_load_state("networkidle")

    heights = page.evaluate(
        """() => [...document.querySelectorAll('canvas')].map((it) => {
          const all = it.getContext('2d').getImageData(0, 0, it.width, it.height).data;
          return all.filter((value, n) => n % 4 === 3 && value).length;
        })"""
    )

    assert len(heights) == 2
    assert min(heights) > 2000


def test_a_link_to_a_moment_opens_there(visit: Visit) -> None:
    page = visit("/calls/CON-garden")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy a link to 0:13").click()
    expect(page.locator("#news")).to_have_text("The link is copied.")
    page.goto("/")
    page.goto(page.evaluate("navigator.clipboard.readText()"))

    until(page, "Math.abs(document.querySelector('audio').currentTime - 13.3) < 0.2")
    expect(page.locator(".spoken", has_text="Yes.")).to_be_visible()


def test_words_of_the_call_are_searched_one_hit_after_the_other(visit: Visit) -> None:
    page = visit("/calls/CON-garden")

    page.get_by_label("Search this call").fill("the garden shop")
    page.get_by_label("Search this call").press("Enter")

    expect(page.locator("#found")).to_have_text("1 of 1")
    assert page.locator(".here").all_text_contents() == ["the", "garden", "shop."]


def test_a_word_that_was_hardly_understood_is_marked_and_overlaps_are_told(visit: Visit) -> None:
    page = visit("/calls/CON-garden")

    expect(page.locator(".doubt")).to_have_text("garden.")
    expect(page.get_by_text("at the same time", exact=True)).to_have_count(2)


def _time(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))
