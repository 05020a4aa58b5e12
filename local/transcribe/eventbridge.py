"""Tells EventBridge that a job has ended.

Source of the form: Amazon Transcribe Developer Guide, "Using Amazon EventBridge with Amazon
Transcribe". Only AWS may put events of ``aws.transcribe``, so the source is one of our own.
"""

import json
import logging
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.telemetry import facts
from local.transcribe.job import Job

if TYPE_CHECKING:
    from mypy_boto3_events.client import EventBridgeClient

logger = logging.getLogger(__name__)

DETAIL_TYPE: Final = "Transcribe Job State Change"


def detail(job: Job) -> dict[str, Any]:
    """Describe a job that has ended; neither its tags nor its files are named."""
    said = {"TranscriptionJobName": job.name, "TranscriptionJobStatus": job.status}
    return said | ({"FailureReason": job.failure} if job.failure else {})


class EventBridge:
    """Puts events on the account's default bus, once: like AWS's, one that fails is lost."""

    def __init__(self, client: "EventBridgeClient", *, source: str) -> None:
        self._client = client
        self._source = source

    def tell(self, job: Job) -> None:
        """Put the event of a job that has ended."""
        try:
            answer = self._client.put_events(
                Entries=[
                    {
                        "Source": self._source,
                        "DetailType": DETAIL_TYPE,
                        "Detail": json.dumps(detail(job)),
                        "Resources": [],
                    }
                ]
            )
        except (BotoCoreError, ClientError) as error:
            logger.warning("event lost", extra=facts(job=job.name, reason=type(error).__name__))
            return
        if answer["FailedEntryCount"]:
            reason = answer["Entries"][0].get("ErrorCode")
            logger.warning("event lost", extra=facts(job=job.name, reason=reason))
