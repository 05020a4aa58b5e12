"""Speaks to Amazon SQS: sends what was parked back to its queue."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.errors import TransientError

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

LOOKS: Final = 10
"""How many times ten messages are looked at for the copy: enough unless hundreds are parked."""

HIDDEN_SECONDS: Final = 20
"""How long the messages looked at are hidden, so that the next look brings others."""


class SqsParking:
    """One queue and its dead-letter queue, seen by who sends a message back."""

    def __init__(self, client: "SQSClient", url: str, dead_letter_url: str) -> None:
        self._client = client
        self._url = url
        self._dead_letter_url = dead_letter_url

    def send_back(self, body: str) -> None:
        """Put a message on the queue again, and take its copy off the dead-letter queue.

        A copy that is not found stays there for its 14 days. Handled once more, it changes nothing.

        :raises TransientError: if SQS did not take the message.
        """
        try:
            self._client.send_message(QueueUrl=self._url, MessageBody=body)
        except (BotoCoreError, ClientError) as error:
            raise TransientError(f"SQS did not take the message: {type(error).__name__}") from error
        with suppress(BotoCoreError, ClientError):
            self._take_away(body)

    def _take_away(self, body: str) -> None:
        others: list[str] = []
        for _ in range(LOOKS):
            messages = self._look()
            copies = [it["ReceiptHandle"] for it in messages if it["Body"] == body]
            others += [it["ReceiptHandle"] for it in messages if it["Body"] != body]
            for receipt in copies:
                self._client.delete_message(QueueUrl=self._dead_letter_url, ReceiptHandle=receipt)
            if copies or not messages:
                break
        for receipt in others:
            self._client.change_message_visibility(
                QueueUrl=self._dead_letter_url, ReceiptHandle=receipt, VisibilityTimeout=0
            )

    def _look(self) -> list[Any]:
        answer = self._client.receive_message(
            QueueUrl=self._dead_letter_url,
            MaxNumberOfMessages=10,
            VisibilityTimeout=HIDDEN_SECONDS,
            WaitTimeSeconds=0,
        )
        return list(answer.get("Messages", ()))
