"""Makes the queues, buckets, table, rule and function on an emulator, under the names of AWS.

Terraform owns them on AWS; no service creates any of them, here or there.
"""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from callscribe.names import JOB_PREFIX, QueueName, dead_letter_name
from local.stack.package import notifier_package

PREFIX = "callscribe"
RULE = f"{PREFIX}-transcription-finished"
FUNCTION = f"{PREFIX}-notifier"
AUDIO_BUCKET = f"{PREFIX}-audio"
TRANSCRIPTS_BUCKET = f"{PREFIX}-transcripts"
CALLS_TABLE = f"{PREFIX}-calls"
TRANSCRIBE_SOURCE = "callscribe.transcribe"
"""Only AWS may put events of ``aws.transcribe``, so the stand-in has a source of its own."""

MAX_RECEIVE_COUNT = 20
"""More than a worker's ``max_attempts``: the redrive policy is for what kills the process."""


class Route(StrEnum):
    """How a finished job reaches the completions queue."""

    SQS = "sqs"
    LAMBDA = "lambda"


class Aws(Protocol):
    """Makes clients of one AWS."""

    def client(self, service: str) -> Any:
        """Make a client of a service, by boto3's name for it."""


@dataclass(frozen=True)
class Resources:
    """What was made, by the addresses that settings want."""

    queue_urls: dict[str, str] = field(default_factory=dict)
    dead_letter_urls: dict[str, str] = field(default_factory=dict)
    audio_bucket: str = AUDIO_BUCKET
    transcripts_bucket: str = TRANSCRIPTS_BUCKET
    calls_table: str = CALLS_TABLE


class MakeResources(Protocol):
    """Makes what the services need, in one way or another."""

    def __call__(
        self, aws: Aws, *, route: Route, notifier_environment: dict[str, str] | None
    ) -> Resources:
        """Make everything, and give its addresses."""


def queue_name(queue: str) -> str:
    """Name a queue as it is called on AWS."""
    return f"{PREFIX}-{queue}"


def make_resources(
    aws: Aws, *, route: Route = Route.SQS, notifier_environment: dict[str, str] | None = None
) -> Resources:
    """Make everything the services need, and give its addresses."""
    sqs = aws.client("sqs")
    resources = Resources()
    for queue in QueueName:
        _make_queue(sqs, queue.value, resources)
    for bucket in (AUDIO_BUCKET, TRANSCRIPTS_BUCKET):
        _make_bucket(aws.client("s3"), bucket)
    _make_table(aws.client("dynamodb"))
    completions = resources.queue_urls[QueueName.COMPLETIONS]
    if route is Route.SQS:
        target = _arn(sqs, completions)
    else:
        variables = {"NOTIFIER_COMPLETIONS_QUEUE_URL": completions, **(notifier_environment or {})}
        target = _make_function(aws.client("lambda"), variables)
    _make_rule(aws.client("events"), target)
    return resources


def _make_queue(sqs: Any, queue: str, resources: Resources) -> None:
    name = queue_name(queue)
    dead_letter = sqs.create_queue(QueueName=dead_letter_name(name))["QueueUrl"]
    redrive = {"deadLetterTargetArn": _arn(sqs, dead_letter), "maxReceiveCount": MAX_RECEIVE_COUNT}
    made = sqs.create_queue(QueueName=name, Attributes={"RedrivePolicy": json.dumps(redrive)})
    resources.queue_urls[queue] = made["QueueUrl"]
    resources.dead_letter_urls[queue] = dead_letter


def _arn(sqs: Any, url: str) -> str:
    answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return str(answer["Attributes"]["QueueArn"])


def _make_bucket(s3: Any, bucket: str) -> None:
    where = {"LocationConstraint": s3.meta.region_name}
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=where)


def _make_table(dynamodb: Any) -> None:
    """Make the calls table; ``results.ledger.table`` says what its keys are."""
    dynamodb.create_table(
        TableName=CALLS_TABLE,
        BillingMode="PAY_PER_REQUEST",
        **table_definition(),
    )


def table_definition() -> dict[str, Any]:
    """Give the keys of the calls table, and of the index by which its calls are listed."""
    return {
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": "S"}
            for name in ("pk", "sk", "listed_in", "moment")
        ],
        "KeySchema": _key("pk", "sk"),
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "lists",
                "KeySchema": _key("listed_in", "moment"),
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["figures"]},
            }
        ],
    }


def _key(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


def _make_function(lambda_: Any, variables: dict[str, str]) -> str:
    made = lambda_.create_function(
        FunctionName=FUNCTION,
        Runtime="python3.13",
        Role="arn:aws:iam::000000000000:role/callscribe-notifier",
        Handler="notifier.function.handler",
        Code={"ZipFile": notifier_package()},
        Environment={"Variables": variables},
        Timeout=30,
    )
    return str(made["FunctionArn"])


def _make_rule(events: Any, target: str) -> None:
    events.put_rule(Name=RULE, EventPattern=json.dumps(event_pattern()))
    events.put_targets(Rule=RULE, Targets=[{"Id": "completions", "Arn": target}])


def event_pattern() -> dict[str, Any]:
    """Describe the events that matter: jobs of ours that ended, well or not.

    Without the name's prefix every transcription job of the account would come.
    """
    return {
        "source": [TRANSCRIBE_SOURCE],
        "detail-type": ["Transcribe Job State Change"],
        "detail": {
            "TranscriptionJobStatus": ["COMPLETED", "FAILED"],
            "TranscriptionJobName": [{"prefix": JOB_PREFIX}],
        },
    }
