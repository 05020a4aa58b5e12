"""Keeps how each job of a set ended, until all of them have."""

import logging
from collections.abc import Mapping

from pydantic import AwareDatetime

from callscribe.contracts import FinishedTranscription, TranscriptionSet
from callscribe.errors import PermanentError
from callscribe.names import outcome_prefix
from callscribe.telemetry import facts
from results.bucket import Bucket
from results.render import CONTENT_TYPES, Format

logger = logging.getLogger(__name__)


class Outcome(FinishedTranscription):
    """How a job ended, and when we were told."""

    ended_at: AwareDatetime


def keep(outcome: Outcome, planned: TranscriptionSet, bucket: Bucket) -> None:
    """Keep how a job of the set ended; the first of each kind stays, and completed wins.

    :raises PermanentError: if the set has no such job.
    :raises TransientError: if the bucket is not ready.
    """
    number = _number_of(outcome.job_name, planned)
    if outcome.status == "FAILED" and bucket.has(_key(planned, number, "COMPLETED")):
        logger.info("late failure ignored", extra=facts(reason=outcome.failure_reason))
        return
    bucket.put_once(
        _key(planned, number, outcome.status),
        outcome.model_dump_json().encode(),
        content_type=CONTENT_TYPES[Format.JSON],
    )


def kept(planned: TranscriptionSet, bucket: Bucket) -> Mapping[str, str]:
    """Give the key of the outcome that counts, by the name of the job, for all that ended.

    :raises TransientError: if the bucket is not ready.
    """
    there = bucket.list(outcome_prefix(planned.recording_id, planned.run))
    ended = {}
    for number, job in enumerate(planned.jobs, 1):
        keys = [_key(planned, number, status) for status in ("COMPLETED", "FAILED")]
        if key := next(filter(there.__contains__, keys), None):
            ended[job.job_name] = key
    return ended


def read(keys: Mapping[str, str], bucket: Bucket) -> dict[str, Outcome]:
    """Read the outcomes that ``kept`` has found, by the names of their jobs.

    :raises TransientError: if the bucket is not ready.
    """
    return {name: Outcome.model_validate_json(bucket.get(key) or b"") for name, key in keys.items()}


def _number_of(job_name: str, planned: TranscriptionSet) -> int:
    for number, job in enumerate(planned.jobs, 1):
        if job.job_name == job_name:
            return number
    raise PermanentError(f"the job {job_name} is none of those that transcribe the recording")


def _key(planned: TranscriptionSet, number: int, status: str) -> str:
    return f"{outcome_prefix(planned.recording_id, planned.run)}{number}.{status.lower()}.json"
