"""A POST over the wire, to a receiver that may be anybody."""

import socket
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from results.notify.answer import Answer
from results.notify.post import MAX_ANSWER, Poster
from results.notify.receivers import Place
from tests.integration.results.notify.certificate import contexts_for
from tests.integration.results.notify.receiver import Loopback, a_receiver


def post(loopback: Loopback, *, seconds: float = 5.0) -> Answer:
    poster = Poster(seconds, allow_private=True)
    place = Place("http", "127.0.0.1", loopback.port, "/hooks?a=b")
    return poster.post(place, b'{"a": 1}', {"webhook-id": "7a2f"})


def test_the_body_and_the_headers_arrive_and_the_answer_comes_back() -> None:
    with a_receiver() as loopback:
        answer = post(loopback)

    assert answer == Answer("delivered", 200, "thanks")
    [got] = loopback.posts
    assert (got.path, got.body) == ("/hooks?a=b", b'{"a": 1}')
    assert got.headers["webhook-id"] == "7a2f"
    assert got.headers["Host"] == f"127.0.0.1:{loopback.port}"


def test_a_redirect_is_not_followed() -> None:
    with a_receiver() as other:
        target = f"http://127.0.0.1:{other.port}/"
        with a_receiver(statuses=[307], headers={"Location": target}) as loopback:
            answer = post(loopback)

    assert (answer.state, answer.status) == ("failed", 307)
    assert other.posts == []


def test_a_receiver_that_is_gone_says_so() -> None:
    with a_receiver(statuses=[410]) as loopback:
        answer = post(loopback)

    assert answer.state == "gone"


def test_a_busy_receiver_says_when_to_come_back() -> None:
    with a_receiver(statuses=[503], headers={"Retry-After": "60"}) as loopback:
        answer = post(loopback)

    assert answer.retry_after == timedelta(minutes=1)


def test_no_more_of_an_answer_is_read_than_a_person_reads() -> None:
    with a_receiver(answer=b"x" * 10_000_000) as loopback:
        answer = post(loopback)

    assert len(answer.text) == MAX_ANSWER


def test_a_receiver_that_never_ends_its_answer_is_left() -> None:
    with a_receiver(drip=True) as loopback:
        begun = monotonic()

        answer = post(loopback, seconds=0.5)

        assert monotonic() - begun < 3
    assert answer == Answer("failed", None, "the receiver took too long")


def test_a_receiver_that_says_nothing_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answer = post(Loopback(port=silent.getsockname()[1]), seconds=0.3)

    assert answer.text == "the receiver took too long"


def test_nobody_at_the_other_end_is_a_failure_to_try_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    answer = post(Loopback(port=port))

    assert answer == Answer("failed", None, "the receiver was not reached: ConnectionRefusedError")


def test_what_is_no_http_is_a_failure() -> None:
    with a_receiver(headers={"X": "y" * 100_000}) as loopback:
        answer = post(loopback)

    assert answer.state == "failed"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "::ffff:127.0.0.1"])
def test_nothing_is_sent_to_this_machine_unless_it_is_allowed(host: str) -> None:
    with a_receiver() as loopback:
        poster = Poster(5, allow_private=False)

        answer = poster.post(Place("http", host, loopback.port, "/"), b"", {})

    assert answer.state == "refused"
    assert loopback.posts == []


def test_a_name_that_leads_elsewhere_after_the_check_is_not_asked_again() -> None:
    answers = iter([["203.0.113.1"], ["127.0.0.1"]])
    with a_receiver() as loopback:
        poster = Poster(0.3, allow_private=True, resolve=lambda *_: next(answers))

        answer = poster.post(Place("http", "rebinds.example", loopback.port, "/"), b"", {})

    assert answer.state == "failed"
    assert loopback.posts == []
    assert next(answers) == ["127.0.0.1"]


def test_a_name_that_rebinds_to_this_machine_is_refused_when_it_does() -> None:
    with a_receiver() as loopback:
        poster = Poster(5, allow_private=False, resolve=lambda *_: ["8.8.8.8", "127.0.0.1"])

        answer = poster.post(Place("http", "rebinds.example", loopback.port, "/"), b"", {})

    assert answer.state == "refused"
    assert loopback.posts == []


def test_a_name_that_cannot_be_resolved_is_tried_again() -> None:
    def nowhere(*_: object) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    poster = Poster(5, allow_private=False, resolve=nowhere)

    answer = poster.post(Place("https", "hooks.invalid", 443, "/"), b"", {})

    assert answer == Answer("failed", None, "the receiver was not reached: gaierror")


def test_https_proves_the_name_and_not_the_address(tmp_path: Path) -> None:
    server, trust = contexts_for("hooks.example", tmp_path)
    with a_receiver(secured=server) as loopback:
        poster = Poster(5, allow_private=True, resolve=lambda *_: ["127.0.0.1"], trust=trust)

        right = poster.post(Place("https", "hooks.example", loopback.port, "/"), b"", {})
        wrong = poster.post(Place("https", "other.example", loopback.port, "/"), b"", {})

    assert (right.state, wrong.state) == ("delivered", "failed")
    assert wrong.text.endswith("SSLCertVerificationError")
    assert len(loopback.posts) == 1


def test_a_handshake_that_never_ends_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        poster = Poster(0.3, allow_private=True, resolve=lambda *_: ["127.0.0.1"])
        place = Place("https", "hooks.example", silent.getsockname()[1], "/")

        answer = poster.post(place, b"", {})

    assert answer.text == "the receiver took too long"
