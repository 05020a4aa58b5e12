import gzip
import socket

import pytest
from urllib3 import PoolManager

from callscribe.errors import TransientError
from callscribe.testing import FakeClock
from recorder.address import Address
from recorder.download import Downloads, Waits
from tests.integration.recorder.loopback import Loopback, Reply, loopback

SHORT = Waits(connect=2, read=0.3, deadline=60)


def downloads(waits: Waits = SHORT, clock: FakeClock | None = None) -> Downloads:
    return Downloads(PoolManager(), lambda: "the-token", waits, clock=clock or FakeClock())


def body_of(vonage: Loopback) -> bytes:
    with downloads().open(vonage.address()) as answer:
        return b"".join(answer.chunks)


def test_a_recording_is_asked_for_with_our_token_and_as_it_is(vonage: Loopback) -> None:
    vonage.will(Reply(b"audio"))

    with downloads().open(vonage.address("/v1/files/a%2Fb?id=1")) as answer:
        body = b"".join(answer.chunks)

    [(path, headers)] = vonage.asked
    assert path == "/v1/files/a%2Fb?id=1"
    assert headers["Authorization"] == "Bearer the-token"
    assert headers["Accept-Encoding"] == "identity"
    assert headers["Host"] == vonage.host
    assert (answer.status, answer.length, body) == (200, 5, b"audio")


def test_a_long_recording_comes_in_pieces(vonage: Loopback) -> None:
    audio = bytes(range(256)) * 20_000
    vonage.will(Reply(audio))

    with downloads().open(vonage.address()) as answer:
        pieces = list(answer.chunks)

    assert b"".join(pieces) == audio
    assert max(len(piece) for piece in pieces) <= 256 * 1024


def test_a_recording_of_no_stated_length_comes_to_its_end(vonage: Loopback) -> None:
    vonage.will(Reply(b"audio", stated=None))

    with downloads().open(vonage.address()) as answer:
        body = b"".join(answer.chunks)

    assert (answer.length, body) == (None, b"audio")


@pytest.mark.parametrize("length", ["-5", "five", "9" * 5000])
def test_a_length_that_makes_no_sense_is_no_length(vonage: Loopback, length: str) -> None:
    vonage.will(Reply(b"audio", headers={"Content-Length": length}, stated=None))

    with downloads().open(vonage.address()) as answer:
        assert answer.length is None


def test_a_recording_in_chunks_comes_to_its_end(vonage: Loopback) -> None:
    chunks = b"5\r\naudio\r\n3\r\n...\r\n0\r\n\r\n"
    vonage.will(Reply(chunks, headers={"Transfer-Encoding": "chunked"}, stated=None))

    assert body_of(vonage) == b"audio..."


def test_a_redirect_is_not_followed(vonage: Loopback) -> None:
    with loopback() as elsewhere:
        elsewhere.will(Reply(b"audio"))
        vonage.will(Reply(status=302, headers={"Location": elsewhere.url()}))

        with downloads().open(vonage.address()) as answer:
            assert answer.status == 302

        assert elsewhere.asked == []
    assert len(vonage.asked) == 1


def test_a_path_that_looks_like_a_host_is_a_path(vonage: Loopback) -> None:
    vonage.will(Reply(b"audio"))

    with downloads().open(vonage.address("//evil.example/x")) as answer:
        assert answer.status == 200

    assert vonage.asked[0][0] == "//evil.example/x"


def test_a_failure_is_told_with_the_wait_that_is_asked_for(vonage: Loopback) -> None:
    vonage.will(Reply(status=429, headers={"Retry-After": "7"}))

    with downloads().open(vonage.address()) as answer:
        assert (answer.status, answer.retry_after) == (429, "7")

    assert len(vonage.asked) == 1


def test_a_body_that_nobody_wants_is_not_read(vonage: Loopback) -> None:
    vonage.will(Reply(status=500, stated=10_000_000, then="stall"))

    with downloads().open(vonage.address()) as answer:
        assert answer.status == 500


def test_what_comes_compressed_is_not_unpacked(vonage: Loopback) -> None:
    packed = gzip.compress(b"audio" * 1000)
    vonage.will(Reply(packed, headers={"Content-Encoding": "gzip"}))

    assert body_of(vonage) == packed


def test_a_body_that_ends_early_is_given_as_far_as_it_came(vonage: Loopback) -> None:
    vonage.will(Reply(b"aud", stated=5))

    with downloads().open(vonage.address()) as answer:
        body = b"".join(answer.chunks)

    assert (answer.length, body) == (5, b"aud")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"aud", stated=5, then="stall"),
        Reply(b"aud", stated=5, then="reset"),
        Reply(b"5\r\naud", headers={"Transfer-Encoding": "chunked"}, stated=None),
    ],
)
def test_a_body_that_stalls_or_breaks_is_fetched_again(vonage: Loopback, reply: Reply) -> None:
    vonage.will(reply)

    with pytest.raises(TransientError, match="the download broke off"):
        body_of(vonage)


def test_a_server_that_trickles_cannot_outstay_the_deadline(vonage: Loopback) -> None:
    vonage.will(Reply(b"aud", stated=5, then="stall"))
    clock = FakeClock()

    with downloads(clock=clock).open(vonage.address()) as answer:
        clock.advance(61)

        with pytest.raises(TransientError, match="took over 60 s"):
            next(answer.chunks)


def test_a_server_that_says_nothing_is_asked_again_later(vonage: Loopback) -> None:
    vonage.will(Reply(then="silence"))

    with (
        pytest.raises(TransientError, match="not reached: ReadTimeoutError"),
        downloads().open(vonage.address()),
    ):
        pass

    assert len(vonage.asked) == 1


def test_a_server_that_is_not_there_is_asked_again_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with (
        pytest.raises(TransientError, match="not reached: NewConnectionError"),
        downloads().open(Address("http", "127.0.0.1", port, "/x")),
    ):
        pass


def test_a_server_that_cannot_prove_who_it_is_gets_no_token(vonage: Loopback) -> None:
    vonage.will(Reply(b"audio"))

    with (
        pytest.raises(TransientError, match="not reached: SSLError"),
        downloads().open(Address("https", "127.0.0.1", vonage.port, "/x")),
    ):
        pass

    assert vonage.asked == []
