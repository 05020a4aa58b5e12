"""Makes one transcript of a set of jobs, as soon as all of them have ended."""

import logging
from collections.abc import Mapping, Sequence

from callscribe.contracts import FinishedTranscription, TranscriptionSet
from callscribe.errors import PermanentError
from callscribe.names import transcript_key
from callscribe.telemetry import facts
from results import outcomes, transcript
from results.bucket import Bucket
from results.failure import NO_REASON, Failure, is_fault_of_aws
from results.merger import Heard, merge
from results.outcomes import Outcome
from results.publication import fail, leave, publish, seen
from results.render import Format
from results.transcribe_file import TranscribeFile, parse
from results.transcript import Missing

logger = logging.getLogger(__name__)


def assemble(planned: TranscriptionSet, *, bucket: Bucket, channel_names: Sequence[str]) -> None:
    """Publish the transcript of a set if all of its jobs have ended, and it is not there yet.

    It is written again if a job that had failed was completed after all, and at no other time.

    :raises TransientError: if a file or the bucket is not ready, or another does the same now.
    :raises PermanentError: if a file is not understood.
    """
    there = seen(planned.recording_id, planned.run, bucket)
    ended = outcomes.kept(planned, bucket)
    if len(ended) < len(planned.jobs):
        logger.info("part ended", extra=facts(ended=len(ended), of=len(planned.jobs)))
        return
    ends = outcomes.read(ended, bucket)
    if ends and all(end.status == "FAILED" for end in ends.values()):
        fail(_failure(planned, ends), run=planned.run, bucket=bucket)
        return
    missing = _missing(planned, ends)
    if _is_published(planned, missing, there, bucket):
        leave(planned.recording_id, run=planned.run, bucket=bucket)
        return
    heard = _heard(planned, ends, bucket)
    merged = merge(planned, heard, missing=missing, channel_names=channel_names)
    publish(merged, run=planned.run, instead_of=there, bucket=bucket)


def result_of(finished: FinishedTranscription, bucket: Bucket) -> TranscribeFile:
    """Read what Amazon Transcribe heard.

    :raises TransientError: if the file is not there yet.
    :raises PermanentError: if it is not understood.
    """
    if finished.transcript_uri is None:
        raise PermanentError("the job is completed but does not say where its transcript is")
    return parse(bucket.read(finished.transcript_uri))


def _is_published(
    planned: TranscriptionSet,
    missing: Sequence[Missing],
    there: Mapping[str, str],
    bucket: Bucket,
) -> bool:
    """Tell whether the transcript is there, and lacks no more than it must."""
    key = transcript_key(planned.recording_id, Format.JSON, planned.run)
    content = bucket.get(key) if key in there else None
    return content is not None and transcript.read(content).missing == tuple(missing)


def _missing(planned: TranscriptionSet, ends: Mapping[str, Outcome]) -> list[Missing]:
    lacking = [
        Missing(
            channels=job.channels,
            start=job.start,
            end=round(job.start + job.duration, 3),
            reason=_reason(ends[job.job_name]),
            retryable=is_fault_of_aws(_reason(ends[job.job_name])),
        )
        for job in planned.jobs
        if ends[job.job_name].status == "FAILED"
    ]
    return sorted(lacking, key=lambda part: (part.start, part.channels))


def _heard(planned: TranscriptionSet, ends: Mapping[str, Outcome], bucket: Bucket) -> list[Heard]:
    return [
        Heard(
            file=result_of(ends[job.job_name], bucket),
            channels=job.channels,
            start=job.start,
            language=ends[job.job_name].language_code,
        )
        for job in planned.jobs
        if ends[job.job_name].status == "COMPLETED"
    ]


def _failure(planned: TranscriptionSet, ends: Mapping[str, Outcome]) -> Failure:
    reasons = [_reason(ends[job.job_name]) for job in planned.jobs]
    return Failure(
        recording_id=planned.recording_id,
        conversation_id=planned.conversation_id,
        reason="; ".join(dict.fromkeys(reasons)),
        failed_at=max(end.ended_at for end in ends.values()),
        retryable=all(map(is_fault_of_aws, reasons)),
    )


def _reason(end: Outcome) -> str:
    return end.failure_reason or NO_REASON
