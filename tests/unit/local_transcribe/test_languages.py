from typing import Any

import pytest

from local.transcribe.languages import language_code, spoken
from local.transcribe.testing import a_request


def identifying(*options: str) -> dict[str, Any]:
    chosen = list(options) or None
    return a_request(LanguageCode=None, IdentifyLanguage=True, LanguageOptions=chosen)


def test_a_language_that_was_named_is_the_language() -> None:
    assert spoken(a_request(LanguageCode="de-CH")) == "de"
    assert language_code(a_request(LanguageCode="de-CH"), "en") == "de-CH"


def test_a_language_to_be_identified_is_not_known_before() -> None:
    assert spoken(identifying()) is None


@pytest.mark.parametrize(
    ("heard", "options", "expected"),
    [
        ("en", (), "en-US"),
        ("ja", (), "ja-JP"),
        ("en", ("de-DE", "en-GB"), "en-GB"),
        ("en", ("de-DE", "fr-FR"), "de-DE"),
    ],
)
def test_an_identified_language_is_one_of_the_options(
    heard: str, options: tuple[str, ...], expected: str
) -> None:
    assert language_code(identifying(*options), heard) == expected
