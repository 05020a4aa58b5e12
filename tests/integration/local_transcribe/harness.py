"""The local Transcribe as a process, and all that a test does with it over the wire."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Protocol
from uuid import uuid4

import boto3
import urllib3
from botocore.config import Config

from local.stack.children import Child, Children
from local.stack.emulator import REGION, credentials
from local.stack.ports import LOOPBACK, free_port

SAMPLE = Path(__file__).parents[3] / "local" / "sample" / "call.mp3"
AUDIO = "local-transcribe-audio"
TRANSCRIPTS = "local-transcribe-transcripts"
PATIENCE = 60.0
"""Seconds for a job to end on a busy machine."""


class Emulator(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


@dataclass
class LocalTranscribe:
    """The process, a client of it, and the queue that its events of this test come to."""

    aws: Emulator
    address: str
    process: Child
    prefix: str = field(default_factory=lambda: f"test-{uuid4().hex[:8]}-")
    queue_url: str = ""

    def client(self, **config: Any) -> Any:
        make: Any = boto3.client
        return make(
            "transcribe",
            endpoint_url=self.address,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(**config),
        )

    def listen(self) -> None:
        """Have the events of jobs with this test's prefix sent to a queue of its own."""
        sqs, events = self.aws.client("sqs"), self.aws.client("events")
        name = self.prefix.rstrip("-")
        self.queue_url = sqs.create_queue(QueueName=name)["QueueUrl"]
        attributes = sqs.get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=["QueueArn"])[
            "Attributes"
        ]
        pattern = {
            "source": ["callscribe.transcribe"],
            "detail": {"TranscriptionJobName": [{"prefix": self.prefix}]},
        }
        events.put_rule(Name=name, EventPattern=json.dumps(pattern))
        events.put_targets(Rule=name, Targets=[{"Id": "test", "Arn": attributes["QueueArn"]}])

    def play(self, **scenario: Any) -> None:
        """Change what goes wrong from now on; without arguments nothing does."""
        answer = urllib3.request("PUT", f"{self.address}/local/scenario", json=scenario)
        assert answer.status == 200, answer.data

    def put(self, key: str, content: bytes) -> str:
        """Store media, and give its URI."""
        self.aws.client("s3").put_object(Bucket=AUDIO, Key=key, Body=content)
        return f"s3://{AUDIO}/{key}"

    def request(self, name: str = "job", **changes: Any) -> dict[str, Any]:
        job = self.prefix + name
        return {
            "TranscriptionJobName": job,
            "LanguageCode": "en-GB",
            "Media": {"MediaFileUri": f"s3://{AUDIO}/call.mp3"},
            "OutputBucketName": TRANSCRIPTS,
            "OutputKey": f"{job}/transcript.json",
            "Settings": {"ChannelIdentification": True},
        } | changes

    def start(self, name: str = "job", **changes: Any) -> dict[str, Any]:
        """Start a job on the sample call, or on other media."""
        answer = self.client().start_transcription_job(**self.request(name, **changes))
        job: dict[str, Any] = answer["TranscriptionJob"]
        return job

    def events(self, count: int, *, patience: float = PATIENCE) -> list[dict[str, Any]]:
        """Wait for so many events, or as long as patience lasts."""
        sqs = self.aws.client("sqs")
        found: list[dict[str, Any]] = []
        deadline = monotonic() + patience
        while len(found) < count and monotonic() < deadline:
            answer = sqs.receive_message(
                QueueUrl=self.queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=1
            )
            for message in answer.get("Messages", []):
                sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
                found.append(json.loads(message["Body"]))
        return found

    def ended(self, name: str = "job") -> dict[str, Any]:
        """Wait until a job has ended, and describe it."""
        deadline = monotonic() + PATIENCE
        while monotonic() < deadline:
            answer = self.client().get_transcription_job(TranscriptionJobName=self.prefix + name)
            job: dict[str, Any] = answer["TranscriptionJob"]
            if job["TranscriptionJobStatus"] in ("COMPLETED", "FAILED"):
                return job
            sleep(0.05)
        raise AssertionError("the job did not end")

    def file(self, key: str) -> dict[str, Any]:
        """Read a file that a job has written."""
        body = self.aws.client("s3").get_object(Bucket=TRANSCRIPTS, Key=key)["Body"]
        file: dict[str, Any] = json.loads(body.read())
        return file


def run(children: Children, aws: Emulator, **settings: str) -> LocalTranscribe:
    """Start the local Transcribe, and wait until it is ready."""
    port = free_port()
    address = f"http://{LOOPBACK}:{port}"
    environment = {
        **credentials(),
        "AWS_ENDPOINT_URL": aws.endpoint,
        "LOCAL_TRANSCRIBE_PORT": str(port),
        **settings,
    }
    process = children.start("transcribe", ["-m", "local.transcribe"], environment)
    process.wait_until_ready(f"{address}/health")
    return LocalTranscribe(aws, address, process)
