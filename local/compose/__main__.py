"""Places a call and follows it to the transcript: ``python -m local.compose [FILE]``."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import urllib3

from callscribe.aws import client
from local.compose.phone import Bucket, NoTranscriptError, Phone, steps, transcript
from local.vonage.terminal import described

VONAGE: Final = "http://vonage:8300"
TRANSCRIPTS_BUCKET: Final = "callscribe-transcripts"
SHARED: Final = Path("/data")
PATIENCE_SECONDS: Final = 300


def main(arguments: Sequence[str]) -> int:
    """Show the call's steps and its transcript, and give the exit status."""
    audio = Path(arguments[0]) if arguments else None
    phone = Phone(VONAGE, SHARED, urllib3.PoolManager(retries=False, timeout=30))
    try:
        call = phone.place(audio)
        for step in steps(phone, call):
            print(described(step), flush=True)
        recording_id = phone.page(call)["recording_uuid"]
        print(f"recording {recording_id}: waiting for its transcript", flush=True)
        bucket = Bucket(client("s3"), TRANSCRIPTS_BUCKET)
        print(transcript(bucket, recording_id, seconds=PATIENCE_SECONDS))
    except NoTranscriptError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
