"""Says in plain words what to do about what went wrong."""

import re
from typing import Final

from callscribe.names import QueueName
from results.ledger.views import Stage

STAGE_AFTER: Final = {
    QueueName.RECORDINGS: Stage.STORED,
    QueueName.TRANSCRIPTIONS: Stage.STARTED,
    QueueName.COMPLETIONS: Stage.PUBLISHED,
}
"""What a message on each queue would have brought about."""

LOST: Final = "Nothing can be done: Vonage made no audio. Look at the call in its dashboard."
AGAIN: Final = "Transcribe the recording again, if need be with other settings."
UNKNOWN: Final = "Look at the worker's log of that time, mend the cause, then retry."

_BY_REASON: Final = (
    (r"not understood", "The message is not of a version that is known: upgrade, then retry."),
    (
        r"\b401\b|unauthori[sz]ed|refused our token",
        "Check the application id and the private key of the recorder, then retry.",
    ),
    (r"\bhost\b|allow", "Check that the recorder's allowed hosts name the address, then retry."),
    (
        r"\bgone\b|\b404\b|\b410\b|not there",
        "Vonage keeps recordings for 30 days. If it is younger than that, retry.",
    ),
    (r"not audio|empty", "The file cannot be heard; retry only if Vonage has mended it."),
    (
        r"too big|bytes, at most|max_bytes",
        "Raise the limit on the size in the worker's settings, then retry.",
    ),
    (r"given up after", "What it needed was out of reach for long. When it is back, retry."),
)

_BY_QUEUE: Final = {
    QueueName.RECORDINGS: "Check that Vonage still has the recording, then retry.",
    QueueName.TRANSCRIPTIONS: "Check the transcriber's settings, then retry.",
    QueueName.COMPLETIONS: "Look at Amazon Transcribe's file, then retry or transcribe again.",
    QueueName.CALL_EVENTS: "The call's record may lack a detail; retry when the cause is mended.",
}


def advice_on(queue: str, reason: str) -> str:
    """Advise on a message that was parked for a reason."""
    for pattern, advice in _BY_REASON:
        if re.search(pattern, reason, re.IGNORECASE):
            return advice
    return next((advice for known, advice in _BY_QUEUE.items() if known == queue), UNKNOWN)


def stage_after(queue: str) -> Stage | None:
    """Tell which stage a message of a queue leads to, if it leads to one."""
    return next((stage for known, stage in STAGE_AFTER.items() if known == queue), None)
