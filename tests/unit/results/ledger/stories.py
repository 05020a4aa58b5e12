"""Facts as they come in the life of a call, for the tests of the ledger."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from callscribe.contracts import (
    AvailableRecording,
    CallEvent,
    Fact,
    FinishedTranscription,
    MessageParked,
    ParkedMessage,
    Part,
    PartJob,
    ReadyTranscript,
    RecordingAvailable,
    RecordingStored,
    StoredRecording,
    TranscriptionFinished,
    TranscriptionSet,
    TranscriptionStarted,
    TranscriptReady,
    VonageEvent,
)
from callscribe.names import JobId, job_name

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CALLER, CALLEE, OURS = "447700900001", "447700900002", "447700900003"
CALL, RECORDING = "CON-1", "rec-1"


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def happened(
    kind: str, at: float = 0, *, leg: str = "leg-1", call: str = CALL, **said: Any
) -> Fact:
    inbound = leg == "leg-1"
    numbers = {"from": CALLER, "to": OURS} if inbound else {"from": OURS, "to": CALLEE}
    raw = {
        "status": kind,
        "uuid": leg,
        "direction": "inbound" if inbound else "outbound",
        **numbers,
        **said,
    }
    data = VonageEvent(
        conversation_id=call, kind=kind, leg_id=leg, occurred_at=after(at), raw=json.dumps(raw)
    )
    subject = f"{call}/{leg}/{kind}"
    return CallEvent(
        source="callscribe/webhook-gateway", subject=subject, time=after(at), data=data
    )


def completed(start: float, end: float, *, leg: str = "leg-1", price: str = "0.01") -> Fact:
    return happened(
        "completed",
        end,
        leg=leg,
        start_time=after(start).isoformat(),
        end_time=after(end).isoformat(),
        duration=str(int(end - start)),
        price=price,
    )


def transferred(source: str, target: str, at: float = 12) -> Fact:
    raw = {"type": "transfer", "conversation_uuid_from": source, "conversation_uuid_to": target}
    data = VonageEvent(conversation_id=target, kind="transfer", leg_id="leg-1", raw=json.dumps(raw))
    return CallEvent(
        source="callscribe/webhook-gateway",
        subject=f"{target}/transfer",
        time=after(at),
        data=data,
    )


def announced(at: float = 24, *, call: str = CALL, recording: str = RECORDING) -> Fact:
    data = AvailableRecording(
        recording_id=recording,
        conversation_id=call,
        url="https://api.nexmo.com/v1/files/1",
        started_at=NOON,
        ended_at=after(23),
        raw="{}",
    )
    return RecordingAvailable(
        source="callscribe/webhook-gateway", subject=recording, time=after(at), data=data
    )


def stored(at: float = 30, *, run: int = 1, attempt: int | None = None) -> RecordingStored:
    key = f"recordings/{RECORDING}/audio.mp3"
    data = StoredRecording(
        recording_id=RECORDING,
        conversation_id=CALL,
        bucket="callscribe-audio",
        key=key,
        media_format="mp3",
        channels=2,
        sample_rate=16000,
        duration=23,
        size=178830,
        parts=(Part(key=key, media_format="mp3", channels=(0, 1), duration=23, size=178830),),
        run=run,
    )
    return RecordingStored(
        source="callscribe/recorder",
        subject=f"{RECORDING}/{run}",
        time=after(at),
        data=data,
        attempt=attempt,
    )


def started(at: float = 40, *, run: int = 1) -> Fact:
    job = PartJob(job_name=job_name(JobId(RECORDING, run)), channels=(0, 1), duration=23)
    data = TranscriptionSet(
        recording_id=RECORDING, conversation_id=CALL, run=run, channels=2, duration=23, jobs=(job,)
    )
    return TranscriptionStarted(
        source="callscribe/transcriber", subject=f"{RECORDING}/{run}", time=after(at), data=data
    )


def ended(at: float = 50, *, job: JobId | None = None, status: Any = "COMPLETED") -> Fact:
    name = job_name(job or JobId(RECORDING))
    data = FinishedTranscription(recording_id=RECORDING, job_name=name, status=status)
    return TranscriptionFinished(
        source="callscribe/results", subject=name, time=after(at), data=data
    )


def published(at: float = 55, *, run: int = 1) -> Fact:
    data = ReadyTranscript(recording_id=RECORDING, run=run, bucket="transcripts", key="key")
    return TranscriptReady(
        source="callscribe/results", subject=f"{RECORDING}/{run}", time=after(at), data=data
    )


def parked(queue: str, reason: str, at: float = 35, *, body: str = "{}", **ids: str) -> Fact:
    data = ParkedMessage(queue=queue, reason=reason, attempts=3, body=body, **ids)
    return MessageParked(
        source="callscribe/recorder", subject=f"{queue}/message-1", time=after(at), data=data
    )


def a_whole_call() -> list[Fact]:
    return [
        happened("started", 0),
        happened("answered", 1),
        happened("ringing", 1, leg="leg-2"),
        happened("answered", 2, leg="leg-2"),
        completed(2, 22, leg="leg-2", price="0.02"),
        completed(1, 23),
        announced(),
        stored(),
        started(),
        ended(),
        published(),
    ]
