"""Speaks to Amazon SQS: sends a batch, and asks whether a queue is there."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.aws import Patience
from callscribe.errors import TransientError
from callscribe.telemetry import Counters, Metric

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

CALLERS_PATIENCE = Patience(connect=1, read=3, attempts=2)
"""Short, because a caller waits: the clients of the workers have the patience of a long poll."""


class SqsSender:
    """Sends batches to one queue."""

    def __init__(self, client: "SQSClient", url: str, *, counters: Counters) -> None:
        self._client = client
        self._url = url
        self._counters = counters

    def send(self, bodies: Sequence[str]) -> Mapping[int, str]:
        """Send up to ten messages; give the positions SQS did not take, each with its code.

        :raises TransientError: if SQS took none.
        """
        self._counters.add(Metric.SQS_CALLS)
        try:
            answer = self._client.send_message_batch(
                QueueUrl=self._url,
                Entries=[
                    {"Id": str(place), "MessageBody": body} for place, body in enumerate(bodies)
                ],
            )
        except (BotoCoreError, ClientError) as error:
            raise TransientError(f"SQS did not take the batch: {type(error).__name__}") from error
        return {int(failed["Id"]): failed["Code"] for failed in answer.get("Failed", ())}

    def reachable(self) -> bool:
        """Tell whether SQS knows the queue."""
        try:
            self._client.get_queue_attributes(QueueUrl=self._url, AttributeNames=["QueueArn"])
        except (BotoCoreError, ClientError):
            return False
        return True
