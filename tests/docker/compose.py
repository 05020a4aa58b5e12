"""The stack of containers under a name and ports of its own, so that it disturbs no other."""

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import urllib3
from botocore.config import Config

from callscribe.names import transcript_key
from local.stack.resources import TRANSCRIPTS_BUCKET

ROOT = Path(__file__).parents[2]
PROJECT = "callscribe-test"
PORTS = {
    "GATEWAY_PORTS": "13000-13009",
    "VONAGE_PORT": "18300",
    "LOCALSTACK_PORT": "14566",
    "MINISTACK_PORT": "14567",
    "WEB_PORT": "18000",
}
ACCEPTED = 202


def run(*command: str, **variables: str) -> str:
    environment = {**os.environ, "COMPOSE_PROJECT_NAME": PROJECT, **PORTS, **variables}
    done = subprocess.run(  # noqa: S603 - commands of our own
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def stack(*arguments: str, route: str = "sqs") -> str:
    return run("local/compose/stack", *arguments, ROUTE=route)


def compose(*arguments: str) -> str:
    return run("docker", "compose", *arguments, COMPOSE_PROFILES="localstack")


def containers(service: str) -> list[str]:
    return compose("ps", "--all", "--quiet", service).split()


def healthy(container: str) -> bool:
    said = run("docker", "inspect", "--format", "{{.State.Health.Status}}", container)
    return said.strip() == "healthy"


def wait_for(true: Callable[[], bool], *, seconds: float = 150) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.5)
    return False


def place_calls(count: int, audio: str) -> list[str]:
    """Place calls, each saying what a file of the vonage container says, and give their pages."""
    vonage = f"http://127.0.0.1:{PORTS['VONAGE_PORT']}/local/calls"
    answers = [
        urllib3.request("POST", vonage, json={"audio": audio}, timeout=30) for _ in range(count)
    ]
    assert {answer.status for answer in answers} == {ACCEPTED}
    return [answer.json()["recording_uuid"] for answer in answers]


@dataclass(frozen=True)
class Aws:
    """What the emulators hold."""

    def client(self, service: str) -> Any:
        make: Any = boto3.client
        return make(
            service,
            endpoint_url=f"http://127.0.0.1:{PORTS['LOCALSTACK_PORT']}",
            region_name="eu-west-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(s3={"addressing_style": "path"}),
        )

    def transcribed(self) -> set[str]:
        pages = self.client("s3").get_paginator("list_objects_v2")
        found = pages.paginate(Bucket=TRANSCRIPTS_BUCKET, Prefix="transcripts/").search("Contents")
        return {item["Key"] for item in found if item}

    def all_transcribed(self, recordings: Iterable[str]) -> bool:
        return {transcript_key(recording, "json") for recording in recordings} <= self.transcribed()

    def messages(self) -> Counter[str]:
        """Count what lies on each queue, seen or hidden."""
        sqs = self.client("sqs")
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        counts: Counter[str] = Counter()
        for url in sqs.list_queues()["QueueUrls"]:
            said = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
            counts[url.rpartition("/")[2]] = sum(map(int, said.values()))
        return counts

    def parked(self) -> int:
        return sum(n for queue, n in self.messages().items() if queue.endswith("-dead-letter"))


def workers_that_did(service: str, event: str) -> Counter[str]:
    """Count, for each container of a service, how often it logged an event."""
    done: Counter[str] = Counter()
    for container in containers(service):
        lines = run("docker", "logs", container).splitlines()
        facts = [json.loads(line[line.index("{") :]) for line in lines if "{" in line]
        done[container] = sum(fact.get("event") == event for fact in facts)
    return done
