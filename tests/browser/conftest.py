"""A browser, and a site to visit with it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import conversations
from tests.browser.chromium import launched
from tests.browser.site import TOKEN, Site, served


# Not for all files: as long as Playwright runs, nothing else in its process may use asyncio.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launched(playwright) as browser:
        yield browser


@pytest.fixture
def site() -> Iterator[Site]:
    with served(conversations.calls(), conversations.transcripts()) as site:
        site.calls.figures = conversations.days()
        yield site


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Give what opens a page of the site, as somebody who has logged in."""
    contexts = []

    def visit(path: str = "/", **more: object) -> Page:
        context = browser.new_context(base_url=site.address, **more)  # type: ignore[arg-type] # any of Playwright's options
        contexts.append(context)
        page = context.new_page()
        log_in(page, path)
        return page

    yield visit
    for context in contexts:
        context.close()


def log_in(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_label("Access token").fill(TOKEN)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()
