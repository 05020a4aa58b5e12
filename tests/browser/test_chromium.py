import pytest

from tests.browser.chromium import NoChromiumError, program

pytestmark = pytest.mark.browser


def test_without_chromium_the_tests_fail_and_say_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NoChromiumError, match="apt-get install"):
        program()
