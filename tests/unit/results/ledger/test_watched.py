from datetime import UTC, datetime

import pytest

from callscribe.contracts import (
    Completion,
    Fact,
    FinishedTranscription,
    TranscribeJobChanged,
    TranscriptionFailed,
    TranscriptionFinished,
    TranscriptionStarted,
    TranscriptPublished,
)
from callscribe.errors import TransientError
from callscribe.names import failure_key, transcript_key
from results.ledger.watched import WatchedCompletions, watched
from results.testing import FakeBucket
from tests.unit.results.ledger.stories import RECORDING, started

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Told:
    """Remembers what the ledger was told."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def keep(self, fact: Fact) -> bool:
        self.facts.append(fact)
        return True


def watching() -> tuple[FakeBucket, FakeBucket, Told]:
    told, bucket = Told(), FakeBucket()
    return bucket, watched(bucket, told, now=lambda: NOON), told


@pytest.mark.parametrize("run", [1, 2])
def test_a_failure_that_is_written_twice_is_told_as_one_fact(run: int) -> None:
    bucket, seen, told = watching()
    key = failure_key(RECORDING, run)

    for _ in range(2):
        seen.put_once(key, b'{"reason": "no speech"}', content_type="application/json")

    first, second = told.facts
    assert isinstance(first, TranscriptionFailed)
    assert (first.data.run, first.data.reason) == (run, "no speech")
    assert first.id == second.id
    assert list(bucket.objects) == [key]


def test_a_failure_that_a_transcript_takes_the_place_of_tells_of_the_transcript() -> None:
    bucket, seen, told = watching()
    bucket.objects[failure_key(RECORDING, 2)] = b"{}"

    seen.delete(failure_key(RECORDING, 2))

    [fact] = told.facts
    assert isinstance(fact, TranscriptPublished)
    assert (fact.data.run, fact.subject) == (2, transcript_key(RECORDING, "json", 2))
    assert bucket.objects == {}


def test_what_ends_no_run_is_not_told_of() -> None:
    _, seen, told = watching()

    seen.put_once("transcripts/rec-1/set.json", b"{}", content_type="application/json")
    there = seen.has("transcripts/rec-1/set.json")
    seen.delete("transcripts/rec-1/outcomes/1.failed.json")

    assert there
    assert told.facts == []


def finished(source: str) -> TranscriptionFinished:
    data = FinishedTranscription(
        recording_id=RECORDING, job_name=f"callscribe-{RECORDING}", status="COMPLETED"
    )
    return TranscriptionFinished(source=source, subject=RECORDING, time=NOON, data=data)


def changed() -> TranscribeJobChanged:
    return TranscribeJobChanged.model_validate(
        {
            "detail-type": "Transcribe Job State Change",
            "id": "event-1",
            "source": "aws.transcribe",
            "time": NOON,
            "detail": {
                "TranscriptionJobName": f"callscribe-{RECORDING}",
                "TranscriptionJobStatus": "COMPLETED",
            },
        }
    )


def test_a_job_that_ended_is_one_fact_by_whichever_way_it_was_delivered_twice() -> None:
    told, handled = Told(), list[Completion]()
    handle = WatchedCompletions(handled.append, told)

    for event in (finished("callscribe/notifier"), changed()):
        handle(event)

    first, second = told.facts
    assert first.id == second.id
    assert len(handled) == 2


def test_a_reminder_is_handled_and_is_no_end() -> None:
    told, handled = Told(), list[Completion]()
    reminder = started()
    assert isinstance(reminder, TranscriptionStarted)

    WatchedCompletions(handled.append, told)(reminder)

    assert (told.facts, handled) == ([], [reminder])


def test_an_end_that_the_ledger_cannot_take_is_not_handled() -> None:
    class Away(Told):
        def keep(self, fact: Fact) -> bool:
            raise TransientError(f"DynamoDB was not reached for {fact.type}")

    handled = list[Completion]()

    with pytest.raises(TransientError):
        WatchedCompletions(handled.append, Away())(changed())

    assert handled == []
