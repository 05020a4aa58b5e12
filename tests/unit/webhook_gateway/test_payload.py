import pytest

from callscribe.errors import PermanentError
from webhook_gateway.payload import of_body, of_query


def test_a_body_is_kept_as_it_came_beside_its_fields() -> None:
    body = '{"status": "answered",  "to": "Zoë"}'

    payload = of_body(body.encode())

    assert payload.raw == body
    assert payload.fields == {"status": "answered", "to": "Zoë"}


def test_a_query_is_kept_as_it_came_beside_its_fields() -> None:
    query = "size=18990&recording_url=https://api.nexmo.com/v1/files/a?b=c&to=%2B44&empty="

    payload = of_query(query)

    assert payload.raw == query
    assert payload.fields == {
        "size": "18990",
        "recording_url": "https://api.nexmo.com/v1/files/a?b=c",
        "to": "+44",
        "empty": "",
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"to=447700900001",
        b'{"to": "447700900001"',
        b"\xff\xfe",
        b'{"recording_url": "\\ud800"}',
        b"[" * 60_000,
    ],
)
def test_a_body_that_is_not_json_is_refused_without_being_repeated(body: bytes) -> None:
    with pytest.raises(PermanentError) as refused:
        of_body(body)

    assert str(refused.value) == "the body is not JSON"


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"null", b"1"])
def test_json_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(PermanentError, match="not a JSON object"):
        of_body(body)
