"""Decides what becomes of a completion: a transcript, or the reason why there is none.

``transcript.json`` is written last. When it is there, all the other files are.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from callscribe.contracts import (
    Completion,
    Fact,
    FinishedTranscription,
    TranscribeJobChanged,
    TranscriptionFinished,
)
from callscribe.errors import PermanentError
from callscribe.job import Job, finished
from callscribe.names import failure_key, transcript_key
from callscribe.telemetry import bound, facts
from results.composer import compose
from results.failure import Failure, failure_of
from results.render import CONTENT_TYPES, Format, render
from results.transcribe_file import parse
from results.transcript import Transcript

logger = logging.getLogger(__name__)

EXPORTS = (Format.TXT, Format.VTT, Format.SRT)

Describe = Callable[[str], Job]
"""Asks Amazon Transcribe about the job of a name."""


class Bucket(Protocol):
    """Where Amazon Transcribe's files are, and ours go."""

    def read(self, uri: str) -> bytes:
        """Read the file that Amazon Transcribe wrote."""

    def has(self, key: str) -> bool:
        """Tell whether there is an object of this key."""

    def put_once(self, key: str, content: bytes, *, content_type: str) -> bool:
        """Write an object unless it is there, and tell whether it was written."""

    def delete(self, key: str) -> None:
        """Delete an object, be it there or not."""


class Table(Protocol):
    """Where facts are kept."""

    def keep(self, fact: Fact) -> bool:
        """Keep a fact unless it is there, and tell whether it was new."""


def keep(fact: Fact, *, table: Table) -> None:
    """Keep a fact about a call, once.

    :raises TransientError: if the table is not ready.
    :raises PermanentError: if the table refuses it.
    """
    new = table.keep(fact)
    logger.info("fact kept", extra=facts(type=fact.type, new=new))


def complete(
    event: Completion, *, describe: Describe, bucket: Bucket, channel_names: Sequence[str]
) -> None:
    """Publish the transcript of a job that ended well, or the reason of one that did not.

    :raises TransientError: if the job, its file or the bucket is not ready.
    :raises PermanentError: if the job is not ours, or its file is not understood.
    """
    if isinstance(event, TranscribeJobChanged):
        event = _described(event, describe)
    with bound(**event.trace):
        if event.data.status == "FAILED":
            _fail(failure_of(event.data, event.time), bucket)
        elif bucket.has(transcript_key(event.data.recording_id, Format.JSON)):
            bucket.delete(failure_key(event.data.recording_id))
            logger.info("transcript already there")
        else:
            _publish(_transcript(event.data, bucket, channel_names), bucket)


def _described(event: TranscribeJobChanged, describe: Describe) -> TranscriptionFinished:
    """Say of a job what AWS's own event leaves out, as the notifier does."""
    job = describe(event.detail.job_name)
    return TranscriptionFinished(
        source="callscribe/results",
        subject=job.recording_id,
        time=event.time,
        correlationid=job.correlation_id or event.id,
        data=finished(job),
    )


def _transcript(
    finished: FinishedTranscription, bucket: Bucket, channel_names: Sequence[str]
) -> Transcript:
    if finished.transcript_uri is None:
        raise PermanentError("the job is completed but does not say where its transcript is")
    return compose(
        parse(bucket.read(finished.transcript_uri)),
        recording_id=finished.recording_id,
        conversation_id=finished.conversation_id,
        language=finished.language_code,
        channel_names=channel_names,
    )


def _publish(transcript: Transcript, bucket: Bucket) -> None:
    for form in EXPORTS:
        _put(transcript, form, bucket)
    ours = _put(transcript, Format.JSON, bucket)
    bucket.delete(failure_key(transcript.recording_id))
    if ours:
        _tell(transcript)
    else:
        logger.info("transcript already there")


def _put(transcript: Transcript, form: Format, bucket: Bucket) -> bool:
    return bucket.put_once(
        transcript_key(transcript.recording_id, form),
        render(transcript, form),
        content_type=CONTENT_TYPES[form],
    )


def _tell(transcript: Transcript) -> None:
    logger.info(
        "transcript published",
        extra=facts(
            turns=len(transcript.turns),
            words=sum(len(turn.words) for turn in transcript.turns),
            language=transcript.language,
            duration=transcript.duration,
        ),
    )
    for turn in transcript.turns if logger.isEnabledFor(logging.DEBUG) else ():
        said = facts(start=turn.start, party=transcript.name_of(turn), text=turn.text)
        logger.debug("turn", extra=said)


def _fail(failure: Failure, bucket: Bucket) -> None:
    there = transcript_key(failure.recording_id, Format.JSON)
    if bucket.has(there):
        logger.info("late failure ignored", extra=facts(reason=failure.reason))
        return
    key = failure_key(failure.recording_id)
    content = failure.model_dump_json().encode()
    if bucket.put_once(key, content, content_type=CONTENT_TYPES[Format.JSON]):
        logger.warning("transcription failed", extra=facts(reason=failure.reason))
    # A transcript published since the first look would have found no failure to delete.
    if bucket.has(there):
        bucket.delete(key)
