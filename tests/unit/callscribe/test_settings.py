from datetime import timedelta

import pytest
from pydantic import SecretStr, ValidationError
from pydantic_settings import SettingsConfigDict

from callscribe.limits import Limits
from callscribe.settings import EXIT_WRONG_SETTINGS, WorkerSettings, read


class Settings(WorkerSettings):
    """Environment variables with the prefix ``ANY_``."""

    model_config = SettingsConfigDict(env_prefix="ANY_")

    queue_url: str
    token: SecretStr = SecretStr("")


def test_without_variables_a_worker_keeps_to_the_usual_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANY_QUEUE_URL", "https://sqs/any")

    assert read(Settings).limits == Limits()


def test_each_limit_has_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANY_QUEUE_URL", "https://sqs/any")
    monkeypatch.setenv("ANY_CONCURRENCY", "3")
    monkeypatch.setenv("ANY_VISIBILITY_TIMEOUT", "90")
    monkeypatch.setenv("ANY_DRAIN", "2.5")

    limits = read(Settings).limits

    assert limits.concurrency == 3
    assert limits.visibility == timedelta(seconds=90)
    assert limits.drain == timedelta(seconds=2.5)


def test_settings_cannot_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANY_QUEUE_URL", "https://sqs/any")

    with pytest.raises(ValidationError, match="frozen"):
        read(Settings).__setattr__("concurrency", 5)


def test_every_wrong_variable_is_named_and_ends_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANY_CONCURRENCY", "0")

    with pytest.raises(SystemExit) as ended:
        read(Settings)

    assert ended.value.code == EXIT_WRONG_SETTINGS
    said = capsys.readouterr().err
    assert "ANY_QUEUE_URL: Field required" in said
    assert "ANY_CONCURRENCY: Input should be greater than or equal to 1" in said


def test_a_wrong_value_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANY_QUEUE_URL", "https://sqs/any")
    monkeypatch.setenv("ANY_LOG_LEVEL", "secret-by-mistake")

    with pytest.raises(SystemExit):
        read(Settings)

    assert "secret-by-mistake" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "variables",
    [
        {"ANY_MAX_HANDLING": "43200"},
        {"ANY_VISIBILITY_TIMEOUT": "43200"},
        {"ANY_MAX_HANDLING": "39601", "ANY_VISIBILITY_TIMEOUT": "3600"},
    ],
)
def test_a_renewal_that_sqs_would_refuse_is_a_wrong_setting(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variables: dict[str, str],
) -> None:
    monkeypatch.setenv("ANY_QUEUE_URL", "https://sqs/any")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit):
        read(Settings)

    assert "ANY_MAX_HANDLING: Value error, with the visibility timeout" in capsys.readouterr().err


def test_handling_may_take_just_short_of_twelve_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANY_QUEUE_URL", "https://sqs/any")
    monkeypatch.setenv("ANY_MAX_HANDLING", "43140")

    assert read(Settings).limits.max_handling == timedelta(hours=11, minutes=59)
