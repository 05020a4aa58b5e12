import logging
from dataclasses import replace

import pytest
from pydantic import ValidationError

from results.ledger.testing import NOON
from results.web.keys import find_key, new_key, run
from results.web.login import admitted
from results.web.testing import FakeKeys
from tests.unit.results.web.desk import TOKEN, Desk, settings

CALL = "/api/v1/calls/CON-1"


def test_every_address_but_health_and_login_is_closed() -> None:
    desk = Desk()
    rules = [rule for rule in desk.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    paths = [rule.rule for rule in rules if not rule.arguments]

    opened = {path for path in paths if desk.browser.get(path).status_code == 200}

    assert opened == {"/api/v1/health", "/login"}


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_nothing_is_changed_by_a_stranger(method: str) -> None:
    answer = Desk().browser.open(CALL, method=method)

    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_program_reads_with_a_key_that_may_read_and_writes_with_one_that_may_write() -> None:
    desk = Desk()

    by_reader = desk.browser.delete(CALL, headers=desk.key("read"))
    by_writer = desk.browser.delete(CALL, headers=desk.key("write"))

    assert (by_reader.status_code, by_writer.status_code) == (403, 202)


@pytest.mark.parametrize(
    "shown", ["Bearer", "Bearer x", "Basic eDp5", "Bearer cs_nobody_secret", "Bearer cs_é_secret"]
)
def test_a_key_that_is_not_known_opens_nothing(shown: str) -> None:
    answer = Desk().browser.get(CALL, headers={"Authorization": shown})

    assert answer.status_code == 401


def test_a_revoked_key_opens_nothing_at_once() -> None:
    desk = Desk()
    header = desk.key()
    [key] = desk.keys.all()

    desk.keys.put(replace(key, revoked=True))

    assert desk.browser.get(CALL, headers=header).status_code == 401


def test_a_key_does_not_open_the_pages() -> None:
    desk = Desk()

    assert desk.browser.post("/logout", headers=desk.key()).status_code == 403


def test_a_person_who_shows_the_token_is_let_in_and_led_on() -> None:
    desk = Desk()

    answer = desk.log_in(target="/calls?status=failed")

    assert (answer.status_code, answer.location) == (303, "/calls?status=failed")
    assert desk.browser.get(CALL).status_code == 200
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\r\n/evil.example",
    ],
)
def test_nobody_is_led_to_another_host(target: str) -> None:
    assert Desk().log_in(target=target).location == "/"


def test_a_wrong_token_lets_nobody_in() -> None:
    desk = Desk()

    answer = desk.log_in("wrong")

    assert answer.status_code == 403
    assert "That is not the token" in answer.get_data(as_text=True)
    assert desk.browser.get(CALL).status_code == 401


def test_logins_are_limited() -> None:
    desk = Desk(login_limit="3 per hour")

    statuses = [desk.log_in("wrong").status_code for _ in range(4)]

    assert statuses == [403, 403, 403, 429]


def test_a_login_without_the_proof_of_its_form_is_refused() -> None:
    assert Desk().browser.post("/login", data={"token": TOKEN}).status_code == 403


def test_a_person_changes_something_only_with_the_proof_that_they_meant_it() -> None:
    desk = Desk()
    desk.log_in()

    forged = desk.browser.delete(CALL)
    meant = desk.browser.delete(CALL, headers={"X-CSRFToken": desk.csrf("/api/v1/docs")})

    assert (forged.status_code, meant.status_code) == (403, 202)


def test_a_session_is_not_made_longer_by_looking_at_pages() -> None:
    desk = Desk()
    desk.log_in()
    desk.browser.get(CALL)

    later = desk.browser.get(CALL)

    assert later.status_code == 200
    assert "Set-Cookie" not in later.headers


def test_who_logs_out_is_out() -> None:
    desk = Desk()
    desk.log_in()

    desk.browser.post("/logout", data={"csrf_token": desk.csrf("/api/v1/docs")})

    assert desk.browser.get(CALL).status_code == 401


def test_a_stranger_is_led_to_the_login_and_back() -> None:
    answer = Desk().browser.get("/api-not?x=1")

    assert (answer.status_code, answer.location) == (303, "/login?next=/api-not?x%3D1")


def test_every_answer_is_hardened() -> None:
    desk = Desk(secure_cookies=True)

    headers = desk.browser.get("/login").headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "media-src 'self' blob: https://audio.example" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_a_service_out_of_reach_of_its_table_is_not_healthy() -> None:
    answer = Desk(reachable=False).browser.get("/api/v1/health")

    assert (answer.status_code, answer.get_json()) == (503, {"status": "unreachable"})


def test_a_key_is_made_listed_and_revoked_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    keys = FakeKeys()

    statuses = [run(["add", "crm", "--write"], keys, now=lambda: NOON)]
    shown = capsys.readouterr().out.strip()
    [key] = keys.all()
    statuses += [run(it, keys, now=lambda: NOON) for it in (["list"], ["revoke", key.key_id])]

    assert statuses == [0, 0, 0]
    assert (key.name, key.scope) == ("crm", "write")
    assert shown.rpartition("_")[2] not in repr(key)
    assert capsys.readouterr().out == f"{key.key_id}  write    2026-03-01  crm\n"
    assert find_key(keys, shown) is None


def test_a_key_that_is_not_there_cannot_be_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["revoke", "x"], FakeKeys(), now=lambda: NOON) == 1
    assert capsys.readouterr().err == "there is no key x\n"


def test_a_genuine_key_is_found() -> None:
    keys = FakeKeys()
    key, shown = new_key("crm", "read", now=NOON)
    keys.put(key)

    assert find_key(keys, shown) == key
    assert find_key(keys, shown + "x") is None


@pytest.mark.parametrize(
    ("claims", "who"),
    [
        ({"email": "Ann@Example.com", "email_verified": True}, "ann@example.com"),
        ({"email": "ben@north.example", "email_verified": True}, "ben@north.example"),
        ({"email": "ben@evil.example", "email_verified": True}, None),
        ({"email": "ann@example.com"}, None),
        ({"email": "", "email_verified": True}, None),
        ({}, None),
    ],
)
def test_only_a_verified_address_on_the_list_comes_in(
    claims: dict[str, object], who: str | None
) -> None:
    assert admitted(claims, ("ann@example.com", "@north.example")) == who


def test_with_openid_connect_the_token_opens_nothing() -> None:
    desk = Desk(
        oidc_issuer="https://login.example",
        oidc_client_id="callscribe",
        oidc_client_secret="secret",
        oidc_emails="ann@example.com",
    )

    page = desk.browser.get("/login").get_data(as_text=True)
    answer = desk.browser.post("/login", data={"token": TOKEN})

    assert "/login/oidc" in page
    assert answer.status_code == 403


def test_openid_connect_without_a_list_of_people_is_no_setting() -> None:
    with pytest.raises(ValidationError, match="OIDC_EMAILS"):
        settings(oidc_issuer="https://login.example")


def test_no_token_or_key_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    desk = Desk()
    header = desk.key()

    desk.log_in("wrong-token-of-somebody")
    desk.log_in()
    desk.browser.get(CALL, headers=header)

    for secret in (TOKEN, "wrong-token-of-somebody", header["Authorization"]):
        assert secret not in caplog.text
