"""A recording's whole way: from a server that behaves well or badly into an S3 in this process."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from urllib3 import PoolManager

from callscribe.contracts import RecordingAvailable, RecordingStored
from callscribe.errors import PermanentError, TransientError
from callscribe.testing import FakePublisher
from recorder.address import Trusted
from recorder.audio.plan import TRANSCRIBE, Limits
from recorder.download import Downloads, Waits
from recorder.handler import Policy, handle
from recorder.prepare import Workshop
from recorder.s3 import S3Audio
from recorder.testing import audio
from tests.integration.recorder.loopback import Loopback, Reply, loopback

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
WAV = audio("WAV", "PCM_16", channels=2, seconds=200)
"""12.8 MB: two parts."""

MP3 = audio("MP3", channels=2, seconds=5)


class Recorder:
    """The recorder without its queue, and with a counter of the tokens it made."""

    def __init__(self, s3: Any, vonage: Loopback) -> None:
        self.s3 = s3
        self.vonage = vonage
        self.tokens = 0
        self.events = FakePublisher()
        self.ledger = FakePublisher()
        self.limits: Limits = TRANSCRIBE
        self.store = S3Audio(s3, "audio")
        self._policy = Policy(
            Trusted(("nexmo.com",), frozenset({vonage.host})), timedelta(minutes=30), 20_000_000
        )
        self._source = Downloads(
            PoolManager(),
            self._token,
            Waits(connect=2, read=0.3, deadline=60),
            clock=lambda: 0.0,
        )

    def _token(self) -> str:
        self.tokens += 1
        return "the-token"

    def handle(
        self, *, size: int | None = None, url: str | None = None, minutes_later: float = 1
    ) -> None:
        event = RecordingAvailable.model_validate(
            {
                "source": "callscribe/webhook-gateway",
                "subject": "rec-1",
                "time": NOON,
                "data": {
                    "recording_id": "rec-1",
                    "conversation_id": "CON-1",
                    "url": url or self.vonage.url(),
                    "size": size,
                    "raw": "{}",
                },
            }
        )
        handle(
            event,
            source=self._source,
            store=self.store,
            listeners=(self.events, self.ledger),
            policy=self._policy,
            workshop=Workshop(self.limits),
            now=lambda: NOON + timedelta(minutes=minutes_later),
        )

    @property
    def stored(self) -> RecordingStored:
        [event] = self.events.published
        return RecordingStored.model_validate(event.model_dump())

    @property
    def keys(self) -> list[str]:
        listed = self.s3.list_objects_v2(Bucket="audio").get("Contents", [])
        return sorted(found["Key"] for found in listed)

    def read(self, key: str) -> bytes:
        content: bytes = self.s3.get_object(Bucket="audio", Key=key)["Body"].read()
        return content

    @property
    def nothing_is_left(self) -> bool:
        objects = self.s3.list_objects_v2(Bucket="audio").get("Contents", [])
        uploads = self.s3.list_multipart_uploads(Bucket="audio").get("Uploads", [])
        return not objects and not uploads and not self.events.published


@pytest.fixture
def recorder(s3: Any, vonage: Loopback) -> Recorder:
    return Recorder(s3, vonage)


@pytest.mark.parametrize(("content", "name"), [(MP3, "mp3"), (WAV, "wav")])
def test_a_recording_is_stored_and_announced(recorder: Recorder, content: bytes, name: str) -> None:
    recorder.vonage.will(Reply(content))

    recorder.handle(size=len(content))

    stored = recorder.stored.data
    assert (stored.media_format, stored.channels, stored.size) == (name, 2, len(content))
    there = recorder.s3.get_object(Bucket="audio", Key=stored.key)
    assert there["Body"].read() == content


def test_a_recording_delivered_twice_is_one_object_and_the_same_announcement(
    recorder: Recorder,
) -> None:
    recorder.vonage.will(Reply(WAV))

    recorder.handle()
    recorder.handle()

    first, second = recorder.events.published
    assert first.id == second.id
    assert RecordingStored.model_validate(first.model_dump()).data == (
        RecordingStored.model_validate(second.model_dump()).data
    )
    assert len(recorder.vonage.asked) == 1
    assert recorder.keys == ["recordings/rec-1/audio.wav", "recordings/rec-1/recording.json"]


def test_a_recording_that_is_not_there_yet_is_stored_when_it_is(recorder: Recorder) -> None:
    recorder.vonage.will(Reply(status=404), Reply(MP3))

    with pytest.raises(TransientError, match="does not have the recording"):
        recorder.handle()
    recorder.handle()

    assert recorder.stored.data.size == len(MP3)


def test_a_throttled_download_is_put_off_as_long_as_vonage_says(recorder: Recorder) -> None:
    recorder.vonage.will(Reply(status=429, headers={"Retry-After": "42"}))

    with pytest.raises(TransientError) as refused:
        recorder.handle()

    assert refused.value.retry_after == timedelta(seconds=42)


def test_a_redirect_gets_neither_a_visit_nor_the_token(recorder: Recorder) -> None:
    with loopback() as elsewhere:
        elsewhere.will(Reply(MP3))
        recorder.vonage.will(Reply(status=302, headers={"Location": elsewhere.url()}))

        with pytest.raises(PermanentError, match="redirect"):
            recorder.handle()

        assert elsewhere.asked == []
    assert recorder.nothing_is_left


def test_no_token_is_made_for_a_host_we_do_not_trust(recorder: Recorder) -> None:
    with loopback() as elsewhere:
        elsewhere.will(Reply(MP3))

        with pytest.raises(PermanentError, match="not a host we fetch recordings from"):
            recorder.handle(url=elsewhere.url("/x?nexmo.com"))

        assert elsewhere.asked == []
    assert recorder.tokens == 0


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(MP3[:500], stated=len(MP3), then="stall"), "broke off: ReadTimeoutError"),
        (Reply(WAV[:9_000_000], stated=len(WAV), then="stall"), "broke off: ReadTimeoutError"),
        (Reply(MP3[:-1], stated=len(MP3)), "broke off after"),
        (Reply(WAV[:9_000_000], stated=len(WAV)), "broke off after 9000000 of"),
        (Reply(WAV[:9_000_000], stated=len(WAV), then="reset"), "broke off: ProtocolError"),
        (Reply(status=503), "cannot give the recording now"),
    ],
)
def test_a_download_that_fails_is_tried_again_and_leaves_nothing(
    recorder: Recorder, reply: Reply, why: str
) -> None:
    recorder.vonage.will(reply)

    with pytest.raises(TransientError, match=why):
        recorder.handle(minutes_later=600)

    assert recorder.nothing_is_left


@pytest.mark.parametrize("stated", [-1, None])
def test_a_recording_of_another_size_than_announced_is_waited_for(
    recorder: Recorder, stated: int | None
) -> None:
    recorder.vonage.will(Reply(WAV, stated=stated))

    with pytest.raises(TransientError, match=f"announced 7 bytes and .* {len(WAV)}"):
        recorder.handle(size=7)
    with pytest.raises(PermanentError, match="31 minutes after it was announced"):
        recorder.handle(size=7, minutes_later=31)

    assert recorder.nothing_is_left


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(b""), "is empty"),
        (Reply(b"", status=410), "deleted"),
        (Reply(b"", status=401), "our configuration is wrong"),
        (Reply(b"<!doctype html><title>Error</title>"), "a web page"),
        (Reply(b'{"error_title": "Not allowed"}'), "a JSON message"),
        (Reply(WAV[:100], stated=20_000_001, then="stall"), "more than the 20000000 bytes"),
        (Reply(WAV + WAV, stated=None), "more than the 20000000 bytes"),
    ],
)
def test_what_cannot_become_a_recording_is_given_up_on_and_leaves_nothing(
    recorder: Recorder, reply: Reply, why: str
) -> None:
    recorder.vonage.will(reply)

    with pytest.raises(PermanentError, match=why):
        recorder.handle()

    assert recorder.nothing_is_left
