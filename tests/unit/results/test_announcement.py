from datetime import UTC, datetime

import pytest

from callscribe.contracts import (
    Completion,
    FinishedTranscription,
    News,
    TranscribeJobChanged,
    TranscriptFailed,
    TranscriptionFinished,
    TranscriptionSet,
    TranscriptionStarted,
    TranscriptReady,
)
from callscribe.errors import TransientError
from callscribe.names import announced_key, failure_key, transcript_key
from results.announcement import announcing
from results.failure import Failure
from results.testing import FakeBucket
from results.transcript import Missing, Transcript, write

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOW = datetime(2026, 3, 1, 13, tzinfo=UTC)


class ReadableBucket(FakeBucket):
    def get(self, key: str) -> bytes | None:
        return self.objects.get(key)


class FakeListener:
    def __init__(self) -> None:
        self.events: list[News] = []
        self.down = False
        self.interested = True

    def hear(self, event: News) -> bool:
        if self.down:
            raise TransientError("nobody listens")
        self.events.append(event)
        return self.interested


class World:
    """A bucket, a listener, and a worker whose handling leaves ``makes`` in the bucket."""

    def __init__(self, **makes: bytes) -> None:
        self.bucket = ReadableBucket()
        self.listener = FakeListener()
        self.makes = makes
        self.handle = announcing(
            self._complete,
            bucket=self.bucket,
            bucket_name="bucket",
            tell=self.listener.hear,
            now=lambda: NOW,
        )

    def _complete(self, _: Completion) -> None:
        for name, content in self.makes.items():
            key = failure_key("rec-1") if name == "failure" else transcript_key("rec-1", "json")
            self.bucket.objects[key] = content


def a_transcript(*missing: Missing) -> bytes:
    return write(
        Transcript(
            recording_id="rec-1",
            conversation_id="CON-1",
            language=None,
            duration=None,
            parties=(),
            turns=(),
            missing=missing,
        )
    )


def a_failure() -> bytes:
    failure = Failure(recording_id="rec-1", conversation_id="CON-1", reason="why", failed_at=NOON)
    return failure.model_dump_json().encode()


def finished() -> TranscriptionFinished:
    return TranscriptionFinished(
        source="callscribe/notifier",
        subject="rec-1",
        time=NOON,
        correlationid="c",
        data=FinishedTranscription(
            recording_id="rec-1", job_name="callscribe-rec-1", status="COMPLETED"
        ),
    )


def changed() -> TranscribeJobChanged:
    return TranscribeJobChanged.model_validate(
        {
            "id": "aws-1",
            "source": "aws.transcribe",
            "detail-type": "Transcribe Job State Change",
            "time": NOON,
            "detail": {
                "TranscriptionJobName": "callscribe-rec-1",
                "TranscriptionJobStatus": "COMPLETED",
            },
        }
    )


def reminder() -> TranscriptionStarted:
    planned = TranscriptionSet(
        recording_id="rec-1", conversation_id="CON-1", channels=2, duration=1.0, jobs=()
    )
    return TranscriptionStarted(
        source="callscribe/transcriber", subject="rec-1", time=NOON, data=planned
    )


def test_a_transcript_that_is_there_is_news() -> None:
    world = World(transcript=a_transcript())

    world.handle(finished())

    [news] = world.listener.events
    assert isinstance(news, TranscriptReady)
    assert (news.correlationid, news.time) == ("c", NOW)
    assert news.data.model_dump() == {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "run": 1,
        "bucket": "bucket",
        "key": "transcripts/rec-1/transcript.json",
        "missing": 0,
    }


def test_a_failure_is_news_with_its_reason() -> None:
    world = World(failure=a_failure())

    world.handle(finished())

    [news] = world.listener.events
    assert isinstance(news, TranscriptFailed)
    assert (news.data.reason, news.data.conversation_id) == ("why", "CON-1")


def test_of_a_set_that_is_under_way_nothing_is_said() -> None:
    world = World()

    world.handle(finished())

    assert world.listener.events == []
    assert world.bucket.objects == {}


def test_whatever_is_delivered_twice_is_said_once() -> None:
    world = World(transcript=a_transcript())
    events: list[Completion] = [finished(), finished(), changed(), reminder()]

    for event in events:
        world.handle(event)

    assert len(world.listener.events) == 1


@pytest.mark.parametrize("event", [changed(), reminder()], ids=["aws", "reminder"])
def test_every_kind_of_completion_may_bring_the_news(event: Completion) -> None:
    world = World(transcript=a_transcript())

    world.handle(event)

    assert len(world.listener.events) == 1


def test_a_transcript_that_comes_after_a_failure_is_said_too() -> None:
    world = World(failure=a_failure())
    world.handle(finished())
    world.makes = {"transcript": a_transcript()}

    world.handle(finished())

    assert [news.type for news in world.listener.events] == [
        "transcript.failed.v1",
        "transcript.ready.v1",
    ]


def test_a_transcript_that_was_completed_later_is_news_again() -> None:
    lacking = Missing(channels=(2,), start=0.0, end=9.0, reason="Unsupported media format")
    world = World(transcript=a_transcript(lacking))
    world.handle(finished())
    world.makes = {"transcript": a_transcript()}

    for _ in range(2):
        world.handle(finished())

    partial, whole = world.listener.events
    assert isinstance(partial, TranscriptReady)
    assert isinstance(whole, TranscriptReady)
    assert (partial.data.missing, whole.data.missing) == (1, 0)
    assert partial.id != whole.id


def test_news_that_nobody_wants_leave_no_mark() -> None:
    world = World(transcript=a_transcript())
    world.listener.interested = False

    world.handle(finished())

    assert set(world.bucket.objects) == {transcript_key("rec-1", "json")}


def test_news_that_nobody_heard_are_said_at_the_next_delivery() -> None:
    world = World(transcript=a_transcript())
    world.listener.down = True
    with pytest.raises(TransientError):
        world.handle(finished())
    world.listener.down = False

    world.handle(finished())

    assert len(world.listener.events) == 1


def test_news_said_again_after_a_crash_are_the_same_event() -> None:
    world = World(transcript=a_transcript())
    world.bucket.break_down_at(announced_key("rec-1", "ready"))
    with pytest.raises(TransientError):
        world.handle(finished())

    world.handle(finished())

    first, second = world.listener.events
    assert first == second


def test_a_transcript_that_lacks_less_than_before_is_news_again() -> None:
    lacking = [
        Missing(channels=(channel,), start=0.0, end=9.0, reason="Unsupported media format")
        for channel in (2, 4)
    ]
    world = World(transcript=a_transcript(*lacking))
    world.handle(finished())
    world.makes = {"transcript": a_transcript(lacking[0])}

    for _ in range(2):
        world.handle(finished())

    first, second = world.listener.events
    assert isinstance(first, TranscriptReady)
    assert isinstance(second, TranscriptReady)
    assert (first.data.missing, second.data.missing) == (2, 1)
    assert first.id != second.id
