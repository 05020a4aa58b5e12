from decimal import Decimal
from typing import Any

import pytest

from callscribe.contracts import (
    FailedTranscript,
    LostRecording,
    MessageRetried,
    NamedParties,
    PartiesNamed,
    RecordingLost,
    RetriedMessage,
    TranscriptFailed,
)
from callscribe.names import JobId
from results.ledger.fold import fold
from results.ledger.views import CallView, Stage, Status
from tests.unit.results.ledger.stories import (
    CALL,
    RECORDING,
    a_whole_call,
    after,
    announced,
    completed,
    ended,
    happened,
    parked,
    published,
    started,
    stored,
)


def folded(*facts: object) -> CallView:
    return fold([f"call#{CALL}", f"recording#{RECORDING}"], facts)  # type: ignore[arg-type] # facts of every kind


def failed(run: int = 1) -> TranscriptFailed:
    data = FailedTranscript(recording_id=RECORDING, run=run, reason="Unsupported media format")
    return TranscriptFailed(
        source="callscribe/results", subject=f"{RECORDING}/{run}", time=after(52), data=data
    )


def test_a_call_is_told_of_by_its_legs() -> None:
    call = folded(*a_whole_call())

    assert (call.caller, call.called) == ("447700900001", "447700900002")
    assert call.direction == "inbound"
    assert (call.started_at, call.ended_at) == (after(1), after(23))
    assert call.seconds == 22
    assert call.price == Decimal("0.03")
    assert [leg.status for leg in call.legs] == ["completed", "completed"]


def test_a_recording_that_went_all_the_way_shows_each_stage_with_its_time_and_attempt() -> None:
    facts = [stored(attempt=2) if fact == stored() else fact for fact in a_whole_call()]

    [recording] = folded(*facts).recordings

    assert [it.stage for it in recording.stages] == list(Stage)
    assert [it.at for it in recording.stages] == [after(at) for at in (24, 30, 40, 50, 55)]
    assert recording.stages[1].attempt == 2
    assert (recording.status, recording.has_transcript, recording.channels) == ("ready", True, 2)


def test_a_call_that_goes_on_is_live() -> None:
    assert folded(happened("answered", 1)).status is Status.LIVE


def test_a_call_that_ended_without_a_recording_says_so() -> None:
    call = folded(completed(0, 23))

    assert (call.status, call.reason) == (Status.UNRECORDED, "no recording was announced")


def test_a_recording_on_its_way_is_in_progress() -> None:
    assert folded(announced(), stored()).status is Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("queue", "stage"),
    [
        ("recordings", Stage.STORED),
        ("transcriptions", Stage.STARTED),
        ("completions", Stage.PUBLISHED),
    ],
)
def test_a_parked_message_stops_the_stage_that_it_was_to_bring_about(
    queue: str, stage: Stage
) -> None:
    call = folded(announced(), parked(queue, "it is gone", recording_id=RECORDING))

    [stop] = call.stops
    assert (call.status, call.reason) == (Status.FAILED, "it is gone")
    assert (stop.stopped_before, stop.attempts, stop.can_be_retried) == (stage, 3, True)
    assert stop.advice


def test_a_stage_that_was_reached_after_all_is_no_failure() -> None:
    call = folded(announced(), parked("recordings", "gone", recording_id=RECORDING), stored(60))

    assert (call.status, call.stops) == (Status.IN_PROGRESS, ())


def test_a_parked_message_that_was_sent_again_is_no_failure() -> None:
    stopped = parked("recordings", "gone", recording_id=RECORDING)
    data = RetriedMessage(recording_id=RECORDING, parked_id=stopped.id)
    again = MessageRetried(source="web", subject=stopped.id, time=after(60), data=data)

    assert folded(announced(), stopped, again).status is Status.IN_PROGRESS


def test_a_job_that_failed_says_why_and_what_to_do() -> None:
    call = folded(announced(), stored(), started(), ended(status="FAILED"), failed())

    assert (call.status, call.reason) == (Status.FAILED, "Unsupported media format")
    assert call.advice == "Transcribe the recording again, if need be with other settings."
    assert not call.stops[0].can_be_retried


def test_a_new_run_leaves_the_failure_of_the_last_behind() -> None:
    call = folded(announced(), stored(), started(), failed(), stored(70, run=2))

    [recording] = call.recordings
    assert (call.status, recording.run) == (Status.IN_PROGRESS, 2)
    assert [it.stage for it in recording.stages] == [Stage.ANNOUNCED, Stage.STORED]


def test_the_last_transcript_stays_readable_while_the_next_is_made() -> None:
    [recording] = folded(*a_whole_call(), stored(70, run=2), started(80, run=2)).recordings

    assert (recording.status, recording.transcript_run) == (Status.IN_PROGRESS, 1)


def test_what_was_parked_in_an_earlier_run_does_not_stop_this_one() -> None:
    body = '{"data": {"run": 1}}'
    old = parked("transcriptions", "refused", body=body, recording_id=RECORDING)

    assert folded(announced(), stored(), old, stored(70, run=2)).status is Status.IN_PROGRESS


def test_a_set_has_finished_when_its_last_part_has() -> None:
    first, second = (ended(at, job=JobId(RECORDING, 1, n, 2)) for at, n in ((50, 1), (58, 2)))

    half = folded(announced(), stored(), started(), first)
    whole = folded(announced(), stored(), started(), second, first)

    assert half.recordings[0].stages[-1].stage is Stage.STARTED
    assert whole.recordings[0].stages[-1].at == after(58)


def test_a_recording_that_vonage_did_not_make_is_a_failure_that_nobody_can_mend() -> None:
    data = LostRecording(recording_id=RECORDING, conversation_id=CALL, reason="no audio", raw="{}")
    lost = RecordingLost(source="gateway", subject=RECORDING, time=after(24), data=data)

    call = folded(completed(0, 23), lost)

    assert (call.status, call.reason) == (Status.FAILED, "no audio")
    assert call.advice is not None
    assert call.advice.startswith("Nothing can be done")


def test_the_last_names_given_to_the_parties_count() -> None:
    given = [
        PartiesNamed(
            source="web",
            subject=str(at),
            time=after(at),
            data=NamedParties(recording_id=RECORDING, conversation_id=CALL, names=names),
        )
        for at, names in ((90, ("Ann", "Ben")), (80, ("Anne",)))
    ]

    [recording] = folded(*a_whole_call(), *given).recordings

    assert recording.names == ("Ann", "Ben")


@pytest.mark.parametrize(
    "said",
    [
        {"price": "NaN", "duration": "-1", "start_time": "soon", "end_time": 7},
        {"price": None, "from": {"number": "1"}, "to": ["2"]},
    ],
)
def test_what_vonage_says_wrongly_is_left_out(said: dict[str, Any]) -> None:
    call = folded(happened("completed", 9, **said), published())

    assert call.price is None
    assert call.legs[0].status == "completed"
