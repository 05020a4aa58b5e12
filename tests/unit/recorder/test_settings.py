from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from callscribe.settings import read
from recorder.download import Waits
from recorder.settings import MAX_BYTES, Settings

Set = Callable[..., Settings]


@cache
def a_pem() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Read the settings with these variables; ``None`` takes one away."""

    def read_with(**changes: str | None) -> Settings:
        variables: dict[str, str | None] = {
            "queue_url": "http://sqs/recordings",
            "dead_letter_url": "http://sqs/recordings-dead-letter",
            "transcriptions_queue_url": "http://sqs/transcriptions",
            "call_events_queue_url": "http://sqs/call-events",
            "audio_bucket": "audio",
            "application_id": "app-1",
            "private_key": a_pem(),
        }
        for name, value in (variables | changes).items():
            if value is not None:
                monkeypatch.setenv(f"RECORDER_{name.upper()}", value)
        return read(Settings)

    return read_with


def test_by_default_vonages_hosts_are_trusted_and_no_other(settings: Set) -> None:
    policy = settings().policy

    assert policy.trusted.domains == ("nexmo.com", "vonage.com")
    assert policy.trusted.insecure == frozenset()
    assert policy.patience == timedelta(minutes=30)


def test_by_default_the_longest_recording_of_vonages_is_taken(settings: Set) -> None:
    two_hours_on_32_channels = 32 * 16_000 * 2 * 2 * 60 * 60

    assert settings().policy.max_bytes == MAX_BYTES > two_hours_on_32_channels


def test_hosts_are_separated_by_commas(settings: Set) -> None:
    chosen = settings(
        allowed_hosts="Nexmo.com, media.example.org", insecure_hosts="127.0.0.1:3000,vonage:80"
    )

    assert chosen.policy.trusted.domains == ("nexmo.com", "media.example.org")
    assert chosen.policy.trusted.insecure == {"127.0.0.1:3000", "vonage:80"}


def test_waits_are_in_seconds(settings: Set) -> None:
    chosen = settings(connect_timeout="1", read_timeout="2.5", deadline="60")

    assert chosen.waits == Waits(connect=1, read=2.5, deadline=60)


def test_a_key_may_be_the_variable_itself(settings: Set) -> None:
    assert settings(private_key=a_pem().replace("\n", "\\n")).key.key_size == 2048


def test_a_key_may_be_in_a_file_of_any_name(settings: Set, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(a_pem())

    assert settings(private_key=None, private_key_path=str(path)).key.key_size == 2048


def test_an_empty_variable_is_not_set(settings: Set, tmp_path: Path) -> None:
    path = tmp_path / "private.key"
    path.write_text(a_pem())

    assert settings(private_key="", private_key_path=str(path)).key.key_size == 2048


def test_the_key_is_not_shown(settings: Set) -> None:
    assert "PRIVATE KEY-----" not in repr(settings())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"private_key": None}, "RECORDER_PRIVATE_KEY_PATH: "),
        ({"private_key_path": "/dev/null"}, "RECORDER_PRIVATE_KEY_PATH: "),
        ({"private_key": "no key"}, "RECORDER_PRIVATE_KEY: "),
        ({"private_key": None, "private_key_path": "/dev/null"}, "RECORDER_PRIVATE_KEY_PATH: "),
        ({"private_key": None, "private_key_path": "/nowhere"}, "RECORDER_PRIVATE_KEY_PATH: "),
        ({"private_key": None, "private_key_path": "/dev"}, "RECORDER_PRIVATE_KEY_PATH: "),
        ({"audio_bucket": None}, "RECORDER_AUDIO_BUCKET: "),
        ({"allowed_hosts": "com"}, "RECORDER_ALLOWED_HOSTS.0: "),
        ({"allowed_hosts": "nexmo.com,*.vonage.com"}, "RECORDER_ALLOWED_HOSTS.1: "),
        ({"allowed_hosts": "https://nexmo.com"}, "RECORDER_ALLOWED_HOSTS.0: "),
        ({"insecure_hosts": "127.0.0.1"}, "RECORDER_INSECURE_HOSTS.0: "),
        ({"insecure_hosts": "http://127.0.0.1:3000"}, "RECORDER_INSECURE_HOSTS.0: "),
        ({"connect_timeout": "0"}, "RECORDER_CONNECT_TIMEOUT: "),
        ({"deadline": "3600"}, "RECORDER_DEADLINE: "),
        ({"max_handling": "600"}, "RECORDER_DEADLINE: "),
        ({"max_bytes": str(10_000 * 8 * 1024**2 + 1)}, "RECORDER_MAX_BYTES: "),
        ({"not_ready_minutes": "-1"}, "RECORDER_NOT_READY_MINUTES: "),
    ],
)
def test_a_wrong_setting_ends_the_process_with_the_variables_name(
    changes: dict[str, str | None], said: str, settings: Set, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        settings(**changes)

    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(said)


def test_a_wrong_key_is_not_repeated(settings: Set, capsys: pytest.CaptureFixture[str]) -> None:
    secret = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"

    with pytest.raises(SystemExit):
        settings(private_key=f"-----BEGIN PRIVATE KEY-----\n{secret}\n")

    assert secret not in capsys.readouterr().err
