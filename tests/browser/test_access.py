"""The pages are for everybody: with a keyboard alone, with a screen reader, however they look."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import TOKEN, Site
from tests.browser.waiting import until

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

PAGES = (
    "/",
    "/?q=nothing-is-like-this",
    "/calls/CON-garden",
    "/calls/CON-meeting",
    "/calls/CON-busy",
    "/calls/CON-stuck",
    "/calls/CON-garden/delete",
    "/calls/nobody",
    "/failures",
    "/numbers",
)
SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_any_page(visit: Visit, scheme: str) -> None:
    page = visit("/", color_scheme=scheme)

    faults = {path: _faults(page, path) for path in PAGES}

    assert {path: its for path, its in faults.items() if its} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_the_login(browser: Browser, site: Site, scheme: str) -> None:
    page = browser.new_page(base_url=site.address, color_scheme=scheme)  # type: ignore[arg-type] # parametrize gives a str

    faults = _faults(page, "/login")

    assert faults == []
    page.close()


def test_axe_sees_a_fault_that_is_there(visit: Visit) -> None:
    page = visit("/")
    page.evaluate("document.querySelector('#q').labels[0].remove()")

    found = _serious(page)

    assert any("label" in it for it in found)


def test_a_call_is_found_and_heard_with_the_keyboard_alone(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.address)
    page.goto("/")
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    page.wait_for_selector(".call-row")

    page.keyboard.press("Tab")
    assert _focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    _tab_to(page, "+14155550101")
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    page.keyboard.press(" ")
    until(page, "document.querySelector('audio').currentTime > 0.3")
    page.keyboard.press(" ")
    page.keyboard.press("l")
    until(page, "document.querySelector('audio').currentTime > 5")
    page.keyboard.press("/")

    expect(page.get_by_label("Search this call")).to_be_focused()
    assert page.evaluate("document.querySelector('audio').paused")
    page.close()


def test_what_has_the_focus_is_seen(visit: Visit) -> None:
    page = visit("/calls/CON-garden")

    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        if width < 2:
            unseen.append(_focused(page))

    assert unseen == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(visit: Visit, path: str) -> None:
    page = visit(path, viewport={"width": 360, "height": 740})

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_nothing_comes_from_another_host_and_the_policy_is_kept(visit: Visit, site: Site) -> None:
    page = visit("/")
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)

    for path in ("/", "/calls/CON-garden", "/failures", "/numbers"):
        page.goto(path)
        page.wait_for_load_state("networkidle")

    assert [url for url in asked if not url.startswith(site.address)] == []
    assert refused == []


def _faults(page: Page, path: str) -> list[str]:
    page.goto(path)
    page.wait_for_load_state("domcontentloaded")
    return _serious(page)


def _serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{it['id']}: {it['nodes'][0]['html']}" for it in found if it["impact"] in SERIOUS]


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


def _tab_to(page: Page, text: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if text in _focused(page):
            return
    raise AssertionError(f"the keyboard does not reach {text}")
