"""Amazon Transcribe's four job operations: a request goes in, an answer or an error comes out."""

import base64
import binascii
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from local.transcribe.answers import described, summed_up
from local.transcribe.constraints import OPERATIONS, check
from local.transcribe.errors import BadRequestError, RefusedError
from local.transcribe.job import Job
from local.transcribe.jobs import Jobs
from local.transcribe.places import Place, media_place, output_place
from local.transcribe.rules import check_together
from local.transcribe.scenario import Stage

NOT_READABLE: Final = (
    "The S3 URI that you provided can't be accessed. Make sure that you have read permission and "
    "try your request again."
)
NOT_WRITABLE: Final = (
    "The specified S3 bucket can't be accessed. Make sure you have write permission on the bucket "
    "and try your request again."
)
NO_BUCKET: Final = (
    "You must specify a value for outputBucketName because your account, {}, has opted out of "
    "using your content for quality improvements. Make sure you provide a value for "
    "outputBucketName and try your request again."
)
"""Source of all three: errors of AWS that users have published."""

NO_SUCH_PAGE: Final = "The NextToken that you provided isn't valid."
"""Not published, so the words are ours."""

PAGE: Final = 5
"""Jobs in a list unless ``MaxResults`` says more. Source: the service model."""

Request = Mapping[str, Any]
Answer = dict[str, Any]


class Access(Protocol):
    """What may be done with objects in S3."""

    def readable(self, place: Place) -> bool:
        """Tell whether an object is there."""

    def writable(self, place: Place) -> bool:
        """Tell whether an object may be written."""


class Operations:
    """Serves the operations; ``begin`` has a job done in the background."""

    def __init__(
        self,
        jobs: Jobs,
        stage: Stage,
        access: Access,
        *,
        begin: Callable[[Job], object],
        account: str,
        region: str,
        now: Callable[[], datetime],
    ) -> None:
        self._jobs = jobs
        self._stage = stage
        self._access = access
        self._begin = begin
        self._account = account
        self._region = region
        self._now = now

    def serve(self, operation: str, request: Any) -> Answer:
        """Serve one request.

        :raises RefusedError: with the error that AWS would give.
        """
        if operation not in OPERATIONS:
            raise RefusedError("UnknownOperationException")
        self._stage.admit()
        check(operation, request)
        serve = {
            "StartTranscriptionJob": self._start,
            "GetTranscriptionJob": self._get,
            "ListTranscriptionJobs": self._list,
            "DeleteTranscriptionJob": self._delete,
        }[operation]
        return serve({name: value for name, value in request.items() if value is not None})

    def _start(self, request: Request) -> Answer:
        check_together(request)
        if "OutputBucketName" not in request:
            raise BadRequestError(NO_BUCKET.format(self._account))
        media = media_place(request["Media"].get("MediaFileUri", ""))
        output = output_place(request)
        if media is None or not self._access.readable(media):
            raise BadRequestError(NOT_READABLE)
        if not self._access.writable(output):
            raise BadRequestError(NOT_WRITABLE)
        asked = Job(
            name=request["TranscriptionJobName"],
            request=request,
            media=media,
            output=output,
            scenario=self._stage.scenario,
            created=self._now(),
        )
        waits = request.get("JobExecutionSettings", {}).get("AllowDeferredExecution", False)
        job = self._jobs.add(asked, may_wait=waits)
        self._begin(job)
        return {"TranscriptionJob": described(job, region=self._region)}

    def _get(self, request: Request) -> Answer:
        job = self._jobs.get(request["TranscriptionJobName"])
        return {"TranscriptionJob": described(job, region=self._region)}

    def _list(self, request: Request) -> Answer:
        wanted = [job for job in self._jobs.newest_first() if _matches(job, request)]
        first = _position(request.get("NextToken"))
        last = first + request.get("MaxResults", PAGE)
        answer: Answer = {"TranscriptionJobSummaries": list(map(summed_up, wanted[first:last]))}
        if last < len(wanted):
            answer["NextToken"] = _token(last)
        if "Status" in request:
            answer["Status"] = request["Status"]
        return answer

    def _delete(self, request: Request) -> Answer:
        self._jobs.remove(request["TranscriptionJobName"])
        return {}


def _matches(job: Job, request: Request) -> bool:
    part = request.get("JobNameContains", "").lower()
    return part in job.name.lower() and request.get("Status") in (None, job.status)


def _token(position: int) -> str:
    return base64.b64encode(f"jobs {position}".encode()).decode()


def _position(token: str | None) -> int:
    if token is None:
        return 0
    try:
        return int(base64.b64decode(token, validate=True).removeprefix(b"jobs "))
    except (ValueError, binascii.Error):
        raise BadRequestError(NO_SUCH_PAGE) from None
