from datetime import UTC, datetime

import pytest

from callscribe.contracts import (
    Completion,
    Fact,
    FinishedTranscription,
    TranscribeJobChanged,
    TranscriptionFinished,
    TranscriptionStarted,
)
from callscribe.errors import TransientError
from results.ledger.watched import WatchedCompletions
from tests.unit.results.ledger.stories import RECORDING, started

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Told:
    """Remembers what the ledger was told."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def keep(self, fact: Fact) -> bool:
        self.facts.append(fact)
        return True


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
