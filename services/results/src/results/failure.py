"""Why a recording has no transcript, for the people who wait for it."""

from typing import Final

from pydantic import AwareDatetime

from callscribe.contracts import FinishedTranscription, Message

NO_REASON: Final = "Amazon Transcribe gave no reason"


class Failure(Message):
    """What ``failure.json`` says: which recording, why, and when its job failed."""

    recording_id: str
    conversation_id: str | None = None
    reason: str
    failed_at: AwareDatetime


def failure_of(finished: FinishedTranscription, failed_at: AwareDatetime) -> Failure:
    """Describe a failed job, with the reason in Amazon Transcribe's own words."""
    return Failure(
        recording_id=finished.recording_id,
        conversation_id=finished.conversation_id,
        reason=finished.failure_reason or NO_REASON,
        failed_at=failed_at,
    )
