"""Asks Amazon Transcribe about a job, and says of its errors what to do next."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NotConnectedError

from callscribe.errors import PermanentError, TransientError
from callscribe.job import Job, UnknownJobError, described

if TYPE_CHECKING:
    from mypy_boto3_transcribe.client import TranscribeServiceClient

REFUSED: Final = frozenset({"BadRequestException", "ValidationException"})
"""The codes of a request that is wrong in itself. Others pass: a throttle, a limit, a fault of
AWS's, and also a missing permission or an expired token, which an operator mends while it waits."""

UNKNOWN: Final = frozenset({"BadRequestException", "NotFoundException"})
"""What GetTranscriptionJob says of a job it does not know: AWS the first, its model the second."""

MAX_SAID: Final = 500
"""Characters of AWS's own message that are kept in ours."""


def describe(client: "TranscribeServiceClient", job_name: str) -> Job:
    """Ask Amazon Transcribe about a job of ours.

    :raises UnknownJobError: if there is no such job.
    :raises TransientError: if Transcribe cannot say now.
    """
    with plain_errors():
        try:
            answer = client.get_transcription_job(TranscriptionJobName=job_name)
        except ClientError as error:
            if error.response["Error"]["Code"] in UNKNOWN:
                raise UnknownJobError(f"Amazon Transcribe knows no job {job_name}") from error
            raise
    return described(answer["TranscriptionJob"])


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what boto3 raises in the block into one of the two kinds of failure.

    :raises TransientError: if asking again later can help.
    :raises PermanentError: if the request is wrong in itself, with AWS's own words.
    """
    try:
        yield
    except ClientError as error:
        said = error.response["Error"]
        if said["Code"] in REFUSED:
            reason = said.get("Message", said["Code"])[:MAX_SAID]
            raise PermanentError(f"Amazon Transcribe refused: {reason}") from error
        raise TransientError(f"Amazon Transcribe could not answer: {said['Code']}") from error
    except (NotConnectedError, HTTPClientError) as error:
        kind = type(error).__name__
        raise TransientError(f"Amazon Transcribe was not reached: {kind}") from error
