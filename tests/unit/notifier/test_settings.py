import pytest

from callscribe.settings import read
from notifier.settings import Settings


def test_the_address_of_the_queue_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFIER_COMPLETIONS_QUEUE_URL", "http://sqs/completions")

    assert read(Settings).completions_queue_url == "http://sqs/completions"


def test_a_missing_address_stops_the_function_with_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NOTIFIER_COMPLETIONS_QUEUE_URL", raising=False)

    with pytest.raises(SystemExit):
        read(Settings)

    assert "NOTIFIER_COMPLETIONS_QUEUE_URL: Field required" in capsys.readouterr().err
