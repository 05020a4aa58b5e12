"""Is the recorder's baseline: copies a recording from a socket to S3, 8 MiB at a time.

Prints the seconds and the CPU seconds that took as one JSON object. It checks nothing and describes
nothing.
"""

import json
import time
from argparse import ArgumentParser
from http.client import HTTPConnection
from typing import Any

import boto3

from recorder.parts import PART_BYTES


def copy(source: str, path: str, *, s3: Any, bucket: str, key: str) -> None:
    """Read a part, upload it, and so on."""
    connection = HTTPConnection(source)
    connection.request("GET", path)
    response = connection.getresponse()
    target = {"Bucket": bucket, "Key": key}
    target["UploadId"] = s3.create_multipart_upload(**target)["UploadId"]
    parts: list[dict[str, Any]] = []
    while part := response.read(PART_BYTES):
        number = len(parts) + 1
        uploaded = s3.upload_part(**target, PartNumber=number, Body=part)
        parts.append({"PartNumber": number, "ETag": uploaded["ETag"]})
    s3.complete_multipart_upload(**target, MultipartUpload={"Parts": parts})
    connection.close()


def main() -> None:
    """Copy as the arguments say."""
    options = ArgumentParser(description=__doc__)
    for name in ("source", "path", "bucket", "key"):
        options.add_argument(name)
    asked = options.parse_args()
    s3 = boto3.client("s3")
    seconds, cpu = time.perf_counter(), time.process_time()
    copy(asked.source, asked.path, s3=s3, bucket=asked.bucket, key=asked.key)
    took = {"seconds": time.perf_counter() - seconds, "cpu": time.process_time() - cpu}
    print(json.dumps(took))


if __name__ == "__main__":
    main()
