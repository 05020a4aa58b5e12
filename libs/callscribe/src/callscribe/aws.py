"""Makes the AWS clients of a process.

Where AWS is comes from boto3's own variables (``AWS_DEFAULT_REGION``, ``AWS_ENDPOINT_URL_SQS`` and
so on), so that a laptop and the cloud differ in nothing here. Make clients after a fork, never
before it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
from botocore.config import Config


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a client waits for AWS, in seconds, and how often it tries.

    By default it reads for longer than the longest poll of SQS, which is 20 s.
    """

    connect: float = 3
    read: float = 30
    attempts: int = 3


WORKERS_PATIENCE = Patience()


@cache
def _session() -> boto3.Session:
    return boto3.Session()


def client(service: str, *, connections: int = 10, patience: Patience = WORKERS_PATIENCE) -> Any:
    """Make a client with explicit time-outs, standard retries and room for so many threads."""
    # boto3-stubs types a service named in the code, not one in a variable.
    make: Any = _session().client
    return make(
        service,
        config=Config(
            connect_timeout=patience.connect,
            read_timeout=patience.read,
            retries={"mode": "standard", "total_max_attempts": patience.attempts},
            max_pool_connections=connections,
        ),
    )
