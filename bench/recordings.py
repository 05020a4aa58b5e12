"""Has recordings stored: by a recorder of its own for each, or by the plain loop."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import boto3
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bench.fauxqs import CannotStartError, fauxqs
from bench.forgetful_s3 import ForgetfulS3
from bench.machine import cpu_seconds, peak_megabytes
from bench.program import run, running
from bench.report import CannotMeasureError
from bench.wav_source import WavSource, serving
from callscribe.contracts import AvailableRecording, RecordingAvailable, RecordingStored
from local.stack.emulator import REGION
from local.stack.ports import LOOPBACK, free_port

PATIENCE_SECONDS: Final = 60
POLL_SECONDS: Final = 10
BUCKET: Final = "audio"


@dataclass(frozen=True)
class Places:
    """Where everything is that both sides speak to: the source is ``host:port``."""

    source: str
    s3: str
    sqs: str


@dataclass(frozen=True)
class Run:
    """What one recording took: seconds, CPU seconds, and MB at the peak where that is known.

    ``announced`` is the seconds until it was announced, and so measured too.
    """

    seconds: float
    cpu: float
    peak: float = 0.0
    announced: float = 0.0


@contextmanager
def places() -> Iterator[Places]:
    """Run what both sides speak to.

    :raises CannotMeasureError: if the queues cannot be started.
    """
    try:
        with serving(WavSource) as source, serving(ForgetfulS3) as s3, fauxqs() as sqs:
            yield Places(source, f"http://{s3}", sqs)
    except CannotStartError as error:
        raise CannotMeasureError(str(error)) from None


def record(there: Places, size: int) -> Run:
    """Have a new recorder store a recording of so many bytes.

    :raises CannotMeasureError: if it does not.
    """
    sqs = _sqs(there)
    queues = {
        name: sqs.create_queue(QueueName=f"{name}-{uuid4().hex}")["QueueUrl"]
        for name in ("queue", "dead_letter", "transcriptions_queue", "call_events_queue")
    }
    port = free_port()
    health = f"http://{LOOPBACK}:{port}/health"
    with running("recorder", _environment(there, queues, port), health=health) as process:
        cpu, start = cpu_seconds(process), time.perf_counter()
        sqs.send_message(QueueUrl=queues["queue"], MessageBody=an_event(there.source, size))
        stored = _stored(sqs, queues["transcriptions_queue"])
        announced = time.perf_counter() - start
        seconds = ForgetfulS3.completed[f"{BUCKET}/{stored.data.key}"] - start
        if stored.data.size != size:
            raise CannotMeasureError(f"{stored.data.size} of {size} bytes were stored")
        return Run(seconds, cpu_seconds(process) - cpu, peak_megabytes(process), announced)


def copy(there: Places, size: int) -> Run:
    """Have a new process copy a recording of so many bytes with the plain loop."""
    said = run(
        "bench.copy_loop",
        *(there.source, f"/{size}", BUCKET, "copy"),
        environment={"AWS_ENDPOINT_URL_S3": there.s3},
    )
    return Run(**json.loads(said))


def an_event(source: str, size: int) -> str:
    """Announce a recording of so many bytes, another one each time."""
    recording_id = uuid4().hex
    data = AvailableRecording(
        recording_id=recording_id,
        conversation_id=f"CON-{recording_id}",
        url=f"http://{source}/{size}",
        size=size,
        raw="{}",
    )
    event = RecordingAvailable(
        source="callscribe/bench", subject=recording_id, time=datetime.now(UTC), data=data
    )
    return event.model_dump_json()


def _sqs(there: Places) -> Any:
    make: Any = boto3.client
    keys = {"aws_access_key_id": "bench", "aws_secret_access_key": "bench"}
    return make("sqs", endpoint_url=there.sqs, region_name=REGION, **keys)


def _environment(there: Places, queues: dict[str, str], port: int) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL_SQS": there.sqs,
        "AWS_ENDPOINT_URL_S3": there.s3,
        **{f"RECORDER_{name.upper()}_URL": url for name, url in queues.items()},
        "RECORDER_AUDIO_BUCKET": BUCKET,
        "RECORDER_APPLICATION_ID": str(uuid4()),
        "RECORDER_PRIVATE_KEY": _private_key(),
        "RECORDER_INSECURE_HOSTS": there.source,
        "RECORDER_HEALTH_HOST": LOOPBACK,
        "RECORDER_HEALTH_PORT": str(port),
        "RECORDER_POLL_WAIT": "1",
    }


def _stored(sqs: Any, url: str) -> RecordingStored:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        answer = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=POLL_SECONDS)
        for message in answer.get("Messages", ()):
            return RecordingStored.model_validate_json(message["Body"])
    raise CannotMeasureError(f"no recording was stored in {PATIENCE_SECONDS} s")


def _private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
