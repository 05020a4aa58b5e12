"""Speaks to Amazon DynamoDB: the keys of programs, which lie beside the calls."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter

from results.ledger.dynamodb import plain_errors
from results.web.keys import ApiKey

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

PLACE: Final = "keys"

_json = TypeAdapter(ApiKey)


class KeysTable:
    """The keys in the calls table, all in one place."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def find(self, key_id: str) -> ApiKey | None:
        """Find a key by its id; one revoked a moment ago is found revoked."""
        with plain_errors():
            answer = self._client.get_item(
                TableName=self._table,
                Key={"pk": {"S": PLACE}, "sk": {"S": key_id}},
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return _json.validate_json(item["key"]["S"]) if item else None

    def put(self, key: ApiKey) -> None:
        """Keep a key."""
        with plain_errors():
            self._client.put_item(
                TableName=self._table,
                Item={
                    "pk": {"S": PLACE},
                    "sk": {"S": key.key_id},
                    "key": {"S": _json.dump_json(key).decode()},
                },
            )

    def all(self) -> Sequence[ApiKey]:
        """Give every key, the revoked ones too."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": PLACE}},
        )
        with plain_errors():
            items = [item for page in pages for item in page["Items"]]
        return [_json.validate_json(item["key"]["S"]) for item in items]
