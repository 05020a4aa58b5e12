import pytest

from callscribe.errors import PermanentError
from recorder.address import Address, Trusted

TRUSTED = Trusted(("nexmo.com", "vonage.com"), frozenset({"127.0.0.1:3000", "vonage:80"}))


@pytest.mark.parametrize(
    "host",
    [
        "api.nexmo.com",
        "api-us.nexmo.com",
        "api-eu-1.nexmo.com",
        "api-us-3.vonage.com",
        "nexmo.com",
        "a.b.c.nexmo.com",
    ],
)
def test_every_host_of_vonages_may_see_the_token(host: str) -> None:
    address = TRUSTED.address(f"https://{host}/v1/files/aaaa-bbbb")

    assert address == Address("https", host, 443, "/v1/files/aaaa-bbbb")


def test_path_and_query_stay_as_they_were_given() -> None:
    address = TRUSTED.address("https://api.nexmo.com/media/download?id=a%2Fb&x=@y//z")

    assert address.target == "/media/download?id=a%2Fb&x=@y//z"


def test_a_host_may_be_written_in_capitals_and_with_its_port() -> None:
    address = TRUSTED.address("HTTPS://API.Nexmo.COM:443/v1/files/A")

    assert address == Address("https", "api.nexmo.com", 443, "/v1/files/A")


@pytest.mark.parametrize(
    "url",
    [
        "https://nexmo.com.evil.example/x",
        "https://evilnexmo.com/x",
        "https://evil.example/x?nexmo.com",
        "https://evil.example/nexmo.com",
        "https://com/x",
        "https://127.0.0.1/x",
        "https://127.0.0.1:3000/x",
        "http://api.nexmo.com/x",
        "http://api.nexmo.com:443/x",
        "https://api.nexmo.com:80/x",
        "https://api.nexmo.com:8443/x",
    ],
)
def test_any_other_host_may_not(url: str) -> None:
    with pytest.raises(PermanentError, match="is not a host we fetch recordings from"):
        TRUSTED.address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.nexmo.com/x",
        "//api.nexmo.com/x",
        "https://api.nexmo.com",
        "https://api.nexmo.com?x",
        "https:///x",
        "ftp://api.nexmo.com/x",
        "file:///etc/passwd",
        "https://api.nexmo.com@evil.example/x",
        "https://user:secret@api.nexmo.com/x",
        "https://evil.example#@api.nexmo.com/x",
        "https://api.nexmo.com/x#y",
        "https://evil.example\\@api.nexmo.com/x",
        "https://api.nexmo.com/x\\y",
        "https://api.nexmo.com\\.evil.example/x",
        "https://api.nexmo.com/x y",
        "https://api.nexmo.com/x\r\nHost: evil.example",
        "https://api.nexmo.com/x\n",
        "https://.nexmo.com/x",
        "https://api..nexmo.com/x",
        "https://api.nexmo.com./x",
        "https://-.nexmo.com/x",
        "https://[::1]/x",
        "https://api.nexmo.com:/x",
        "https://api.nexmo.com:port/x",
        "https://аpi.nexmo.com/x",  # noqa: RUF001 - a Cyrillic letter, on purpose
        "https://api.ne\u212amo.com/x",
        " https://api.nexmo.com/x",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(url: str) -> None:
    with pytest.raises(PermanentError, match="missing or not a plain URL"):
        TRUSTED.address(url)


def test_a_host_that_a_setting_names_may_speak_http_on_that_port() -> None:
    assert TRUSTED.address("http://127.0.0.1:3000/x") == Address("http", "127.0.0.1", 3000, "/x")
    assert TRUSTED.address("http://vonage/x") == Address("http", "vonage", 80, "/x")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/x", "http://127.0.0.1:3001/x", "http://localhost:3000/x"]
)
def test_and_on_no_other(url: str) -> None:
    with pytest.raises(PermanentError, match="is not a host"):
        TRUSTED.address(url)


def test_the_reason_names_the_host_and_nothing_else_of_the_address() -> None:
    with pytest.raises(PermanentError) as refused:
        TRUSTED.address("https://evil.example/v1/files/secret?token=secret")

    assert "https://evil.example:443" in str(refused.value)
    assert "secret" not in str(refused.value)
