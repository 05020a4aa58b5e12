"""Why a recording has no transcript, for the people who wait for it."""

from typing import Final

from pydantic import AwareDatetime

from callscribe.contracts import FinishedTranscription, Message

NO_REASON: Final = "Amazon Transcribe gave no reason"


class Failure(Message):
    """What ``failure.json`` says: which recording, why, and when its job failed.

    ``retryable`` says that the fault was AWS's own, so that asking once more may help.
    """

    recording_id: str
    conversation_id: str | None = None
    reason: str
    failed_at: AwareDatetime
    retryable: bool = False


def is_fault_of_aws(reason: str) -> bool:
    """Tell whether another job may do better: AWS says "Internal…" of what was its own fault."""
    return reason.startswith("Internal")


def failure_of(finished: FinishedTranscription, failed_at: AwareDatetime) -> Failure:
    """Describe a failed job, with the reason in Amazon Transcribe's own words."""
    reason = finished.failure_reason or NO_REASON
    return Failure(
        recording_id=finished.recording_id,
        conversation_id=finished.conversation_id,
        reason=reason,
        failed_at=failed_at,
        retryable=is_fault_of_aws(reason),
    )
