import pytest

from bench.http_text import body_of, whole

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"


@pytest.mark.parametrize("part", [b"", HEAD[:-1], HEAD, HEAD + b"{"])
def test_a_message_that_is_still_coming_is_not_whole(part: bytes) -> None:
    assert not whole(part)


def test_a_message_is_whole_with_as_many_bytes_as_its_head_states() -> None:
    assert whole(HEAD + b"{}")
    assert body_of(HEAD + b"{}") == b"{}"


def test_a_head_that_states_no_length_is_the_whole_message() -> None:
    assert whole(b"HTTP/1.1 204 No Content\r\n\r\n")
