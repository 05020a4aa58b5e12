"""A worker process whose handler does what each message tells it to."""

import json
import logging
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

from pydantic_settings import SettingsConfigDict

from callscribe.aws import client
from callscribe.contracts import RecordingAvailable
from callscribe.errors import PermanentError, TransientError
from callscribe.process import work
from callscribe.reader import Reader
from callscribe.settings import WorkerSettings, read
from callscribe.sqs import SqsQueue
from callscribe.telemetry import Counters
from callscribe.worker import OWN_THREADS

logger = logging.getLogger(__name__)


class Settings(WorkerSettings):
    """Environment variables with the prefix ``PROGRAM_``."""

    model_config = SettingsConfigDict(env_prefix="PROGRAM_")

    queue_url: str
    dead_letter_url: str


def handle(event: RecordingAvailable) -> None:
    """Take as long as the message says, and end as it says."""
    errand = json.loads(event.data.raw)
    logger.info("begun")
    with ThreadPoolExecutor() as threads:
        # As boto3's transfers do: Python would wait at its end for whatever such threads still do.
        threads.submit(time.sleep, errand["takes"]).result()
    match errand["ends"]:
        case "permanent":
            raise PermanentError("the recording is gone")
        case "transient":
            raise TransientError("the recording is not there yet")
        case "bug":
            raise ZeroDivisionError
        case "crash":
            os.kill(os.getpid(), signal.SIGKILL)
    logger.info("ended")


def main() -> int:
    settings = read(Settings)

    def readers(counters: Counters) -> list[Reader[RecordingAvailable]]:
        sqs = client("sqs", connections=settings.concurrency + OWN_THREADS)
        queue = SqsQueue(sqs, settings.queue_url, settings.dead_letter_url, counters=counters)
        return [Reader(queue, RecordingAvailable.model_validate_json, handle)]

    return work("program", settings, readers)


if __name__ == "__main__":
    raise SystemExit(main())
