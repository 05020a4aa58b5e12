import pytest

from bench.program import last_line, own_environment


def test_a_program_gets_no_setting_of_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_GATEWAY_THREADS", "1")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.com")

    environment = own_environment({"WEBHOOK_GATEWAY_PORT": "3000"})

    assert "WEBHOOK_GATEWAY_THREADS" not in environment
    assert "HTTPS_PROXY" not in environment
    assert environment["WEBHOOK_GATEWAY_PORT"] == "3000"


def test_why_a_program_ended_is_the_last_line_it_printed() -> None:
    assert last_line(b"started\nRECORDER_QUEUE_URL: Field required\n") == (
        "RECORDER_QUEUE_URL: Field required"
    )
    assert last_line(b"") == ""
