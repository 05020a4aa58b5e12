"""Speaks to Amazon DynamoDB: the calls table, which keeps every fact about a call."""

from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.contracts import Fact
from callscribe.errors import PermanentError, TransientError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

THERE: Final = "ConditionalCheckFailedException"
REFUSED: Final = "ValidationException"
"""The item itself is wrong: in practice over the 400 KB that an item may have."""


class CallsTable:
    """The calls table: its key is the conversation's id and, as ``fact``, the event's.

    The event's id is the whole sort key. With the time before it a fact would sort by itself, but
    one that is told twice has two times and would become two.
    """

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self._client = client
        self._name = name

    def keep(self, fact: Fact) -> bool:
        """Keep a fact unless it is there, and tell whether it was new.

        :raises TransientError: if DynamoDB cannot take it now.
        :raises PermanentError: if it refuses the item.
        """
        try:
            self._client.put_item(
                TableName=self._name,
                Item={name: {"S": value} for name, value in item_of(fact).items()},
                ConditionExpression="attribute_not_exists(fact)",
            )
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == THERE:
                return False
            if code == REFUSED:
                raise PermanentError("DynamoDB refused the fact; it may be too big") from error
            raise TransientError(f"DynamoDB could not answer: {code}") from error
        except BotoCoreError as error:
            raise TransientError(f"DynamoDB was not reached: {type(error).__name__}") from error
        return True


def item_of(fact: Fact) -> dict[str, str]:
    """Write a fact as an item: its key, what one looks for, and the whole event as ``body``."""
    item = {
        "conversation_id": fact.data.conversation_id,
        "fact": fact.id,
        "type": fact.type,
        "time": fact.time.isoformat(),
        "correlation_id": fact.correlationid,
        "body": fact.model_dump_json(),
    }
    recording_id = fact.trace["recording_id"]
    return item | {"recording_id": recording_id} if recording_id else item
