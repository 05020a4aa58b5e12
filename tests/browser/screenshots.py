"""Takes a picture of every page, light, dark and on a phone: ``make screenshots``."""

import logging
import sys
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright

from tests.browser import conversations
from tests.browser.chromium import launched
from tests.browser.conftest import log_in
from tests.browser.site import served

PAGES: Final = {
    "calls": "/",
    "call": "/calls/CON-garden",
    "meeting": "/calls/CON-meeting",
    "failures": "/failures",
    "failed-call": "/calls/CON-stuck",
    "numbers": "/numbers",
    "delete": "/calls/CON-garden/delete",
}
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "light": {"viewport": {"width": 1120, "height": 720}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1120, "height": 720}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}


def main(folder: Path) -> None:
    """Write the pictures to a folder."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    folder.mkdir(parents=True, exist_ok=True)
    for name, calls in (("", conversations.calls()), ("empty-", ())):
        with served(calls, conversations.transcripts()) as site:
            site.calls.figures = conversations.days() if calls else ()
            pages = PAGES if calls else {"calls": "/", "failures": "/failures"}
            with sync_playwright() as playwright, launched(playwright) as browser:
                for look, options in LOOKS.items():
                    context = browser.new_context(base_url=site.address, **options)
                    page = context.new_page()
                    page.goto("/login")
                    page.screenshot(path=folder / f"login-{look}.png")
                    log_in(page, "/")
                    for page_name, path in pages.items():
                        page.goto(path)
                        _settle(page)
                        page.screenshot(path=folder / f"{name}{page_name}-{look}.png")
                    context.close()


def _settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    if page.locator("#player").count():
        page.evaluate("location.hash = 't=11.9'")
        page.wait_for_timeout(600)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"))
