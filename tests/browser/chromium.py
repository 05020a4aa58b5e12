"""Starts the Chromium that Debian brings."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, Playwright

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
)


class NoChromiumError(Exception):
    """There is no Chromium to test with."""


def program() -> str:
    """Find Chromium.

    :raises NoChromiumError: if it is not installed; the text says how to get it.
    """
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise NoChromiumError(
            "the browser tests need Chromium: apt-get install --no-install-recommends chromium"
        )
    return found


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """Start Chromium, and stop it at the end.

    :raises NoChromiumError: if it is not installed.
    """
    browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
    try:
        yield browser
    finally:
        browser.close()
