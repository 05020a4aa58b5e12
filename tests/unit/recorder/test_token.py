from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from recorder.token import Signer, private_key

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
PKCS1, PKCS8 = PrivateFormat.TraditionalOpenSSL, PrivateFormat.PKCS8


@cache
def a_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def a_pem(
    key: Any = None,
    *,
    form: PrivateFormat = PKCS8,
    encryption: KeySerializationEncryption | None = None,
) -> str:
    hidden = encryption or NoEncryption()
    written: bytes = (key or a_key()).private_bytes(Encoding.PEM, form, hidden)
    return written.decode()


def claims_of(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(
        token, a_key().public_key(), algorithms=["RS256"], options={"verify_exp": False}
    )
    return claims


def test_a_token_says_who_we_are_and_is_signed_by_our_key() -> None:
    signer = Signer("app-1", a_key(), now=lambda: NOON, new_id=lambda: "id-1")

    claims = claims_of(signer.token())

    assert claims == {
        "application_id": "app-1",
        "iat": NOON.timestamp(),
        "exp": (NOON + timedelta(minutes=15)).timestamp(),
        "jti": "id-1",
    }


def test_every_token_has_an_id_of_its_own() -> None:
    ids = iter(["id-1", "id-2"])
    signer = Signer("app-1", a_key(), now=lambda: NOON, new_id=lambda: next(ids))

    tokens = [signer.token(), signer.token()]

    assert [claims_of(token)["jti"] for token in tokens] == ["id-1", "id-2"]


@pytest.mark.parametrize("form", [PKCS1, PKCS8])
def test_a_key_may_have_either_form(form: PrivateFormat) -> None:
    assert private_key(a_pem(form=form)).private_numbers() == a_key().private_numbers()


@pytest.mark.parametrize(
    ("line_end", "around"), [("\\n", ""), ("\r\n", ""), ("\n", "\n \n"), ("\\n", " ")]
)
def test_a_key_survives_being_a_variable(line_end: str, around: str) -> None:
    text = around + a_pem().replace("\n", line_end) + around

    assert private_key(text).private_numbers() == a_key().private_numbers()


def pem_of_an_ec_key() -> str:
    return a_pem(ec.generate_private_key(ec.SECP256R1()))


def pem_with_a_password() -> str:
    return a_pem(encryption=BestAvailableEncryption(b"password"))


def pem_that_is_cut_short() -> str:
    return a_pem()[:400]


@pytest.mark.parametrize(
    ("pem", "why"),
    [
        (pem_of_an_ec_key, "not an RSA key"),
        (pem_with_a_password, "without a password"),
        (pem_that_is_cut_short, "not a private key in PEM form"),
        (lambda: "private.key", "not a private key in PEM form"),
        (lambda: "", "not a private key in PEM form"),
    ],
)
def test_a_key_that_cannot_sign_is_refused_at_once(pem: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        private_key(pem())


def test_the_refusal_does_not_repeat_the_key() -> None:
    pem = pem_that_is_cut_short()

    with pytest.raises(ValueError, match="not a private key") as refused:
        private_key(pem)

    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    assert pem.splitlines()[1] not in str(refused.value)


def test_a_signer_does_not_show_its_key() -> None:
    signer = Signer("app-1", a_key(), now=lambda: NOON, new_id=lambda: "id-1")

    assert "RSA" not in repr(signer)
