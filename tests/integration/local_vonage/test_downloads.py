import time
from typing import Any

import pytest
import urllib3
from vonage_jwt import JwtClient


@pytest.fixture
def download(gateway: Any, vonage: Any) -> Any:
    """Place a call, then fetch its recording as often as asked, with the SDK's token."""
    sdk = JwtClient(
        application_id=str(vonage.settings.application_id),
        private_key=vonage.settings.private_key_path.read_text("utf-8"),
    )

    def download(**scenario: Any) -> Any:
        vonage.call(scenario=scenario)
        [recording] = gateway.at("/recordings")
        token = sdk.generate_application_jwt()
        headers = {"Authorization": f"Bearer {token.decode()}"}
        return lambda: vonage.http.request("GET", recording.said["recording_url"], headers=headers)

    return download


def test_the_sdks_token_brings_the_recording_byte_for_byte(download: Any, vonage: Any) -> None:
    answer = download()()

    assert answer.status == 200
    assert answer.data == vonage.settings.audio.read_bytes()


def test_a_truncated_download_ends_early_and_then_comes_whole(download: Any, vonage: Any) -> None:
    again = download(truncated=1)

    with pytest.raises(urllib3.exceptions.ProtocolError, match="IncompleteRead"):
        again()
    assert again().data == vonage.settings.audio.read_bytes()


def test_a_recording_that_is_not_ready_comes_in_the_end(download: Any) -> None:
    again = download(not_ready=2, throttled=1)

    assert [again().status for _ in range(4)] == [404, 404, 429, 200]


def test_a_slow_download_takes_as_long_as_it_should(download: Any, vonage: Any) -> None:
    size = vonage.settings.audio.stat().st_size
    again = download(slow=size * 4)

    started = time.monotonic()
    answer = again()

    assert len(answer.data) == size
    assert time.monotonic() - started >= 0.2


def test_downloads_join_the_steps_of_the_call(download: Any, vonage: Any) -> None:
    download(not_ready=1)()

    [page] = vonage.http.request("GET", f"{vonage.url}/local/calls").json()
    assert page["steps"][-1]["name"] == "download, not ready"
