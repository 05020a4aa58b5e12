"""Speaks to Amazon DynamoDB: the calls table, in which a call's facts and its record lie together.

``pk`` is a place: ``call#`` with a conversation's id, ``recording#`` with a recording's. ``sk`` is

* ``fact#`` with the id of an event, which is in ``body``;
* ``link#`` with another place of the same call;
* ``entry#`` with the name of a list, also in ``listed_in``; ``moment`` sorts it there. Both are the
  key of the index ``lists``, which also carries ``figures``;
* ``record``: the call as it is shown, or where else it is, in ``home``. ``version`` grows.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from callscribe.contracts import Fact
from callscribe.contracts import fact as any_fact
from results.ledger.dynamodb import plain_errors, refused_by_condition
from results.ledger.entries import Entry, instant
from results.ledger.snapshot import Place, Record

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

FACT: Final = "fact#"
LINK: Final = "link#"
ENTRY: Final = "entry#"
RECORD: Final = "record"

Item = dict[str, Any]


class CallsTable:
    """The calls table; every failure of DynamoDB itself is worth another try later."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self._client = client
        self._name = name

    def put_fact(self, place: str, fact: Fact) -> bool:
        """Keep a fact, and tell whether it was new; told twice, its earlier time counts.

        :raises TransientError: if DynamoDB cannot take it now.
        :raises PermanentError: if it refuses the item.
        """
        said_at = instant(fact.time)
        item = {
            **_key(place, FACT + fact.id),
            "type": _text(fact.type),
            "said_at": _text(said_at),
            "body": _text(fact.model_dump_json()),
        }
        with plain_errors():
            return self._put_if(
                item,
                "attribute_not_exists(sk) OR said_at > :said_at",
                {":said_at": _text(said_at)},
            )

    def link(self, place: str, other: str) -> None:
        """Note that another place is of the same call."""
        with plain_errors():
            self._client.put_item(TableName=self._name, Item=_key(place, LINK + other))

    def record(self, place: str) -> Record:
        """Read the record of a place, or one of version 0 if there is none."""
        with plain_errors():
            answer = self._client.get_item(
                TableName=self._name, Key=_key(place, RECORD), ConsistentRead=True
            )
        return record_of(answer.get("Item", {}))

    def read(self, place: str) -> Place:
        """Read everything else of a place."""
        facts, links, entries = [], [], []
        for item in self._query(place):
            sk = item["sk"]["S"]
            if sk.startswith(FACT):
                facts.append(any_fact.validate_json(item["body"]["S"]))
            elif sk.startswith(LINK):
                links.append(sk.removeprefix(LINK))
            elif sk.startswith(ENTRY):
                entries.append(Entry(item["listed_in"]["S"], item["moment"]["S"], _figures(item)))
        return Place(tuple(facts), tuple(links), tuple(entries))

    def save(self, place: str, record: Record) -> bool:
        """Write a record of the next version, and tell whether nobody else did so before."""
        item = {
            **_key(place, RECORD),
            "version": {"N": str(record.version)},
            "home": _text(record.home),
            **({"call": _text(record.call)} if record.call else {}),
        }
        with plain_errors():
            return self._put_if(
                item,
                "attribute_not_exists(version) OR version = :before",
                {":before": {"N": str(record.version - 1)}},
            )

    def put_entry(self, place: str, entry: Entry) -> None:
        """Put a call in a list, or change its place in it."""
        item = {
            **_key(place, ENTRY + entry.listed_in),
            "listed_in": _text(entry.listed_in),
            "moment": _text(entry.moment),
            **({"figures": _text(entry.figures)} if entry.figures else {}),
        }
        with plain_errors():
            self._client.put_item(TableName=self._name, Item=item)

    def delete_entry(self, place: str, listed_in: str) -> None:
        """Take a call out of a list."""
        self._delete(place, ENTRY + listed_in)

    def delete_fact(self, place: str, fact_id: str) -> None:
        """Forget a fact."""
        self._delete(place, FACT + fact_id)

    def find_fact(self, places: Sequence[str], fact_id: str) -> Fact | None:
        """Look for a fact in some places."""
        for place in places:
            with plain_errors():
                answer = self._client.get_item(
                    TableName=self._name, Key=_key(place, FACT + fact_id)
                )
            if item := answer.get("Item"):
                return any_fact.validate_json(item["body"]["S"])
        return None

    def _query(self, place: str) -> Iterator[Item]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": _text(place)},
            ConsistentRead=True,
        )
        with plain_errors():
            for page in pages:
                yield from page["Items"]

    def _put_if(self, item: Item, condition: str, values: Item) -> bool:
        put: Callable[..., Any] = self._client.put_item
        return not refused_by_condition(
            lambda: put(
                TableName=self._name,
                Item=item,
                ConditionExpression=condition,
                ExpressionAttributeValues=values,
            )
        )

    def _delete(self, place: str, sk: str) -> None:
        with plain_errors():
            self._client.delete_item(TableName=self._name, Key=_key(place, sk))


def record_of(item: Item) -> Record:
    """Read a record as it lies in the table."""
    if not item:
        return Record()
    return Record(
        version=int(item["version"]["N"]),
        home=item["home"]["S"],
        call=item["call"]["S"] if "call" in item else None,
    )


def _figures(item: Item) -> str | None:
    return item["figures"]["S"] if "figures" in item else None


def _key(place: str, sk: str) -> Item:
    return {"pk": _text(place), "sk": _text(sk)}


def _text(text: str) -> Item:
    return {"S": text}
