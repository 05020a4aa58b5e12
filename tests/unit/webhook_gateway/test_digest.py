import json
from hashlib import sha256

import pytest

from webhook_gateway.digest import of_body, of_query

QUERY = "to=16105553939&recording_url=https://api.nexmo.com/v1/files/a&from=Zo%C3%AB"


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_a_body_has_one_hash_and_must_be_vouched_for() -> None:
    content = of_body(b'{"a": 1}')

    assert content.digests == {hashed('{"a": 1}')}
    assert content.must_be_vouched_for


def test_an_empty_body_needs_nobody_to_vouch_for_it() -> None:
    content = of_body(b"")

    assert content.digests == {hashed("")}
    assert not content.must_be_vouched_for


@pytest.mark.parametrize(
    "text",
    [
        '{"to":"16105553939","recording_url":"https://api.nexmo.com/v1/files/a","from":"Zoë"}',
        r'{"to":"16105553939","recording_url":"https:\/\/api.nexmo.com\/v1\/files\/a","from":"Zoë"}',
        r'{"to":"16105553939","recording_url":"https://api.nexmo.com/v1/files/a","from":"Zo\u00eb"}',
        '{"to":"16105553939","recording_url":"https://api.nexmo.com/v1/files/a","from":"Zo%C3%AB"}',
        "",
    ],
)
def test_a_query_has_the_hash_of_each_way_to_write_it_as_json(text: str) -> None:
    assert hashed(text) in of_query(QUERY).digests


def test_the_order_in_which_a_query_came_counts() -> None:
    turned = json.dumps({"from": "b", "to": "a"}, separators=(",", ":"))

    assert hashed(turned) in of_query("from=b&to=a").digests
    assert hashed(turned) not in of_query("to=a&from=b").digests


def test_a_query_may_go_without_anybody_to_vouch_for_it() -> None:
    assert not of_query(QUERY).must_be_vouched_for
