import pytest

from callscribe.settings import EXIT_WRONG_SETTINGS, read
from transcriber.settings import Settings

ENOUGH = {
    "QUEUE_URL": "http://sqs/transcriptions",
    "DEAD_LETTER_URL": "http://sqs/transcriptions-dead-letter",
    "CALL_EVENTS_QUEUE_URL": "http://sqs/call-events",
    "COMPLETIONS_QUEUE_URL": "http://sqs/completions",
    "TRANSCRIPTS_BUCKET": "transcripts",
}


def settings(monkeypatch: pytest.MonkeyPatch, **changes: str) -> Settings:
    for name, value in (ENOUGH | changes).items():
        monkeypatch.setenv(f"TRANSCRIBER_{name}", value)
    return read(Settings)


def test_five_addresses_are_enough_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    read_settings = settings(monkeypatch)

    assert read_settings.transcripts_bucket == "transcripts"
    assert read_settings.language == "en-GB"
    assert read_settings.watch_after == 900


def test_a_reminder_later_than_sqs_can_hide_it_stops_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        settings(monkeypatch, WATCH_AFTER="901")

    assert capsys.readouterr().err.startswith("TRANSCRIBER_WATCH_AFTER: ")


def test_a_list_is_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    read_settings = settings(monkeypatch, REDACTION="redacted", REDACTION_TYPES="NAME, PHONE")

    assert read_settings.redaction_types == ("NAME", "PHONE")


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    read_settings = settings(monkeypatch, LANGUAGE_CODE="", VOCABULARY_NAME="")

    assert read_settings.language == "en-GB"
    assert read_settings.vocabulary_name is None


def test_a_wrong_combination_stops_the_process_with_the_variables_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        settings(monkeypatch, LANGUAGE_CODE="en-GB", IDENTIFY_LANGUAGE="true")

    assert raised.value.code == EXIT_WRONG_SETTINGS
    assert capsys.readouterr().err.startswith("TRANSCRIBER_IDENTIFY_LANGUAGE: ")


def test_a_missing_address_stops_the_process_with_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        settings(monkeypatch, CALL_EVENTS_QUEUE_URL="")

    assert "TRANSCRIBER_CALL_EVENTS_QUEUE_URL: Field required" in capsys.readouterr().err
