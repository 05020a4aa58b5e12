import pytest
import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

from local.vonage.outgoing import Request
from local.vonage.testing import FakeApplication, Reply
from local.vonage.webhooks import Webhooks

EVENT = Request("POST", "https://app.example/events", {"Authorization": "Bearer x"}, b"{}")
POOL = urllib3.HTTPSConnectionPool("app.example")
BROKEN = [
    ConnectTimeoutError("too slow"),
    ReadTimeoutError(POOL, "/events", "too slow"),
    ProtocolError("Connection aborted.", ConnectionResetError(104, "reset")),
    NewConnectionError(urllib3.connection.HTTPConnection("app.example"), "refused"),
]


class Naps:
    def __init__(self) -> None:
        self.taken: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


def an_application_that(*replies: Reply | Exception) -> FakeApplication:
    return FakeApplication(replies={"/events": list(replies)})


def webhooks_to(application: FakeApplication, *, naps: Naps | None = None) -> Webhooks:
    return Webhooks(application, retry_delay=2, sleep=naps or Naps())


@pytest.mark.parametrize("status", range(200, 206))
def test_200_to_205_is_accepted(status: int) -> None:
    application = an_application_that(Reply(status))

    delivery = webhooks_to(application).send(EVENT)

    assert delivery.accepted
    assert (delivery.status, delivery.attempts) == (status, 1)
    assert len(application.got) == 1


@pytest.mark.parametrize("status", [429, 503, 504])
def test_a_busy_application_is_told_once_more(status: int) -> None:
    application = an_application_that(Reply(status), Reply(200))

    delivery = webhooks_to(application).send(EVENT)

    assert delivery.accepted
    assert delivery.attempts == 2


@pytest.mark.parametrize(
    "status", [206, 301, 302, 307, 400, 401, 403, 404, 408, 410, 413, 500, 501, 502]
)
def test_any_other_answer_is_final(status: int) -> None:
    application = an_application_that(Reply(status), Reply(200))

    delivery = webhooks_to(application).send(EVENT)

    assert not delivery.accepted
    assert (delivery.status, delivery.attempts) == (status, 1)
    assert delivery.outcome == f"HTTP status {status}"


@pytest.mark.parametrize("error", BROKEN, ids=lambda error: type(error).__name__)
def test_a_broken_connection_is_tried_once_more(error: HTTPError) -> None:
    application = an_application_that(error, Reply(200))

    delivery = webhooks_to(application).send(EVENT)

    assert delivery.accepted
    assert delivery.attempts == 2


def test_trouble_with_tls_is_final() -> None:
    application = an_application_that(SSLError("self-signed"), Reply(200))

    delivery = webhooks_to(application).send(EVENT)

    assert (delivery.status, delivery.attempts) == (None, 1)
    assert delivery.outcome == "no answer: SSLError"


@pytest.mark.parametrize("last", [Reply(503), ConnectTimeoutError("too slow")])
def test_there_is_no_third_attempt(last: Reply | Exception) -> None:
    application = an_application_that(Reply(503), last, Reply(200))

    delivery = webhooks_to(application).send(EVENT)

    assert not delivery.accepted
    assert len(application.got) == 2


def test_the_second_attempt_is_the_same_request_after_a_pause() -> None:
    naps = Naps()
    application = an_application_that(Reply(503), Reply(200))

    webhooks_to(application, naps=naps).send(EVENT)

    first, second = application.got
    assert first == second
    assert naps.taken == [2]


def test_the_answer_is_read() -> None:
    reply = Reply(200, b"[]", {"Content-Type": "application/json"})

    delivery = webhooks_to(an_application_that(reply)).send(EVENT)

    assert (delivery.body, delivery.content_type) == (b"[]", "application/json")
