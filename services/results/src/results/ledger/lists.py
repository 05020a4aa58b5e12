"""Reads lists of calls from the table's index, page by page, without ever scanning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from results.ledger.dynamodb import plain_errors
from results.ledger.entries import instant, place_in
from results.ledger.snapshot import Record
from results.ledger.table import RECORD, record_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

INDEX: Final = "lists"

BATCH: Final = 100
"""Most items that BatchGetItem gives. Source: Amazon DynamoDB API Reference."""

LATEST: Final = "~"
"""Sorts after every time."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when, included, until when, not included; ``after`` is the last moment that was seen."""

    since: datetime | None = None
    before: datetime | None = None
    after: str | None = None

    @property
    def lowest(self) -> str:
        """What sorts before or with every moment of the span."""
        return instant(self.since) if self.since else "0"

    @property
    def highest(self) -> str:
        """What sorts after or with every moment of the span; what equals it is left out."""
        end = instant(self.before) if self.before else LATEST
        return min(end, self.after) if self.after else end


@dataclass(frozen=True, slots=True)
class Listed:
    """A call's place in a list, as the index has it."""

    moment: str
    figures: str | None

    @property
    def place(self) -> str:
        """Where the call's record lies."""
        return place_in(self.moment)


class Lists:
    """The index of the calls table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def newest(self, name: str, span: Span, limit: int) -> list[Listed]:
        """Give the newest calls of a list, the newest first."""
        found: list[Listed] = []
        for page in self._pages(name, span, newest_first=True, page_size=limit):
            found += page
            if len(found) >= limit:
                break
        return found[:limit]

    def all(self, name: str, span: Span) -> Iterator[Listed]:
        """Give all calls of a list in a span, oldest first."""
        for page in self._pages(name, span, newest_first=False):
            yield from page

    def records(self, places: Sequence[str]) -> list[Record]:
        """Read the records of some places, in their order; one that is not there is left out."""
        found: dict[str, Record] = {}
        for start in range(0, len(places), BATCH):
            keys = [{"pk": {"S": place}, "sk": {"S": RECORD}} for place in places[start:][:BATCH]]
            found |= self._batch(keys)
        return [found[place] for place in places if place in found]

    def _batch(self, keys: list[dict[str, Any]]) -> dict[str, Record]:
        found: dict[str, Record] = {}
        wanted: Any = {self._table: {"Keys": keys, "ConsistentRead": True}} if keys else {}
        while wanted:
            with plain_errors():
                answer = self._client.batch_get_item(RequestItems=wanted)
            items = answer["Responses"].get(self._table, [])
            found |= {item["pk"]["S"]: record_of(item) for item in items}
            wanted = answer.get("UnprocessedKeys")
        return found

    def _pages(
        self, name: str, span: Span, *, newest_first: bool, page_size: int | None = None
    ) -> Iterator[list[Listed]]:
        if span.lowest >= span.highest:
            return
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            IndexName=INDEX,
            KeyConditionExpression="listed_in = :name AND moment BETWEEN :low AND :high",
            ExpressionAttributeValues={
                ":name": {"S": name},
                ":low": {"S": span.lowest},
                ":high": {"S": span.highest},
            },
            ScanIndexForward=not newest_first,
            PaginationConfig={"PageSize": page_size} if page_size else {},
        )
        with plain_errors():
            for page in pages:
                listed = [(item["moment"]["S"], item.get("figures")) for item in page["Items"]]
                yield [
                    Listed(moment, figures["S"] if figures else None)
                    for moment, figures in listed
                    if moment < span.highest
                ]
