import pytest

from webhook_gateway.party import checked, endpoint


@pytest.mark.parametrize(
    ("party", "spoken"),
    [
        ("447700900002", {"type": "phone", "number": "447700900002"}),
        ("sip:desk@example.com", {"type": "sip", "uri": "sip:desk@example.com"}),
        (
            "sips:+447700900002@example.com;transport=tls",
            {"type": "sip", "uri": "sips:+447700900002@example.com;transport=tls"},
        ),
        ("app:alice", {"type": "app", "user": "alice"}),
    ],
)
def test_a_party_is_a_number_a_sip_address_or_a_user(party: str, spoken: dict[str, str]) -> None:
    made = endpoint(party)

    assert made.model_dump(mode="json", exclude_none=True) == spoken


@pytest.mark.parametrize(
    "party", ["", "alice", "app:", "+447700900002", "07700900002", "12", "sip:", "sip:a b"]
)
def test_whatever_cannot_be_called_is_refused(party: str) -> None:
    with pytest.raises(ValueError, match="7 to 15 digits"):
        checked(party)
