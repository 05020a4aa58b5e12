import pytest
from playwright.sync_api import sync_playwright

from tests.browser.chromium import NoChromiumError, launched

pytestmark = pytest.mark.browser


def test_without_chromium_the_tests_fail_and_say_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with sync_playwright() as playwright:
        monkeypatch.setenv("PATH", "")

        with pytest.raises(NoChromiumError, match="apt-get install"), launched(playwright):
            pass
