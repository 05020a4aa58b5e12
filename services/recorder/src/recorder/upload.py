"""Writes one object to S3 unless it is there: at once, or in parts as they come.

S3 checks the CRC-32 of all that arrives.
"""

import logging
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.telemetry import facts

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

logger = logging.getLogger(__name__)

Request = dict[str, Any]
"""Arguments of a call: boto3-stubs do not know that boto3 takes a bytearray, which saves a copy."""


def put(client: "S3Client", content: bytearray, target: Request) -> None:
    """Write what fits into one request; ``target`` is bucket, key and content type.

    :raises ClientError: ``PreconditionFailed`` if the object is there.
    """
    request: Request = {"Body": content, "IfNoneMatch": "*", "ChecksumAlgorithm": "CRC32"}
    client.put_object(**target, **request)


def upload(client: "S3Client", parts: Iterable[bytearray], target: Request) -> None:
    """Write an object in parts, and leave nothing behind on failure.

    One part is on its way while the next one is read; what reading it raises comes through.

    :raises ClientError: ``PreconditionFailed`` if the object is there.
    """
    begun = client.create_multipart_upload(**target, ChecksumAlgorithm="CRC32")
    ours = {name: target[name] for name in ("Bucket", "Key")} | {"UploadId": begun["UploadId"]}
    try:
        sent = _send(client, ours, parts)
        client.complete_multipart_upload(**ours, MultipartUpload={"Parts": sent}, IfNoneMatch="*")
    except BaseException:
        _abort(client, ours)
        raise


def _send(client: "S3Client", ours: Request, parts: Iterable[bytearray]) -> Any:
    sent: list[Future[Request]] = []
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="part") as uploader:
        for number, part in enumerate(parts, start=1):
            if sent:
                sent[-1].result()  # else parts would pile up in memory when S3 is the slower side
            sent.append(uploader.submit(_send_part, client, ours, number, part))
    return [future.result() for future in sent]


def _send_part(client: "S3Client", ours: Request, number: int, part: bytearray) -> Request:
    request: Request = {"PartNumber": number, "Body": part, "ChecksumAlgorithm": "CRC32"}
    answer = client.upload_part(**ours, **request)
    sent: Request = {"PartNumber": number, "ETag": answer["ETag"]}
    if "ChecksumCRC32" in answer:  # some emulators of S3 know no checksums
        sent["ChecksumCRC32"] = answer["ChecksumCRC32"]
    return sent


def _abort(client: "S3Client", ours: Request) -> None:
    try:
        client.abort_multipart_upload(**ours)
    except (BotoCoreError, ClientError) as error:
        # The bucket's lifecycle rule removes what is left.
        logger.warning("upload not aborted", extra=facts(reason=type(error).__name__))
