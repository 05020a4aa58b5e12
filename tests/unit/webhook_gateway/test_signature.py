from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from webhook_gateway.digest import Content, of_body, of_query
from webhook_gateway.signature import SignatureError, Trust, verify
from webhook_gateway.testing import API_KEY, APPLICATION, SECRET, bearer, some_claims

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
BODY = b'{"from": "447700900001"}'
OTHER_SECRET = "another-secret-while-the-old-one-is-changed"
TRUST = Trust(secrets=(SECRET,), application_id=APPLICATION, api_key=API_KEY)


def check(
    authorization: str | None,
    *,
    content: Content | None = None,
    trust: Trust = TRUST,
    now: datetime = NOON,
) -> None:
    verify(authorization, content=content or of_body(BODY), trust=trust, now=now)


def signed(secret: str = SECRET, **changes: Any) -> str:
    return bearer(some_claims(BODY, at=NOON, **changes), secret)


def test_a_webhook_that_vonage_signed_is_genuine() -> None:
    check(signed())


def test_a_webhook_that_comes_twice_is_genuine_twice() -> None:
    token = signed()

    check(token)
    check(token, now=NOON + timedelta(seconds=20))


@pytest.mark.parametrize("secret", [SECRET, OTHER_SECRET])
def test_while_the_secret_changes_either_is_taken(secret: str) -> None:
    check(signed(secret), trust=Trust(secrets=(OTHER_SECRET, SECRET)))


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer ", "Basic YTpi"])
def test_what_is_not_signed_is_refused(authorization: str | None) -> None:
    with pytest.raises(SignatureError, match="not signed"):
        check(authorization)


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer rubbish",
        "Bearer a.b.c",
        signed(OTHER_SECRET),
        signed(iss="Somebody"),
        signed(iss=None),
        signed(iat=None),
        signed(jti=None),
        f"Bearer {jwt.encode(some_claims(BODY, at=NOON), '', algorithm='none')}",
        f"Bearer {jwt.encode(some_claims(BODY, at=NOON), SECRET * 2, algorithm='HS512')}",
    ],
)
def test_a_token_that_vonage_cannot_have_made_is_refused_and_not_repeated(
    authorization: str,
) -> None:
    with pytest.raises(SignatureError) as refused:
        check(authorization)

    assert str(refused.value) == "the webhook's signature is not valid"


def test_a_token_of_another_algorithm_is_refused_even_with_the_right_secret() -> None:
    token = jwt.encode(some_claims(BODY, at=NOON), SECRET * 2, algorithm="HS512")

    with pytest.raises(SignatureError):
        check(f"Bearer {token}", trust=Trust(secrets=(SECRET * 2,)))


@pytest.mark.parametrize("seconds", [-60, -2, 0, 299, 360])
def test_a_clock_may_be_a_minute_off(seconds: int) -> None:
    check(signed(), now=NOON + timedelta(seconds=seconds))


def test_a_token_is_too_old_after_its_window() -> None:
    with pytest.raises(SignatureError, match="too old"):
        check(signed(), now=NOON + timedelta(seconds=361))


def test_a_token_of_ten_years_ago_is_too_old() -> None:
    with pytest.raises(SignatureError, match="too old"):
        check(signed(), now=NOON + timedelta(days=3652))


@pytest.mark.parametrize("issued", [(NOON + timedelta(seconds=61)).timestamp(), float("nan")])
def test_a_token_from_the_future_is_refused(issued: float) -> None:
    with pytest.raises(SignatureError, match="future"):
        check(signed(iat=issued))


def test_a_token_whose_date_is_text_is_refused() -> None:
    with pytest.raises(SignatureError, match="no date"):
        check(signed(iat="noon"))


def test_the_clock_given_is_the_one_that_counts() -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)

    check(bearer(some_claims(BODY, at=long_ago)), now=long_ago)


@pytest.mark.parametrize("key", ["zzzzzzz", None])
def test_a_webhook_of_another_account_is_refused(key: str | None) -> None:
    with pytest.raises(SignatureError, match="another account"):
        check(signed(api_key=key))


def test_a_webhook_of_another_application_is_refused() -> None:
    with pytest.raises(SignatureError, match="another application"):
        check(signed(application_id="bbbbbbbb"))


def test_a_token_need_not_name_the_application() -> None:
    check(signed(application_id=None))


def test_account_and_application_count_only_where_they_are_set() -> None:
    check(signed(api_key="zzzzzzz", application_id="x"), trust=Trust(secrets=(SECRET,)))


@pytest.mark.parametrize("digest", ["0" * 64, None, 5, "é"])
def test_a_body_that_was_not_signed_is_refused(digest: object) -> None:
    with pytest.raises(SignatureError, match="content is not what was signed"):
        check(signed(payload_hash=digest))


def test_a_hash_may_be_written_in_capitals() -> None:
    [digest] = of_body(BODY).digests

    check(signed(payload_hash=digest.upper()))


def test_a_query_may_be_vouched_for_or_not() -> None:
    content = of_query("from=447700900001")

    for digest in (None, *content.digests):
        check(signed(payload_hash=digest), content=content)


def test_a_token_made_for_a_body_does_not_vouch_for_a_query() -> None:
    with pytest.raises(SignatureError, match="content is not what was signed"):
        check(signed(), content=of_query("from=447700900001"))
