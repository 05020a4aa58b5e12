import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from flask import Flask
from flask.testing import FlaskClient

from local.vonage.journal import Entry, Journal
from local.vonage.media import Downloads
from local.vonage.recording import Recorded
from local.vonage.shelf import Kept, Shelf
from local.vonage.testing import a_call, an_application

SOUND = bytes(range(256)) * 4
FILE = "/v1/files/file-1"


class Site:
    """A web site with one recording."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key: RSAPrivateKey = generate_private_key(public_exponent=65537, key_size=2048)
        self.naps: list[float] = []

    def shelve(self, *, media_format: Any = "mp3", **scenario: Any) -> FlaskClient:
        path = self._folder / "recording"
        path.write_bytes(SOUND)
        self.entry: Entry = Journal().open(a_call(**scenario))
        shelf = Shelf()
        recorded = Recorded(path, media_format, len(SOUND), timedelta(seconds=1))
        shelf.put("file-1", Kept(recorded, self.entry))
        app = Flask("site")
        downloads = Downloads(
            shelf,
            public_key=self._key.public_key(),
            application_id=an_application().id,
            now=lambda: datetime.now(UTC),
            sleep=self.naps.append,
        )
        app.register_blueprint(downloads.routes())
        return app.test_client()

    def headers(self, **changes: Any) -> dict[str, str]:
        now = int(time.time())
        claims = {"application_id": an_application().id, "iat": now, "exp": now + 60, "jti": "1"}
        return {"Authorization": f"Bearer {jwt.encode(claims | changes, self._key, 'RS256')}"}

    def steps(self) -> list[tuple[str, int]]:
        return [(step["name"], step["status"]) for step in self.entry.read()["steps"]]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.mark.parametrize("address", [FILE, "/media/download?id=file-1"])
def test_the_application_gets_its_recording(address: str, site: Site) -> None:
    answer = site.shelve().get(address, headers=site.headers())

    assert (answer.status_code, answer.data) == (200, SOUND)
    assert answer.headers["Content-Length"] == str(len(SOUND))


@pytest.mark.parametrize(
    ("media_format", "media_type"),
    [("mp3", "audio/mpeg"), ("wav", "audio/wav"), ("ogg", "audio/ogg")],
)
def test_a_recording_says_what_it_is(media_format: str, media_type: str, site: Site) -> None:
    answer = site.shelve(media_format=media_format).get(FILE, headers=site.headers())

    assert answer.mimetype == media_type


def test_nobody_else_gets_it(site: Site) -> None:
    client = site.shelve()

    answers = [
        client.get(FILE),
        client.get(FILE, headers={"Authorization": "Bearer a.b.c"}),
        client.get(FILE, headers=site.headers(exp=1)),
        client.get(FILE, headers=site.headers(application_id="another")),
    ]

    assert [answer.status_code for answer in answers] == [401] * 4
    assert not any(SOUND in answer.data for answer in answers)
    assert site.steps() == []


def test_an_unknown_recording_is_not_found(site: Site) -> None:
    client = site.shelve()

    answers = [
        client.get("/v1/files/file-2", headers=site.headers()),
        client.get("/media/download", headers=site.headers()),
        client.get(f"/v1/files/{site.entry.call.recording_uuid(0)}", headers=site.headers()),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3


def test_whoever_is_not_the_application_does_not_learn_what_exists(site: Site) -> None:
    assert site.shelve().get("/v1/files/file-2").status_code == 401


def test_a_recording_can_be_late_and_the_service_unsteady(site: Site) -> None:
    client = site.shelve(not_ready=2, download_errors=1, throttled=1, retry_after=7)

    answers = [client.get(FILE, headers=site.headers()) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [404, 404, 503, 429, 200]
    assert answers[3].headers["Retry-After"] == "7"


def test_a_refused_token_uses_up_no_trouble(site: Site) -> None:
    client = site.shelve(not_ready=1)

    client.get(FILE)

    assert client.get(FILE, headers=site.headers()).status_code == 404


def test_a_recording_that_is_gone_stays_gone(site: Site) -> None:
    client = site.shelve(gone=True)

    answers = [client.get(FILE, headers=site.headers()) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [410, 410]


def test_a_slow_download_takes_its_time_and_comes_whole(site: Site) -> None:
    client = site.shelve(slow=1000)

    answer = client.get(FILE, headers=site.headers())

    assert answer.data == SOUND
    assert sum(site.naps) == pytest.approx(1.024)
    assert max(site.naps) == pytest.approx(0.1)


def test_downloads_are_written_on_the_page_of_the_call(site: Site) -> None:
    client = site.shelve(not_ready=1)

    for _ in range(2):
        client.get(FILE, headers=site.headers())

    assert site.steps() == [("download, not ready", 404), ("download, served", 200)]
