"""Measures what the worker costs over a bare loop in boto3 that receives and deletes.

Run as ``python -m bench.worker``. Both empty the same queue in processes of their own, in turns,
with a handler that does nothing; the worker also parses each message by its contract. What counts
is CPU seconds per message, because boto3 and the interpreter's lock are the ceiling. Each has one
core to itself: on two, threads that wait for that lock burn time that nobody could use.
"""

import json
import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from threading import Event as Flag
from typing import Any, Final
from uuid import uuid4

import boto3

from bench.fauxqs import CannotStartError, fauxqs
from callscribe.contracts import AvailableRecording, RecordingAvailable
from callscribe.limits import Limits
from callscribe.reader import Reader
from callscribe.sqs import BATCH, SqsQueue
from callscribe.telemetry import Counters, Metric
from callscribe.worker import Worker

ROUNDS: Final = 5
MESSAGES: Final = 4000
SURPLUS: Final = 100
"""Messages left over, so that the last poll of neither loop waits for what does not come."""
GOAL: Final = 0.85
GOAL_CALLS: Final = 0.21
LIMITS: Final = Limits(concurrency=20, wait=timedelta(seconds=1))


@dataclass(frozen=True)
class Run:
    """What emptying the queue once took."""

    messages: int
    calls: int
    seconds: float
    cpu: float

    @property
    def per_core(self) -> float:
        """Messages for each second of CPU."""
        return self.messages / self.cpu


def a_client(endpoint: str) -> Any:
    """Make a client of the emulator."""
    make: Any = boto3.client
    keys = {"aws_access_key_id": "bench", "aws_secret_access_key": "bench"}
    return make("sqs", endpoint_url=endpoint, region_name="eu-west-1", **keys)


def bare(client: Any, url: str, messages: int) -> int:
    """Receive and delete so many messages in one thread, and give how many calls that took."""
    calls = seen = 0
    while seen < messages:
        answer = client.receive_message(QueueUrl=url, MaxNumberOfMessages=BATCH, WaitTimeSeconds=1)
        received = answer.get("Messages", [])
        client.delete_message_batch(
            QueueUrl=url,
            Entries=[
                {"Id": str(place), "ReceiptHandle": message["ReceiptHandle"]}
                for place, message in enumerate(received)
            ],
        )
        seen += len(received)
        calls += 2
    return calls


def worker(client: Any, url: str, messages: int) -> int:
    """Have the worker handle so many messages, and give how many calls that took."""
    counters, stopping = Counters(), Flag()
    handled: list[None] = []

    def handle(_: RecordingAvailable) -> None:
        handled.append(None)
        if len(handled) == messages:
            stopping.set()

    queue = SqsQueue(client, url, url, counters=counters)
    parse = RecordingAvailable.model_validate_json
    Worker(Reader(queue, parse, handle), LIMITS, counters).run(stopping)
    return counters[Metric.SQS_CALLS]


LOOPS: Final[dict[str, Callable[[Any, str, int], int]]] = {"bare": bare, "worker": worker}


def measure(loop: str, endpoint: str, url: str) -> Run:
    """Take the messages from the queue with one of the loops, in this process."""
    keep_to_one_core()
    client = a_client(endpoint)
    client.get_queue_attributes(QueueUrl=url)  # connects, so that both begin warm
    seconds, cpu = time.perf_counter(), time.process_time()
    calls = LOOPS[loop](client, url, MESSAGES)
    return Run(MESSAGES, calls, time.perf_counter() - seconds, time.process_time() - cpu)


def keep_to_one_core() -> None:
    """Leave the other cores to the emulator, where the system can say so."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measure_apart(loop: str, endpoint: str) -> Run:
    """Fill a queue, then take the messages from it in a process of its own."""
    url = filled(a_client(endpoint))
    options = ["--loop", loop, "--endpoint", endpoint, "--url", url]
    command = [sys.executable, "-m", "bench.worker", *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this file
    return Run(**json.loads(done.stdout))


def filled(client: Any) -> str:
    """Make a queue, put the messages on it, and give its address."""
    url = client.create_queue(QueueName=f"bench-{uuid4().hex}")["QueueUrl"]
    for start in range(0, MESSAGES + SURPLUS, BATCH):
        entries = [
            {"Id": str(number), "MessageBody": an_event(f"rec-{number}").model_dump_json()}
            for number in range(start, start + BATCH)
        ]
        client.send_message_batch(QueueUrl=url, Entries=entries)
    return str(url)


def an_event(recording_id: str) -> RecordingAvailable:
    """Build an event of the size that Vonage's webhook makes."""
    return RecordingAvailable(
        source="callscribe/webhook-gateway",
        subject=recording_id,
        time=datetime.now(UTC),
        data=AvailableRecording(
            recording_id=recording_id,
            conversation_id="CON-aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
            url="https://api-us.nexmo.com/v1/files/bbbbbbbb-aaaa-cccc-dddd-0123456789ab",
            size=480_044,
            raw=json.dumps({"padding": "x" * 400}),
        ),
    )


def table(runs: dict[str, list[Run]]) -> str:
    """Lay out every run, then the middle of the ratios of runs that followed each other."""
    lines = [f"{'loop':8}{'messages/s':>12}{'per core':>12}{'CPU ms each':>14}{'calls each':>12}"]
    for loop, measured in runs.items():
        lines += [
            f"{loop:8}{run.messages / run.seconds:12,.0f}{run.per_core:12,.0f}"
            f"{run.cpu / run.messages * 1000:14.3f}{run.calls / run.messages:12.3f}"
            for run in measured
        ]
    pairs = zip(runs["worker"], runs["bare"], strict=True)
    ratio = median(ours.per_core / theirs.per_core for ours, theirs in pairs)
    calls = median(run.calls / run.messages for run in runs["worker"])
    lines += [
        f"messages per core, worker to bare loop: {ratio:.2f} (goal: at least {GOAL})",
        f"SQS calls per message of the worker: {calls:.3f} (goal: {GOAL_CALLS})",
    ]
    return "\n".join(lines)


def compare() -> dict[str, list[Run]]:
    """Run the loops in turns, so that what else the machine does meets both."""
    runs: dict[str, list[Run]] = {loop: [] for loop in LOOPS}
    with fauxqs() as endpoint:
        for _ in range(ROUNDS):
            for loop in LOOPS:
                runs[loop].append(measure_apart(loop, endpoint))
    return runs


def main() -> int:
    """Print the comparison, or, when asked for one loop, what that took as JSON."""
    options = ArgumentParser(description=__doc__)
    for name in ("--loop", "--endpoint", "--url"):
        options.add_argument(name)
    chosen = options.parse_args()
    if chosen.loop:
        print(json.dumps(asdict(measure(chosen.loop, chosen.endpoint, chosen.url))))
        return 0
    try:
        print(table(compare()))
    except CannotStartError as error:
        print(f"not measured: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
