from typing import Any

import pytest
from pydantic import ValidationError

from callscribe.contracts import (
    CallEvent,
    Part,
    PartJob,
    RecordingStored,
    TranscribeJobChanged,
    TranscriptionSet,
    VonageEvent,
    completion,
)

CALLER = "447700900001"


def a_call_event(**changes: Any) -> CallEvent:
    fields = {
        "source": "callscribe/webhook-gateway",
        "subject": "CON-1/leg-1/ringing",
        "time": "2026-09-01T12:00:00Z",
        "data": {"conversation_id": "CON-1", "kind": "ringing", "raw": "{}"},
    }
    return CallEvent.model_validate(fields | changes)


def a_job_change(**changes: Any) -> dict[str, Any]:
    return {
        "detail-type": "Transcribe Job State Change",
        "id": "event-1",
        "source": "aws.transcribe",
        "time": "2026-09-01T12:00:00Z",
        "detail": {
            "TranscriptionJobName": "callscribe-rec-1",
            "TranscriptionJobStatus": "COMPLETED",
        },
    } | changes


def test_the_same_fact_told_twice_is_the_same_event() -> None:
    again = a_call_event(time="2026-09-01T12:00:07Z")

    assert a_call_event().id == again.id


@pytest.mark.parametrize(
    "changes", [{"subject": "CON-1/leg-2/ringing"}, {"source": "callscribe/other"}]
)
def test_another_fact_is_another_event(changes: dict[str, str]) -> None:
    assert a_call_event().id != a_call_event(**changes).id


def test_an_event_that_nothing_came_before_begins_the_chain() -> None:
    event = a_call_event()

    assert event.correlationid == event.id


def test_an_event_in_a_chain_keeps_the_id_of_the_first() -> None:
    event = a_call_event(correlationid="first")

    assert event.correlationid == "first"
    assert event.id != "first"


def test_an_event_that_says_its_id_keeps_it() -> None:
    assert a_call_event(id="given").id == "given"


def test_an_event_says_by_which_ids_it_is_found_in_the_log() -> None:
    assert a_call_event(correlationid="first").trace == {
        "correlation_id": "first",
        "conversation_id": "CON-1",
        "recording_id": None,
    }


def test_the_event_of_aws_is_found_by_the_recording_in_the_jobs_name() -> None:
    changed = TranscribeJobChanged.model_validate(a_job_change())

    assert changed.trace == {"recording_id": "rec-1"}


def test_a_version_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValidationError, match="type"):
        a_call_event(type="call.event.v2")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="time"):
        a_call_event(time="2026-09-01T12:00:00")


@pytest.mark.parametrize(
    "wrong", ["", "../secrets", "CON 1", "CON-1\n", "CON..1", "CON-1.", "x" * 151]
)
def test_an_id_that_could_not_be_part_of_a_job_name_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError, match="conversation_id"):
        VonageEvent(conversation_id=wrong, kind="ringing", raw="{}")


def test_what_is_refused_is_not_repeated_in_the_error() -> None:
    with pytest.raises(ValidationError) as raised:
        a_call_event(data={"conversation_id": f"+{CALLER}", "kind": "ringing", "raw": "{}"})

    assert CALLER not in str(raised.value)


def test_an_event_cannot_be_changed() -> None:
    event: Any = a_call_event()

    with pytest.raises(ValidationError, match="frozen"):
        event.subject = "another"


@pytest.mark.parametrize(
    "changes",
    [{"channels": 0}, {"duration": -1}, {"size": 0}, {"media_format": "m4a"}, {"parts": None}],
)
def test_a_recording_that_was_not_measured_right_is_refused(changes: dict[str, Any]) -> None:
    measured = {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "bucket": "audio",
        "key": "recordings/rec-1/audio.mp3",
        "media_format": "mp3",
        "channels": 1,
        "sample_rate": 16_000,
        "duration": 1.5,
        "size": 6_000,
        "parts": [],
    }
    [changed] = changes

    with pytest.raises(ValidationError, match=changed):
        RecordingStored.model_validate(
            {"source": "s", "subject": "s", "time": "2026-09-01T12:00:00Z"}
            | {"data": measured | changes}
        )


@pytest.mark.parametrize("channels", [(), (0, 1, 2), (-1,)])
def test_a_part_that_amazon_transcribe_could_not_take_is_refused(channels: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError, match="channels"):
        Part(key="k", media_format="flac", channels=channels, duration=1.0, size=1)


@pytest.mark.parametrize(
    ("channels", "silent", "parts", "on_one"),
    [
        (1, (), [(0,)], True),
        (1, (), [(0,), (0,)], True),
        (2, (), [(0,)], True),
        (2, (1,), [(0,)], False),
        (2, (), [(0, 1)], False),
        (3, (1, 2), [(0,)], False),
        (2, (0, 1), [], False),
    ],
)
def test_a_set_tells_whether_all_parties_are_on_one_channel(
    channels: int, silent: tuple[int, ...], parts: list[tuple[int, ...]], *, on_one: bool
) -> None:
    said = TranscriptionSet(
        recording_id="rec-1",
        conversation_id="CON-1",
        channels=channels,
        duration=1.0,
        silent_channels=silent,
        jobs=tuple(PartJob(job_name="j", channels=part, duration=1.0) for part in parts),
    )

    assert said.on_one_channel is on_one


def test_an_event_of_another_service_of_aws_is_refused() -> None:
    other = a_job_change(**{"detail-type": "Call Analytics Job State Change"})

    with pytest.raises(ValidationError, match="detail-type"):
        completion.validate_python(other)
