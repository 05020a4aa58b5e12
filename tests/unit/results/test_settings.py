import pytest

from callscribe.settings import EXIT_WRONG_SETTINGS, read
from results.settings import Settings

ENOUGH = {
    "COMPLETIONS_QUEUE_URL": "http://sqs/completions",
    "COMPLETIONS_DEAD_LETTER_URL": "http://sqs/completions-dead-letter",
    "CALL_EVENTS_QUEUE_URL": "http://sqs/call-events",
    "CALL_EVENTS_DEAD_LETTER_URL": "http://sqs/call-events-dead-letter",
    "NOTIFICATIONS_QUEUE_URL": "http://sqs/notifications",
    "AUDIO_BUCKET": "audio",
    "TRANSCRIPTS_BUCKET": "transcripts",
    "CALLS_TABLE": "calls",
}


def settings(monkeypatch: pytest.MonkeyPatch, **changes: str) -> Settings:
    for name, value in (ENOUGH | changes).items():
        monkeypatch.setenv(f"RESULTS_{name}", value)
    return read(Settings)


def test_eight_addresses_are_enough_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    read_settings = settings(monkeypatch)

    assert read_settings.party_names == ("Caller", "Callee")
    assert read_settings.concurrency == 4


def test_the_parties_names_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    read_settings = settings(monkeypatch, PARTY_NAMES="Customer, Agent")

    assert read_settings.party_names == ("Customer", "Agent")


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, PARTY_NAMES="").party_names == ("Caller", "Callee")


@pytest.mark.parametrize(
    ("name", "value"), [("PARTY_NAMES", "Ann,,Ben"), ("MAX_FILE_BYTES", "0"), ("CONCURRENCY", "x")]
)
def test_a_wrong_value_stops_the_process_with_the_variables_name(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        settings(monkeypatch, **{name: value})

    assert stopped.value.code == EXIT_WRONG_SETTINGS
    assert capsys.readouterr().err.startswith(f"RESULTS_{name}")
