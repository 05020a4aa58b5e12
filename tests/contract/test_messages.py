"""Messages already in a queue, or two weeks in a dead-letter queue, must still be readable."""

import json
from pathlib import Path

import pytest

from callscribe.contracts import (
    Event,
    MessageParked,
    RecordingStored,
    TranscribeJobChanged,
    TranscriptionFinished,
    TranscriptionStarted,
    completion,
    fact,
    notification,
)

MESSAGES = Path(__file__).parent / "messages"
CONTRACTS = {event.model_fields["type"].default: event for event in Event.__subclasses__()}
FACTS = [
    "call.event.v1",
    "recording.available.v1",
    "recording.lost.v1",
    "recording.stored.v1",
    "transcription.started.v1",
    "message.parked.v1",
    "notification.delivered.v1",
    "message.retried.v1",
    "transcription.finished.v1",
    "transcript.ready.v1",
    "transcript.failed.v1",
    "parties.named.v1",
    "call.noted.v1",
    "call.deleted.v1",
]
NOTIFICATIONS = ["transcript.ready.v1", "transcript.failed.v1", "notification.due.v1"]


def sent_in_the_past(name: str) -> str:
    return (MESSAGES / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_message_sent_in_the_past_is_still_understood(name: str) -> None:
    sent = sent_in_the_past(name)

    understood = CONTRACTS[name].model_validate_json(sent)

    assert understood.model_dump(mode="json", exclude_unset=True) == json.loads(sent)


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_message_is_named_by_the_fact_that_it_tells(name: str) -> None:
    sent = json.loads(sent_in_the_past(name))

    said_again = {field: said for field, said in sent.items() if field != "id"}

    assert CONTRACTS[name].model_validate(said_again).id == sent["id"]


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_message_is_refused_by_every_other_contract(name: str) -> None:
    sent = sent_in_the_past(name)

    others = [contract for other, contract in CONTRACTS.items() if other != name]

    for contract in others:
        with pytest.raises(ValueError, match="type"):
            contract.model_validate_json(sent)


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_message_of_tomorrow_is_understood_today(name: str) -> None:
    sent = json.loads(sent_in_the_past(name))
    tomorrow = sent | {"traceparent": "00-1", "data": sent["data"] | {"tenant": "north"}}

    understood = CONTRACTS[name].model_validate(tomorrow)

    assert understood == CONTRACTS[name].model_validate(sent)


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_told_by_its_type(name: str) -> None:
    understood = fact.validate_json(sent_in_the_past(name))

    assert type(understood) is CONTRACTS[name]


@pytest.mark.parametrize("name", NOTIFICATIONS)
def test_a_notification_is_told_by_its_type(name: str) -> None:
    understood = notification.validate_json(sent_in_the_past(name))

    assert type(understood) is CONTRACTS[name]


def test_the_event_of_aws_is_understood_as_it_comes() -> None:
    understood = completion.validate_json(sent_in_the_past("aws.transcribe"))

    assert isinstance(understood, TranscribeJobChanged)
    assert understood.detail.job_name == "callscribe-01175e1e-f778-4b2a-aa7e-18b6fb493edf"
    assert understood.detail.status == "FAILED"
    assert understood.detail.failure_reason == "Unsupported media format"


def test_a_completion_from_the_notifier_is_understood_beside_that_of_aws() -> None:
    understood = completion.validate_json(sent_in_the_past("transcription.finished.v1"))

    assert isinstance(understood, TranscriptionFinished)
    assert understood.data.status == "COMPLETED"


def test_a_reminder_to_ask_after_jobs_is_understood_beside_their_completions() -> None:
    understood = completion.validate_json(sent_in_the_past("transcription.started.v1"))

    assert isinstance(understood, TranscriptionStarted)
    assert [job.channels for job in understood.data.jobs] == [(0, 1)]


def test_what_was_parked_can_be_sent_to_its_queue_again() -> None:
    parked = MessageParked.model_validate_json(sent_in_the_past("message.parked.v1"))

    sent = RecordingStored.model_validate_json(parked.data.body)

    assert sent == RecordingStored.model_validate_json(sent_in_the_past("recording.stored.v1"))


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("TranscriptionJobName", "somebody-elses"),
        ("TranscriptionJobName", "callscribe-"),
        ("TranscriptionJobStatus", "IN_PROGRESS"),
    ],
)
def test_an_event_of_aws_that_is_not_for_us_is_refused(field: str, changed: str) -> None:
    sent = json.loads(sent_in_the_past("aws.transcribe"))
    sent["detail"][field] = changed

    with pytest.raises(ValueError, match=field):
        completion.validate_python(sent)
