import time
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from local.vonage.testing import NOON, an_application
from local.vonage.tokens import NotGenuineError, check_token

ISSUED = int(NOON.timestamp())


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def some_claims(**changes: Any) -> dict[str, Any]:
    claims = {
        "application_id": an_application().id,
        "iat": ISSUED,
        "exp": ISSUED + 900,
        "jti": "a-download",
    }
    return {name: value for name, value in (claims | changes).items() if value is not None}


def check(header: str | None, key: RSAPrivateKey, *, now: datetime = NOON) -> None:
    check_token(header, public_key=key.public_key(), application_id=an_application().id, now=now)


def a_token(key: Any, *, algorithm: str = "RS256", **changes: Any) -> str:
    return f"Bearer {jwt.encode(some_claims(**changes), key, algorithm=algorithm)}"


def test_a_token_of_the_application_is_accepted(key: RSAPrivateKey) -> None:
    check(a_token(key), key)


def test_a_token_the_sdk_makes_is_accepted(key: RSAPrivateKey) -> None:
    now = int(time.time())
    token = a_token(key, iat=now, exp=now + 900, sub="", acl={"paths": {}}, nbf=now)

    check(token, key, now=datetime.fromtimestamp(now, UTC))


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic dTpw", "a.b.c"])
def test_without_a_bearer_token_nothing_is_given(header: str | None, key: RSAPrivateKey) -> None:
    with pytest.raises(NotGenuineError, match="no bearer token"):
        check(header, key)


@pytest.mark.parametrize("token", ["x", "a.b.c", "e30.e30."])
def test_what_is_no_token_is_refused(token: str, key: RSAPrivateKey) -> None:
    with pytest.raises(NotGenuineError, match="not signed by this application's key"):
        check(f"Bearer {token}", key)


def test_a_token_of_another_key_is_refused(key: RSAPrivateKey) -> None:
    other = generate_private_key(public_exponent=65537, key_size=2048)

    with pytest.raises(NotGenuineError, match="not signed by this application's key"):
        check(a_token(other), key)


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256"])
def test_a_token_of_another_algorithm_is_refused(algorithm: str, key: RSAPrivateKey) -> None:
    with pytest.raises(NotGenuineError, match="not signed by this application's key"):
        check(a_token(key, algorithm=algorithm), key)


def test_a_token_signed_with_a_shared_secret_is_refused(key: RSAPrivateKey) -> None:
    token = a_token(an_application().signature_secret, algorithm="HS256")

    with pytest.raises(NotGenuineError, match="not signed by this application's key"):
        check(token, key)


def test_an_unsigned_token_is_refused(key: RSAPrivateKey) -> None:
    with pytest.raises(NotGenuineError, match="not signed by this application's key"):
        check(a_token(None, algorithm="none"), key)


@pytest.mark.parametrize("claim", ["application_id", "iat", "exp", "jti"])
def test_a_token_without_one_of_its_claims_is_refused(claim: str, key: RSAPrivateKey) -> None:
    without: dict[str, Any] = {claim: None}

    with pytest.raises(NotGenuineError):
        check(a_token(key, **without), key)


def test_a_token_of_another_application_is_refused(key: RSAPrivateKey) -> None:
    with pytest.raises(NotGenuineError, match="another application"):
        check(a_token(key, application_id="aaaaaaaa-bbbb-cccc-dddd-0123456789ab"), key)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"jti": ""}, "jti is empty"),
        ({"exp": ISSUED}, "has expired"),
        ({"exp": ISSUED - 1, "iat": ISSUED - 900}, "has expired"),
        ({"iat": ISSUED + 31, "exp": ISSUED + 900}, "issued in the future"),
        ({"iat": ISSUED - 24 * 60 * 60 - 1}, "has expired"),
        ({"iat": "yesterday"}, "times are not numbers"),
        ({"exp": "tomorrow"}, "times are not numbers"),
    ],
)
def test_a_token_that_does_not_hold_now_is_refused(
    changes: dict[str, Any], reason: str, key: RSAPrivateKey
) -> None:
    with pytest.raises(NotGenuineError, match=reason):
        check(a_token(key, **changes), key)


def test_a_clock_a_little_ahead_of_ours_does_no_harm(key: RSAPrivateKey) -> None:
    ahead = int((NOON + timedelta(seconds=29)).timestamp())

    check(a_token(key, iat=ahead, exp=ahead + 900), key)
