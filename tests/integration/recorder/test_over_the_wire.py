"""The recorder as it is deployed: processes between two queues, Vonage and a bucket."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from time import monotonic
from typing import Any, Protocol
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from callscribe.contracts import RecordingAvailable, RecordingStored
from local.stack.children import Children
from local.stack.emulator import REGION, credentials
from recorder.parts import PART_BYTES
from recorder.s3 import S3Audio
from recorder.testing import audio, noise, written
from tests.integration.recorder.loopback import Loopback, Reply

pytestmark = pytest.mark.emulator

PATIENCE = 30.0
"""Seconds for a process to start and to handle what waits for it."""

WAV = audio("WAV", "PCM_16", channels=2, seconds=200)
"""12.8 MB: two parts."""

MP3 = audio("MP3", channels=2, seconds=5)
FIVE = audio("WAV", channels=5, seconds=20)


class Emulator(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


class Deployed:
    """Queues and a bucket of their own, and as many recorders as are started."""

    def __init__(self, aws: Emulator, vonage: Loopback, folder: Path) -> None:
        self.s3, self._sqs, self._vonage = aws.client("s3"), aws.client("sqs"), vonage
        self.bucket = f"audio-{uuid4().hex}"
        self.s3.create_bucket(
            Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        self._urls = {
            name: self._sqs.create_queue(QueueName=f"{name}-{uuid4().hex}")["QueueUrl"]
            for name in ("recordings", "dead-letter", "transcriptions", "call-events")
        }
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        path = folder / "private.key"
        path.write_bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        self.lines: list[dict[str, Any]] = []
        self._environment = {
            **credentials(),
            "AWS_ENDPOINT_URL": aws.endpoint,
            "RECORDER_QUEUE_URL": self._urls["recordings"],
            "RECORDER_DEAD_LETTER_URL": self._urls["dead-letter"],
            "RECORDER_TRANSCRIPTIONS_QUEUE_URL": self._urls["transcriptions"],
            "RECORDER_CALL_EVENTS_QUEUE_URL": self._urls["call-events"],
            "RECORDER_AUDIO_BUCKET": self.bucket,
            "RECORDER_APPLICATION_ID": "app-1",
            "RECORDER_PRIVATE_KEY_PATH": str(path),
            "RECORDER_INSECURE_HOSTS": vonage.host,
            "RECORDER_POLL_WAIT": "1",
            "RECORDER_RETRY_BASE": "0.1",
            "RECORDER_HEALTH_HOST": "127.0.0.1",
            "RECORDER_HEALTH_PORT": "0",
        }

    def start(self, children: Children) -> None:
        children.start("recorder", ["-m", "recorder"], self._environment)

    def hear(self, _: str, line: str) -> None:
        self.lines.append(json.loads(line))

    def announce(self, recording_id: str, *, size: int | None = None) -> None:
        event = RecordingAvailable.model_validate(
            {
                "source": "callscribe/webhook-gateway",
                "subject": recording_id,
                "time": datetime.now(UTC),
                "correlationid": "correlation-1",
                "data": {
                    "recording_id": recording_id,
                    "conversation_id": "CON-1",
                    "url": self._vonage.url(),
                    "size": size,
                    "raw": "{}",
                },
            }
        )
        self._sqs.send_message(
            QueueUrl=self._urls["recordings"], MessageBody=event.model_dump_json()
        )

    def messages(self, queue: str, count: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        deadline = monotonic() + PATIENCE
        while len(found) < count and monotonic() < deadline:
            answer = self._sqs.receive_message(
                QueueUrl=self._urls[queue],
                MaxNumberOfMessages=10,
                WaitTimeSeconds=1,
                MessageAttributeNames=["All"],
            )
            found += answer.get("Messages", ())
        assert len(found) == count, self.lines
        return found

    def stored(self, count: int) -> list[RecordingStored]:
        return [
            RecordingStored.model_validate_json(message["Body"])
            for message in self.messages("transcriptions", count)
        ]

    @property
    def audio(self) -> dict[str, bytes]:
        """The objects but for the descriptions."""
        return {key: found for key, found in self.objects.items() if not key.endswith(".json")}

    @property
    def objects(self) -> dict[str, bytes]:
        listed = self.s3.list_objects_v2(Bucket=self.bucket).get("Contents", [])
        assert "Uploads" not in self.s3.list_multipart_uploads(Bucket=self.bucket)
        return {
            found["Key"]: self.s3.get_object(Bucket=self.bucket, Key=found["Key"])["Body"].read()
            for found in listed
        }


@pytest.fixture
def deployed(aws: Emulator, vonage: Loopback, tmp_path: Path) -> Deployed:
    return Deployed(aws, vonage, tmp_path)


@pytest.fixture
def children(deployed: Deployed) -> Iterator[Children]:
    with ExitStack() as stack:
        yield stack.enter_context(Children(deployed.hear))


def test_a_recording_goes_from_vonage_to_the_bucket_and_is_announced(
    deployed: Deployed, vonage: Loopback, children: Children
) -> None:
    vonage.will(Reply(status=404), Reply(status=503), Reply(MP3))
    deployed.start(children)

    deployed.announce("rec-1", size=len(MP3))

    [stored] = deployed.stored(1)
    assert stored.data.size == len(MP3)
    assert stored.correlationid == "correlation-1"
    assert deployed.audio == {"recordings/rec-1/audio.mp3": MP3}
    [fact] = deployed.messages("call-events", 1)
    assert RecordingStored.model_validate_json(fact["Body"]) == stored
    [line] = [line for line in deployed.lines if line["event"] == "recording stored"]
    assert (line["recording_id"], line["attempt"]) == ("rec-1", 3)


def test_vonage_is_shown_a_genuine_token_and_the_log_is_not(
    deployed: Deployed, vonage: Loopback, children: Children
) -> None:
    vonage.will(Reply(MP3))
    deployed.start(children)

    deployed.announce("rec-1")
    deployed.stored(1)

    [(_, headers)] = vonage.asked
    token = headers["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, deployed.key.public_key(), algorithms=["RS256"])
    assert claims["application_id"] == "app-1"
    assert token not in json.dumps(deployed.lines)
    assert vonage.host not in json.dumps(deployed.lines)


def test_what_is_not_audio_is_parked_with_the_reason(
    deployed: Deployed, vonage: Loopback, children: Children
) -> None:
    vonage.will(Reply(b"<html>"))
    deployed.start(children)

    deployed.announce("rec-1")

    [parked] = deployed.messages("dead-letter", 1)
    reason = parked["MessageAttributes"]["reason"]["StringValue"]
    assert reason == "a web page came instead of the recording"
    assert deployed.objects == {}


@pytest.mark.parametrize(("content", "name"), [(MP3, "mp3"), (WAV, "wav")])
def test_one_recording_delivered_twice_to_two_recorders_at_once_is_one_object(
    deployed: Deployed, vonage: Loopback, children: Children, content: bytes, name: str
) -> None:
    vonage.will(Reply(content))
    vonage.together = Barrier(2)  # both have seen that it is not there when either downloads it
    deployed.start(children)
    deployed.start(children)

    deployed.announce("rec-1")
    deployed.announce("rec-1")

    first, second = deployed.stored(2)
    assert first.id == second.id
    assert first.data == second.data
    assert deployed.audio == {f"recordings/rec-1/audio.{name}": content}


def test_a_recording_of_five_channels_delivered_twice_at_once_is_cut_into_the_same_parts(
    deployed: Deployed, vonage: Loopback, children: Children
) -> None:
    vonage.will(Reply(FIVE))
    vonage.together = Barrier(2)
    deployed.start(children)
    deployed.start(children)

    deployed.announce("rec-1")
    deployed.announce("rec-1")

    first, second = deployed.stored(2)
    assert first.data == second.data
    assert [part.channels for part in first.data.parts] == [(0, 1), (2, 3), (4,)]
    assert {part.key: part.size for part in first.data.parts} == {
        key: len(content) for key, content in deployed.objects.items() if "/parts/" in key
    }


def test_a_call_of_silence_has_no_parts_and_one_cut_short_is_parked(
    deployed: Deployed, vonage: Loopback, children: Children
) -> None:
    silence = written(noise(channels=2, silent=[0, 1]), "WAV")
    vonage.will(Reply(silence), Reply(WAV[: len(WAV) // 2]))
    deployed.start(children)

    deployed.announce("rec-1")
    [stored] = deployed.stored(1)
    deployed.announce("rec-2")
    [parked] = deployed.messages("dead-letter", 1)

    assert stored.data.parts == ()
    reason = parked["MessageAttributes"]["reason"]["StringValue"]
    assert reason.startswith("the recording is cut short: ")


@pytest.mark.parametrize("size", [1000, PART_BYTES + 1000])
def test_an_s3_on_the_wire_keeps_what_was_written_first(deployed: Deployed, size: int) -> None:
    store = S3Audio(deployed.s3, deployed.bucket)
    store.write("rec-1", "wav", iter([b"1" * size]))

    key = store.write("rec-1", "wav", iter([b"2" * size]))

    assert deployed.objects == {key: b"1" * size}
    assert deployed.s3.head_object(Bucket=deployed.bucket, Key=key)["ContentType"] == "audio/wav"
