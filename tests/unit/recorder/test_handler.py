import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from callscribe.contracts import RecordingAvailable, RecordingStored
from callscribe.errors import PermanentError, TransientError
from callscribe.telemetry import JsonLines
from callscribe.testing import FakePublisher
from recorder.address import Address, Trusted
from recorder.handler import Policy, handle
from recorder.prepare import Workshop
from recorder.testing import FakeStore, FakeVonage, audio, noise, written

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
MP3 = audio("MP3", channels=2, seconds=2)
KEY = "recordings/rec-1/audio.mp3"
DESCRIPTION = "recordings/rec-1/recording.json"


def an_event(**changes: Any) -> RecordingAvailable:
    data = {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "url": "https://api.nexmo.com/v1/files/file-1",
        "size": len(MP3),
        "raw": "{}",
    }
    return RecordingAvailable.model_validate(
        {
            "source": "callscribe/webhook-gateway",
            "subject": "rec-1",
            "time": NOON,
            "correlationid": "correlation-1",
            "data": data | changes,
        }
    )


class Recorder:
    """The handler with everything it works with, in memory."""

    def __init__(self, *, max_bytes: int = 1_000_000) -> None:
        self.vonage = FakeVonage()
        self.store = FakeStore()
        self.events = FakePublisher()
        self.ledger = FakePublisher()
        self.policy = Policy(Trusted(("nexmo.com",)), timedelta(minutes=30), max_bytes)

    def handle(self, event: RecordingAvailable, *, minutes_later: float = 0) -> None:
        handle(
            event,
            source=self.vonage,
            store=self.store,
            listeners=(self.events, self.ledger),
            policy=self.policy,
            workshop=Workshop(),
            now=lambda: NOON + timedelta(minutes=minutes_later),
        )

    @property
    def audio(self) -> dict[str, bytes]:
        return {key: content for key, content in self.store.objects.items() if key != DESCRIPTION}

    @property
    def stored(self) -> list[RecordingStored]:
        return [RecordingStored.model_validate(e.model_dump()) for e in self.events.published]


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


def test_a_recording_is_stored_as_it_came(recorder: Recorder) -> None:
    recorder.vonage.will_answer(MP3, stated=len(MP3))

    recorder.handle(an_event())

    assert recorder.audio == {KEY: MP3}
    assert recorder.vonage.asked == [Address("https", "api.nexmo.com", 443, "/v1/files/file-1")]


def test_it_is_announced_with_what_was_measured(recorder: Recorder) -> None:
    recorder.vonage.will_answer(MP3, stated=len(MP3))

    recorder.handle(an_event(), minutes_later=1)

    [stored] = recorder.stored
    assert (stored.source, stored.subject) == ("callscribe/recorder", "rec-1")
    assert stored.correlationid == "correlation-1"
    assert stored.time == NOON + timedelta(minutes=1)
    assert stored.data.model_dump() == {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "bucket": "audio",
        "key": KEY,
        "media_format": "mp3",
        "channels": 2,
        "sample_rate": 16_000,
        "duration": pytest.approx(2, abs=0.1),
        "size": len(MP3),
        "parts": (
            {
                "key": KEY,
                "media_format": "mp3",
                "channels": (0, 1),
                "start": 0.0,
                "duration": stored.data.duration,
                "size": len(MP3),
            },
        ),
        "silent_channels": (),
        "run": 1,
        "wishes": dict.fromkeys(stored.data.wishes.model_dump()),
    }
    assert recorder.ledger.published == recorder.events.published


def test_the_same_recording_delivered_twice_is_fetched_once_and_announced_the_same(
    recorder: Recorder,
) -> None:
    recorder.vonage.will_answer(MP3, stated=len(MP3))

    recorder.handle(an_event())
    recorder.handle(an_event(), minutes_later=5)

    first, second = recorder.stored
    assert first.id == second.id
    assert first.data == second.data
    assert len(recorder.vonage.asked) == 1
    assert recorder.store.opened == [KEY]
    assert [event.id for event in recorder.ledger.published] == [first.id, second.id]
    assert recorder.audio == {KEY: MP3}


def test_a_recording_whose_announcement_failed_is_announced_without_fetching_it_again(
    recorder: Recorder,
) -> None:
    recorder.vonage.will_answer(MP3, stated=len(MP3))
    recorder.events.fail(TransientError("SQS did not take the message"))

    with pytest.raises(TransientError, match="SQS"):
        recorder.handle(an_event())
    recorder.handle(an_event())

    assert len(recorder.stored) == 1
    assert len(recorder.vonage.asked) == 1


def test_a_recording_is_done_only_when_the_second_listener_has_it_too(recorder: Recorder) -> None:
    recorder.vonage.will_answer(MP3)
    recorder.ledger.fail(TransientError("SQS did not take the message"))

    with pytest.raises(TransientError, match="SQS"):
        recorder.handle(an_event())
    recorder.handle(an_event())

    assert len(recorder.ledger.published) == 1
    assert len(recorder.stored) == 2
    assert recorder.stored[0].id == recorder.stored[1].id


def test_a_recording_that_was_stored_and_never_described_is_described_without_fetching_it(
    recorder: Recorder,
) -> None:
    recorder.store.objects[KEY] = MP3

    recorder.handle(an_event())

    assert recorder.vonage.asked == []
    assert recorder.stored[0].data.key == KEY


def test_a_call_in_which_nobody_speaks_is_announced_without_parts(recorder: Recorder) -> None:
    recorder.vonage.will_answer(written(noise(channels=3, silent=[0, 1, 2]), "WAV"))

    recorder.handle(an_event(size=None))

    assert recorder.stored[0].data.parts == ()
    assert recorder.stored[0].data.silent_channels == (0, 1, 2)


def test_two_recordings_of_one_conversation_are_two(recorder: Recorder) -> None:
    recorder.vonage.will_answer(MP3)

    recorder.handle(an_event())
    recorder.handle(an_event(recording_id="rec-10"))

    assert {KEY, "recordings/rec-10/audio.mp3"} < set(recorder.store.objects)


def test_the_format_is_what_the_audio_is_whatever_is_said_of_it(recorder: Recorder) -> None:
    wav = audio("WAV", channels=3)
    recorder.vonage.will_answer(wav)

    recorder.handle(an_event(size=None, url="https://api.nexmo.com/v1/files/file-1.mp3"))

    assert "recordings/rec-1/audio.wav" in recorder.store.objects
    assert recorder.stored[0].data.channels == 3


def test_nothing_is_sent_to_a_host_we_do_not_know(recorder: Recorder) -> None:
    with pytest.raises(PermanentError, match="not a host we fetch recordings from"):
        recorder.handle(an_event(url="https://evil.example/nexmo.com"))

    assert recorder.vonage.asked == []


def test_a_recording_that_is_not_there_yet_is_tried_again(recorder: Recorder) -> None:
    recorder.vonage.will_answer(status=404).will_answer(MP3, stated=len(MP3))

    with pytest.raises(TransientError, match="404"):
        recorder.handle(an_event())
    recorder.handle(an_event(), minutes_later=1)

    assert recorder.audio == {KEY: MP3}


def test_a_recording_that_never_comes_is_given_up_on(recorder: Recorder) -> None:
    recorder.vonage.will_answer(status=404)

    with pytest.raises(PermanentError, match="45 minutes after it was announced"):
        recorder.handle(an_event(), minutes_later=45)


def test_a_throttled_download_waits_as_long_as_vonage_says(recorder: Recorder) -> None:
    recorder.vonage.will_answer(status=429, retry_after="90")

    with pytest.raises(TransientError) as refused:
        recorder.handle(an_event())

    assert refused.value.retry_after == timedelta(seconds=90)


@pytest.mark.parametrize(
    ("body", "why"), [(b"", "is empty"), (b"<html>no</html>", "web page"), (b"x" * 50, "not audio")]
)
def test_what_is_not_audio_is_not_stored(recorder: Recorder, body: bytes, why: str) -> None:
    recorder.vonage.will_answer(body)

    with pytest.raises(PermanentError, match=why):
        recorder.handle(an_event(size=None))

    assert recorder.store.objects == {}


@pytest.mark.parametrize(
    ("stated", "announced", "why"),
    [
        (len(MP3) + 1, None, "broke off"),
        (len(MP3), len(MP3) + 1, "announced"),
        (None, len(MP3) + 1, "announced"),
    ],
)
def test_a_part_of_a_recording_is_not_stored(
    recorder: Recorder, stated: int | None, announced: int | None, why: str
) -> None:
    recorder.vonage.will_answer(MP3, stated=stated)

    with pytest.raises(TransientError, match=why):
        recorder.handle(an_event(size=announced))

    assert recorder.store.objects == {}


@pytest.mark.parametrize("stated", [None, len(MP3)])
def test_a_recording_that_is_too_large_is_not_stored(stated: int | None) -> None:
    recorder = Recorder(max_bytes=len(MP3) - 1)
    recorder.vonage.will_answer(MP3, stated=stated)

    with pytest.raises(PermanentError, match="more than"):
        recorder.handle(an_event())

    assert recorder.store.objects == {}


def test_damaged_audio_is_kept_but_not_announced(recorder: Recorder) -> None:
    damaged = audio("OGG", "VORBIS", seconds=5)[:1000]
    recorder.vonage.will_answer(damaged)

    with pytest.raises(PermanentError, match="damaged"):
        recorder.handle(an_event(size=None))

    assert list(recorder.store.objects) == ["recordings/rec-1/audio.ogg"]
    assert recorder.stored == []


def test_the_log_says_what_was_stored_and_whether_it_was_new(
    recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    recorder.vonage.will_answer(MP3)

    with caplog.at_level(logging.INFO):
        recorder.handle(an_event())
        recorder.handle(an_event())

    first, second = (JsonLines("recorder").format(record) for record in caplog.records)
    assert '"event": "recording stored", "format": "mp3", "channels": 2' in first
    assert '"silent_channels": 0, "parts": 1' in first
    assert f'"size": {len(MP3)}, "already_there": false' in first
    assert '"already_there": true' in second
    assert "nexmo" not in first + second
