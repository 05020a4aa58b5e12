import base64

import pytest
from pydantic import ValidationError

from results.notify.receivers import Place, Receiver, place_of

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()


def a_receiver(url: str = "https://example.com/hooks", *secrets: str) -> Receiver:
    return Receiver.model_validate({"url": url, "secrets": secrets or (SECRET,)})


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://example.com", Place("https", "example.com", 443, "/")),
        ("https://Example.com:8443/a?b=c", Place("https", "example.com", 8443, "/a?b=c")),
        ("http://[::1]:80/", Place("http", "::1", 80, "/")),
    ],
)
def test_an_address_is_taken_apart(url: str, place: Place) -> None:
    assert place_of(url) == place


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com",
        "https://",
        "https://user:pass@example.com",
        "https://example.com/#part",
        "https://example.com/a b",
        "https://example.com/ü",
        "https://example.com:99999",
        "example.com",
    ],
)
def test_an_address_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValidationError) as refused:
        a_receiver(url)

    said = refused.value.errors(include_url=False, include_input=False)
    assert url not in str(said)


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        "whsec_!!!!" + "A" * 40,
        "whsec_" + base64.b64encode(b"short").decode(),
        "whsec_" + base64.b64encode(b"l" * 65).decode(),
        base64.b64encode(b"k" * 32).decode(),
    ],
)
def test_a_secret_that_would_sign_with_another_one_is_refused(secret: str) -> None:
    with pytest.raises(ValidationError) as refused:
        a_receiver("https://example.com", secret)

    assert base64.b64encode(b"k" * 32).decode() not in str(refused.value)


def test_a_receiver_without_a_secret_is_refused() -> None:
    with pytest.raises(ValidationError, match="secrets"):
        Receiver.model_validate({"url": "https://example.com", "secrets": []})


def test_neither_address_nor_secret_is_shown() -> None:
    shown = repr(a_receiver("https://example.com/token"))

    assert "token" not in shown
    assert SECRET not in shown


def test_a_receiver_keeps_its_name_while_its_secrets_rotate() -> None:
    other = "whsec_" + base64.b64encode(b"n" * 32).decode()

    assert a_receiver().name == a_receiver("https://example.com/hooks", other, SECRET).name
    assert a_receiver().name != a_receiver("https://example.com/other").name
