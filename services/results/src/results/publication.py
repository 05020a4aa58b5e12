"""Publishes a transcript in every form, or the reason why there is none.

``transcript.json`` is written last. When it is there, all the other files are.

Nothing is locked. Whoever publishes looks first at what is there, then at what it is made from, and
writes an object only in place of the one it saw. So what is written over was never made from more.
"""

import logging
from collections.abc import Mapping

from callscribe.errors import TransientError
from callscribe.names import failure_key, transcript_key
from callscribe.telemetry import facts
from results.bucket import Bucket
from results.failure import Failure
from results.render import CONTENT_TYPES, Format, render
from results.transcript import Transcript

logger = logging.getLogger(__name__)

EXPORTS = (Format.TXT, Format.VTT, Format.SRT)


def seen(recording_id: str, run: int, bucket: Bucket) -> Mapping[str, str]:
    """Give the ETags of all forms of a transcript that are there, by their keys.

    :raises TransientError: if the bucket is not ready.
    """
    return bucket.list(transcript_key(recording_id, "", run))


def publish(
    transcript: Transcript, *, run: int, instead_of: Mapping[str, str], bucket: Bucket
) -> None:
    """Write every form of the transcript in place of what was ``seen``.

    :raises TransientError: if another writes the same transcript, or the bucket is not ready.
    """
    for form in (*EXPORTS, Format.JSON):
        key = transcript_key(transcript.recording_id, form, run)
        if not bucket.put(
            key,
            render(transcript, form),
            content_type=CONTENT_TYPES[form],
            instead_of=instead_of.get(key),
        ):
            raise TransientError("another process is writing the same transcript")
    bucket.delete(failure_key(transcript.recording_id, run))
    _tell(transcript)


def leave(recording_id: str, *, run: int, bucket: Bucket) -> None:
    """Leave the transcript that is there, which takes the place of a failure that came before.

    :raises TransientError: if the bucket is not ready.
    """
    bucket.delete(failure_key(recording_id, run))
    logger.info("transcript already there")


def fail(failure: Failure, *, run: int, bucket: Bucket) -> None:
    """Write why there is no transcript, once, unless there is one.

    :raises TransientError: if the bucket is not ready.
    """
    there = transcript_key(failure.recording_id, Format.JSON, run)
    if bucket.has(there):
        logger.info("late failure ignored", extra=facts(reason=failure.reason))
        return
    key = failure_key(failure.recording_id, run)
    content = failure.model_dump_json().encode()
    if bucket.put_once(key, content, content_type=CONTENT_TYPES[Format.JSON]):
        logger.warning("transcription failed", extra=facts(reason=failure.reason))
    # A transcript published since the first look would have found no failure to delete.
    if bucket.has(there):
        bucket.delete(key)


def _tell(transcript: Transcript) -> None:
    logger.info(
        "transcript published",
        extra=facts(
            turns=len(transcript.turns),
            words=sum(len(turn.words) for turn in transcript.turns),
            language=transcript.language,
            duration=transcript.duration,
            missing=len(transcript.missing),
        ),
    )
    for turn in transcript.turns if logger.isEnabledFor(logging.DEBUG) else ():
        said = facts(start=turn.start, party=transcript.name_of(turn), text=turn.text)
        logger.debug("turn", extra=said)
