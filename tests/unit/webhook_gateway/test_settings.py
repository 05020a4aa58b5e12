from datetime import timedelta

import pytest

from callscribe.settings import EXIT_WRONG_SETTINGS, read
from webhook_gateway.settings import Settings
from webhook_gateway.testing import ENOUGH, SECRET

OTHER_SECRET = "another-secret-while-the-old-one-is-changed"


def settings(monkeypatch: pytest.MonkeyPatch, **changes: str) -> Settings:
    for name, value in (ENOUGH | changes).items():
        monkeypatch.setenv(f"WEBHOOK_GATEWAY_{name.upper()}", value)
    return read(Settings)


def test_five_variables_are_enough_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    said = settings(monkeypatch, api_key="", application_id="")

    assert said.parties == ("447700900002",)
    assert said.channels == 2
    assert said.workers >= 1
    assert said.api_key is None


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    said = settings(
        monkeypatch,
        parties="447700900002, app:alice,",
        signature_secrets=f"{SECRET},{OTHER_SECRET}",
    )

    assert said.parties == ("447700900002", "app:alice")
    assert said.trust
    assert said.trust.secrets == (SECRET, OTHER_SECRET)


def test_what_makes_a_webhook_genuine_is_as_set(monkeypatch: pytest.MonkeyPatch) -> None:
    said = settings(monkeypatch, signature_leeway="5", signature_max_age="30")

    assert said.trust
    assert said.trust.api_key == ENOUGH["api_key"]
    assert said.trust.application_id == ENOUGH["application_id"]
    assert said.trust.leeway == timedelta(seconds=5)
    assert said.trust.max_age == timedelta(seconds=30)


def test_a_secret_is_in_no_text_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    said = settings(monkeypatch)

    assert SECRET not in f"{said!r} {said} {said.model_dump()} {said.trust}"


def test_unsigned_webhooks_are_taken_only_when_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = settings(monkeypatch, signature_secrets="", allow_unsigned="true")

    assert said.trust is None


def test_a_secret_counts_even_if_unsigned_webhooks_are_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = settings(monkeypatch, allow_unsigned="true")

    assert said.trust


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("signature_secrets", ""),
        ("signature_secrets", "one,two,three"),
        ("parties", ""),
        ("parties", ","),
        ("parties", "447700900002,alice"),
        ("caller_id", "+447700900002"),
        ("record_channels", "33"),
        ("record_format", "flac"),
        ("send_timeout", "5"),
        ("recordings_queue_url", ""),
        ("call_events_queue_url", ""),
        ("max_body", "10000000"),
        ("greeting", "x" * 1501),
    ],
)
def test_a_wrong_value_stops_the_process_with_the_variables_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        settings(monkeypatch, **{name: value})

    said = capsys.readouterr().err
    assert stopped.value.code == EXIT_WRONG_SETTINGS
    assert said.startswith(f"WEBHOOK_GATEWAY_{name.upper()}")
    assert "4477009" not in said


@pytest.mark.parametrize(
    ("parties", "words"),
    [
        (",".join(["447700900002"] * 32), "must be 31 parties at most"),
        (",", "must name whom to connect"),
    ],
    ids=["too many", "none by mistake"],
)
def test_a_number_of_parties_that_cannot_be_is_refused_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], parties: str, words: str
) -> None:
    with pytest.raises(SystemExit):
        settings(monkeypatch, parties=parties)

    said = capsys.readouterr().err
    assert said.startswith("WEBHOOK_GATEWAY_PARTIES: ")
    assert words in said


def test_nobody_is_to_be_connected_only_when_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said = settings(monkeypatch, parties="None")

    assert said.parties == ()
    assert said.channels == 1


TWO = "447700900002,447700900003"


@pytest.mark.parametrize("changes", [{"parties": TWO}, {"record_channels": "3"}])
def test_mp3_for_more_channels_than_it_holds_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], changes: dict[str, str]
) -> None:
    with pytest.raises(SystemExit):
        settings(monkeypatch, record_format="mp3", **changes)

    said = capsys.readouterr().err
    assert said.startswith("WEBHOOK_GATEWAY_RECORD_FORMAT: ")
    assert "must be wav or ogg, or left out, for 3 channels" in said


@pytest.mark.parametrize(
    "changes",
    [
        {"record_format": "mp3"},
        {"record_format": "mp3", "parties": TWO, "record_split": "false"},
        {"record_format": "mp3", "parties": TWO, "record_channels": "2"},
        {"record_format": "wav", "parties": TWO},
        {"parties": TWO},
    ],
)
def test_a_format_that_holds_the_channels_is_taken(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str]
) -> None:
    said = settings(monkeypatch, **changes)

    assert said.record_format == changes.get("record_format")


@pytest.mark.parametrize(
    "address",
    [
        "http://calls.example.com",
        "calls.example.com",
        "https://",
        "ftp://calls.example.com",
        "https://user@calls.example.com",
        "https://calls.example.com?a=b",
        "https://calls.example.com#a",
    ],
)
def test_an_address_that_vonage_should_not_use_stops_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    with pytest.raises(SystemExit):
        settings(monkeypatch, public_url=address)

    assert capsys.readouterr().err.startswith("WEBHOOK_GATEWAY_PUBLIC_URL: ")


def test_a_network_of_this_machine_alone_needs_no_https_if_somebody_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = settings(
        monkeypatch, public_url="http://webhook-gateway:3000", insecure_public_url="true"
    )

    assert said.public_url == "http://webhook-gateway:3000"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:3000", "http://localhost:3000", "http://[::1]:3000"]
)
def test_a_laptop_needs_no_https(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    said = settings(monkeypatch, public_url=address)

    assert said.public_url == address
