import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import jwt
import pytest

from local.vonage.scenario import Scenario
from local.vonage.signing import authorization, query_content
from local.vonage.testing import NOON, an_application

BODY = b'{"status":"answered"}'


def signed(**scenario: Any) -> str:
    header = authorization(BODY, an_application(), Scenario(**scenario), jti="a-webhook", now=NOON)
    return header.removeprefix("Bearer ")


def claims(token: str) -> dict[str, Any]:
    return jwt.decode(
        token,
        an_application().signature_secret,
        algorithms=["HS256"],
        options={"verify_iat": False},
    )


def test_a_webhook_is_signed_with_the_claims_that_vonage_documents() -> None:
    application = an_application()

    assert claims(signed()) == {
        "iat": int(NOON.timestamp()),
        "jti": "a-webhook",
        "iss": "Vonage",
        "payload_hash": sha256(BODY).hexdigest(),
        "api_key": application.api_key,
        "application_id": application.id,
    }


def test_the_claims_are_those_of_vonages_own_example(data: Any) -> None:
    example = json.loads((data / "vonage/docs-signed-jwt-claims.json").read_text("utf-8"))

    assert list(claims(signed())) == list(example["payload"])
    assert jwt.get_unverified_header(signed()) == example["header"]


def test_a_forged_signature_does_not_verify() -> None:
    with pytest.raises(jwt.InvalidSignatureError):
        claims(signed(wrong_signature=True))


def test_a_wrong_payload_hash_is_that_of_another_body() -> None:
    assert claims(signed(wrong_payload_hash=True))["payload_hash"] != sha256(BODY).hexdigest()


def test_an_old_token_was_issued_a_day_ago() -> None:
    issued = claims(signed(old_token=True))["iat"]

    assert issued == (NOON - timedelta(days=1)).timestamp()


def test_the_hash_of_a_get_webhook_covers_its_query_as_compact_json() -> None:
    query = [("to", "447700900000"), ("from", "447700900123"), ("name", "Zoë")]

    assert query_content(query).decode() == (
        '{"to":"447700900000","from":"447700900123","name":"Zoë"}'
    )
