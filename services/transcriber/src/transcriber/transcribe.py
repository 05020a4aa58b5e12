"""Speaks to Amazon Transcribe."""

import logging
from typing import TYPE_CHECKING

from callscribe.errors import PermanentError, TransientError
from callscribe.job import UnknownJobError
from callscribe.telemetry import facts
from callscribe.transcribe import describe, plain_errors
from transcriber.job import TranscriptionJob
from transcriber.request import request

if TYPE_CHECKING:
    from mypy_boto3_transcribe.client import TranscribeServiceClient

logger = logging.getLogger(__name__)


class TranscribeJobs:
    """Starts jobs in Amazon Transcribe."""

    def __init__(self, client: "TranscribeServiceClient") -> None:
        self._client = client

    def start(self, job: TranscriptionJob) -> None:
        """Start the job, or adopt the one that was started for the same part before.

        :raises TransientError: if Transcribe is throttling, at a limit, failing or out of reach.
        :raises PermanentError: if it refuses the request, or the name stands for other audio.
        """
        with plain_errors():
            try:
                self._client.start_transcription_job(**request(job))
            except self._client.exceptions.ConflictException:
                self._adopt(job)

    def _adopt(self, job: TranscriptionJob) -> None:
        try:
            there = describe(self._client, job.name)
        except UnknownJobError as error:
            raise TransientError("the job of that name was deleted just now") from error
        if there.media_uri != job.media_uri:
            raise PermanentError(f"the job {job.name} already transcribes other audio")
        logger.info("job adopted", extra=facts(job_name=job.name, status=there.status))
