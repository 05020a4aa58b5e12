"""What goes wrong on a call's way, and how it ends all the same."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from callscribe.contracts import (
    FinishedTranscription,
    Part,
    RecordingStored,
    StoredRecording,
    TranscriptionFinished,
)
from callscribe.names import JobId, QueueName, job_name
from tests.e2e.journey import Call, Journey

pytestmark = pytest.mark.journey


def a_wav(path: Path, *, seconds: float, channels: int = 2) -> Path:
    soundfile.write(path, np.zeros((int(16_000 * seconds), channels), "int16"), 16_000)
    return path


@pytest.mark.parametrize(
    "scenario",
    [
        {"events_twice": True, "recording_twice": True},
        {"out_of_order": True},
        {"transfer": True},
        {"get_webhooks": True},
        {"transcription": True},
        {"not_ready": 2},
        {"download_errors": 2},
        {"throttled": 1},
        {"truncated": 1},
        {"slow": 100_000},
    ],
    ids="+".join,
)
def test_a_call_with_trouble_on_its_way_ends_as_one_transcript(
    direct: Journey, scenario: dict[str, Any]
) -> None:
    call = direct.place(**scenario)

    transcript = direct.transcript_of(call)

    assert len(transcript["turns"]) > 6
    assert len(direct.recordings(call)) == 1
    assert direct.jobs().count(job_name(JobId(call.recording_id))) == 1


@pytest.mark.parametrize("wrong", ["wrong_signature", "wrong_payload_hash", "old_token"])
def test_webhooks_that_are_not_genuine_are_refused(direct: Journey, wrong: str) -> None:
    scenario: dict[str, Any] = {wrong: True}
    call = direct.place(**scenario)

    said = direct.call_over(call)

    refused = {step["status"] for step in said["steps"] if step["name"] != "answer"}
    assert refused == {401}
    assert not direct.recordings(call)


def test_a_recording_that_is_gone_is_parked_with_the_reason(direct: Journey) -> None:
    call = direct.place(gone=True)

    [reason] = direct.wait_for(lambda: direct.parked(QueueName.RECORDINGS, call.recording_id))

    assert "deleted" in reason
    assert not direct.recordings(call)


def test_a_recording_that_vonage_lost_is_a_fact_of_the_call(direct: Journey) -> None:
    call = direct.place(empty_recording=True)

    assert direct.wait_for(lambda: "recording.lost.v1" in direct.facts_of(call))
    assert not direct.parked(QueueName.RECORDINGS, call.recording_id)


def test_silence_is_a_transcript_without_turns(direct: Journey, tmp_path: Path) -> None:
    call = direct.place(a_wav(tmp_path / "silence.wav", seconds=3))

    transcript = direct.transcript_of(call)

    assert transcript["turns"] == []
    assert [party["name"] for party in transcript["parties"]] == ["Caller", "Callee"]


@pytest.mark.parametrize("seconds", [0.2, 3.0])
def test_a_recording_on_which_nobody_speaks_costs_no_job_and_says_so(
    direct: Journey, tmp_path: Path, seconds: float
) -> None:
    call = direct.place(a_wav(tmp_path / "silence.wav", seconds=seconds))

    transcript = direct.transcript_of(call)

    assert transcript["turns"] == []
    assert direct.export_of(call, "txt") == "No speech.\n"
    assert job_name(JobId(call.recording_id)) not in direct.jobs()
    assert not direct.parked(QueueName.TRANSCRIPTIONS, call.recording_id)


def stored_again(direct: Journey, call: Call) -> str:
    """The recorder's message, as it was sent when the call came."""
    [key] = direct.recordings(call)
    [said, *_] = direct.lines.facts(event="recording stored", recording_id=call.recording_id)
    data = StoredRecording(
        recording_id=call.recording_id,
        conversation_id=call.conversation_id,
        bucket=direct.stack.resources.audio_bucket,
        key=key,
        media_format=said["format"],
        channels=said["channels"],
        sample_rate=said["sample_rate"],
        duration=said["duration"],
        size=said["size"],
        parts=[
            Part(
                key=key,
                media_format=said["format"],
                channels=tuple(range(said["channels"])),
                duration=said["duration"],
                size=said["size"],
            )
        ],
    )
    return RecordingStored(
        source="callscribe/recorder", subject=call.recording_id, time=datetime.now(UTC), data=data
    ).model_dump_json()


def ended(call: Call, status: str) -> str:
    """A completion of the call's job, as the notifier would tell it."""
    data = FinishedTranscription.model_validate(
        {
            "recording_id": call.recording_id,
            "conversation_id": call.conversation_id,
            "job_name": job_name(JobId(call.recording_id)),
            "status": status,
            "failure_reason": "too late" if status == "FAILED" else None,
        }
    )
    return TranscriptionFinished(
        source="callscribe/notifier", subject=call.recording_id, time=datetime.now(UTC), data=data
    ).model_dump_json()


def test_every_message_delivered_twice_changes_nothing(direct: Journey) -> None:
    call = direct.place(recording_twice=True, events_twice=True)
    first = direct.transcript_of(call)
    published = {"event": "transcript already there", "recording_id": call.recording_id}
    adopted = {"event": "job adopted", "recording_id": call.recording_id}

    direct.resend(QueueName.TRANSCRIPTIONS, stored_again(direct, call))
    direct.resend(QueueName.COMPLETIONS, ended(call, "COMPLETED"))

    assert direct.wait_for(lambda: direct.lines.facts(**adopted))
    assert direct.wait_for(lambda: direct.lines.facts(**published))
    assert direct.transcript_of(call) == first
    assert len(direct.recordings(call)) == 1
    assert direct.jobs().count(job_name(JobId(call.recording_id))) == 1


def test_a_late_failure_does_not_undo_a_transcript(direct: Journey) -> None:
    call = direct.place()
    first = direct.transcript_of(call)

    direct.resend(QueueName.COMPLETIONS, ended(call, "FAILED"))

    ignored = {"event": "late failure ignored", "recording_id": call.recording_id}
    assert direct.wait_for(lambda: direct.lines.facts(**ignored))
    assert direct.transcript_of(call) == first
    assert not direct.has_failure(call)
