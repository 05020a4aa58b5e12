from pathlib import Path

import pytest
from pydantic import ValidationError

from callscribe.settings import read
from local.vonage.settings import Settings

README = Path(__file__).parents[3] / "local" / "vonage" / "README.md"


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LOCAL_VONAGE_{name.upper()}", raising=False)


def test_it_runs_without_any_setting() -> None:
    settings = read(Settings)

    assert settings.base_url == "http://127.0.0.1:8300"
    assert settings.application.answer_method == "GET"
    assert settings.audio.parts[-3:] == ("local", "sample", "call.mp3")


def test_the_environment_sets_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_VONAGE_ANSWER_URL", "https://app.example/answer")
    monkeypatch.setenv("LOCAL_VONAGE_EVENT_METHOD", "GET")
    monkeypatch.setenv("LOCAL_VONAGE_SIGNATURE_SECRET", "hush")
    monkeypatch.setenv("LOCAL_VONAGE_PUBLIC_URL", "http://vonage:8300")

    settings = read(Settings)

    assert settings.application.answer_url == "https://app.example/answer"
    assert settings.application.event_method == "GET"
    assert settings.application.signature_secret == "hush"
    assert settings.base_url == "http://vonage:8300"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("ANSWER_URL", "app.example"),
        ("ANSWER_METHOD", "PUT"),
        ("PUBLIC_URL", "http://vonage:8300/path"),
        ("APPLICATION_ID", "mine"),
        ("PACE", "-1"),
    ],
)
def test_a_wrong_setting_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"LOCAL_VONAGE_{name}", value)

    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_the_secret_is_not_shown() -> None:
    settings = Settings()

    secret = settings.signature_secret.get_secret_value()
    assert secret not in repr(settings)
    assert secret not in repr(settings.application)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"| `LOCAL_VONAGE_{name.upper()}` |" in README.read_text("utf-8")
