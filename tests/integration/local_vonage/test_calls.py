import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import jwt
import pytest

from local.vonage.testing import an_audio_file


def claims(received: Any, vonage: Any) -> dict[str, Any]:
    return jwt.decode(
        received.authorization.removeprefix("Bearer "),
        vonage.settings.signature_secret.get_secret_value(),
        algorithms=["HS256"],
        issuer="Vonage",
        options={"require": ["iat", "jti", "iss"]},
    )


def hashed(received: Any) -> str:
    content = received.body or json.dumps(received.query, separators=(",", ":")).encode()
    return sha256(content).hexdigest()


def test_every_webhook_of_a_call_is_genuine(gateway: Any, vonage: Any) -> None:
    page = vonage.call()

    told = [claims(received, vonage) for received in gateway.received]
    assert page["state"] == "completed"
    assert [claim["payload_hash"] for claim in told] == [hashed(got) for got in gateway.received]
    assert {claim["application_id"] for claim in told} == {str(vonage.settings.application_id)}
    assert len({claim["jti"] for claim in told}) == len(gateway.received) == 10


def test_get_webhooks_are_genuine_too(gateway: Any, vonage: Any) -> None:
    vonage.call(scenario={"get_webhooks": True})

    [recording] = gateway.at("/recordings")
    assert {received.method for received in gateway.received} == {"GET"}
    assert claims(recording, vonage)["payload_hash"] == hashed(recording)
    assert recording.query["tenant"] == "7"
    assert recording.query["size"].isdigit()
    assert recording.query["recording_url"].startswith(vonage.url)


@pytest.mark.parametrize(
    ("scenario", "error"),
    [("wrong_signature", jwt.InvalidSignatureError), ("wrong_payload_hash", None)],
)
def test_forged_webhooks_can_be_told_from_genuine_ones(
    scenario: str, error: type[Exception] | None, gateway: Any, vonage: Any
) -> None:
    vonage.call(scenario={scenario: True})

    [recording] = gateway.at("/recordings")
    if error:
        with pytest.raises(error):
            claims(recording, vonage)
    else:
        assert claims(recording, vonage)["payload_hash"] != hashed(recording)


def test_the_recording_webhook_says_the_size_that_is_served(gateway: Any, vonage: Any) -> None:
    vonage.call()

    [recording] = gateway.at("/recordings")
    assert recording.said["size"] == vonage.settings.audio.stat().st_size


def test_the_users_own_file_is_recorded_in_the_format_asked_for(
    gateway: Any, vonage: Any, tmp_path: Path
) -> None:
    gateway.record = {"format": "ogg", "split": None}
    mine = an_audio_file(tmp_path / "mine.flac", channels=2, sample_rate=44_100)

    page = vonage.call(audio=str(mine))

    [recording] = gateway.at("/recordings")
    made = list((tmp_path / "recordings").iterdir())
    assert page["state"] == "completed"
    assert [path.stat().st_size for path in made] == [recording.said["size"]]


@pytest.mark.parametrize("status", [429, 503, 504])
def test_a_gateway_that_cannot_take_it_now_gets_it_once_more(
    status: int, gateway: Any, vonage: Any
) -> None:
    gateway.statuses = {"/recordings": [status]}

    page = vonage.call()

    first, second = gateway.at("/recordings")
    assert first == second
    assert page["state"] == "completed"
    assert page["steps"][-1]["attempts"] == 2


@pytest.mark.parametrize("status", [302, 400, 401, 404, 500])
def test_a_gateway_that_refuses_is_not_asked_again(status: int, gateway: Any, vonage: Any) -> None:
    gateway.statuses = {"/recordings": [status]}

    page = vonage.call()

    assert len(gateway.at("/recordings")) == 1
    assert page["failure"] == f"the recording webhook was not taken: HTTP status {status}"


def test_a_wrong_ncco_fails_the_call_and_is_told(gateway: Any, vonage: Any) -> None:
    gateway.record = {"channels": 33}

    page = vonage.call()

    error, completed = (received.said for received in gateway.at("/events")[-2:])
    assert page["state"] == "failed"
    assert error["reason"] == page["failure"]
    assert "record.channels" in error["reason"]
    assert completed["status"] == "completed"


def test_a_gateway_that_is_down_ends_the_call_in_plain_words(vonage: Any, gateway: Any) -> None:
    gateway.statuses = {"/answer": [503, 503]}

    page = vonage.call()

    assert page["failure"] == "the answer webhook brought no NCCO: HTTP status 503"


def test_twenty_calls_at_once_do_not_mix(gateway: Any, vonage: Any) -> None:
    calls = [vonage.place() for _ in range(20)]

    pages = [vonage.end_of(call) for call in calls]

    recordings = {got.said["recording_uuid"]: got.said for got in gateway.at("/recordings")}
    assert {page["state"] for page in pages} == {"completed"}
    assert len(recordings) == 20
    assert all(
        recordings[call["recording_uuid"]]["conversation_uuid"] == call["conversation_uuid"]
        for call in calls
    )
