"""The local Transcribe as a process of its own, beside an emulator that has all the rest of AWS."""

import os
from collections.abc import Iterator

import pytest

from local.stack.children import Children
from local.stack.emulator import REGION
from tests.integration.local_transcribe.harness import (
    AUDIO,
    SAMPLE,
    TRANSCRIPTS,
    Emulator,
    LocalTranscribe,
    run,
)

# Whisper and its model are no part of the usual install, so its tests run when it is asked for.
collect_ignore = [] if os.environ.get("ASR") == "whisper" else ["test_whisper.py"]


@pytest.fixture(scope="session")
def running(aws: Emulator) -> Iterator[LocalTranscribe]:
    s3 = aws.client("s3")
    for bucket in (AUDIO, TRANSCRIPTS):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.upload_file(str(SAMPLE), AUDIO, "call.mp3")
    with Children(print) as children:
        yield run(children, aws)


@pytest.fixture
def transcribe(running: LocalTranscribe) -> Iterator[LocalTranscribe]:
    """Give the running process a prefix and a queue for one test, and a scenario that goes well."""
    own = LocalTranscribe(running.aws, running.address, running.process)
    own.listen()
    own.play()
    yield own
    own.play()
