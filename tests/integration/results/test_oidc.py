"""People log in with an account that they have, at a login service."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.integration.results.provider import Provider, running_provider
from tests.unit.results.web.desk import Desk

CALL = "/api/v1/calls/CON-1"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


def a_desk(provider: Provider) -> Desk:
    return Desk(
        oidc_issuer=provider.issuer,
        oidc_client_id="callscribe",
        oidc_client_secret="secret",
        oidc_emails="ann@example.com",
    )


def sent_away(desk: Desk, target: str = "/calls") -> dict[str, str]:
    """Begin the login, and give what the login service is asked."""
    answer = desk.browser.get(f"/login/oidc?next={target}")
    return {name: said[0] for name, said in parse_qs(urlsplit(answer.location).query).items()}


def come_back(desk: Desk, state: str) -> Any:
    return desk.browser.get(f"/login/oidc/back?code=1&state={state}")


def test_somebody_on_the_list_is_let_in_and_led_on(provider: Provider) -> None:
    desk = a_desk(provider)
    asked = sent_away(desk)
    provider.claims = {
        "email": "ann@example.com",
        "email_verified": True,
        "nonce": asked["nonce"],
    }

    answer = come_back(desk, asked["state"])

    assert (answer.status_code, answer.location) == (303, "/calls")
    assert desk.browser.get(CALL).status_code == 200
    assert (asked["scope"], asked["code_challenge_method"]) == ("openid email", "S256")
    assert "code_verifier" in provider.asked[0]


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "ben@example.com", "email_verified": True},
        {"email": "ann@example.com", "email_verified": False},
        {"email": "ann@example.com", "email_verified": True, "nonce": "another"},
        {"email": "ann@example.com", "email_verified": True, "aud": "another"},
        {"email": "ann@example.com", "email_verified": True, "iss": "https://evil.example"},
        {"email": "ann@example.com", "email_verified": True, "exp": 1},
    ],
)
def test_nobody_else_is_let_in(provider: Provider, claims: dict[str, Any]) -> None:
    desk = a_desk(provider)
    asked = sent_away(desk)
    provider.claims = {"nonce": asked["nonce"]} | claims

    answer = come_back(desk, asked["state"])

    assert answer.status_code == 403
    assert desk.browser.get(CALL).status_code == 401


def test_a_token_that_somebody_else_signed_opens_nothing(provider: Provider) -> None:
    desk = a_desk(provider)
    asked = sent_away(desk)
    provider.forged = True
    provider.claims = {
        "email": "ann@example.com",
        "email_verified": True,
        "nonce": asked["nonce"],
    }

    assert come_back(desk, asked["state"]).status_code == 403


def test_an_answer_to_a_login_that_nobody_began_is_refused(provider: Provider) -> None:
    assert come_back(a_desk(provider), "made-up").status_code == 403


def test_a_login_service_out_of_reach_is_told_of(provider: Provider) -> None:
    desk = a_desk(provider)
    provider.server_close()
    provider.shutdown()

    answer = desk.browser.get("/login/oidc")

    assert answer.status_code == 403
    assert "was not reached" in answer.get_data(as_text=True)
