import pytest

from callscribe.aws import Patience, client


@pytest.fixture(autouse=True)
def _region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")


def test_a_client_waits_longer_than_the_longest_poll_and_not_for_ever() -> None:
    config = client("sqs").meta.config

    assert (config.connect_timeout, config.read_timeout) == (3, 30)
    assert config.retries == {"mode": "standard", "total_max_attempts": 3}


def test_a_client_has_a_connection_for_every_thread() -> None:
    assert client("sqs", connections=32).meta.config.max_pool_connections == 32


def test_a_client_can_be_less_patient() -> None:
    config = client("sqs", patience=Patience(connect=1, read=2, attempts=1)).meta.config

    assert (config.connect_timeout, config.read_timeout) == (1, 2)
    assert config.retries["total_max_attempts"] == 1


def test_a_client_speaks_to_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:1")

    assert client("sqs").meta.endpoint_url == "http://127.0.0.1:1"
