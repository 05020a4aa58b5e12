"""Speaks to Amazon EventBridge: puts news on a bus, for whoever is on AWS already."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.contracts import News
from results.notify.answer import Answer
from results.notify.payload import FAILED, READY, kind_of

if TYPE_CHECKING:
    from mypy_boto3_events.client import EventBridgeClient

SOURCE: Final = "callscribe"
DETAIL_TYPES: Final = {READY: "Transcript Ready", FAILED: "Transcript Failed"}
EVENT_BUS: Final = "event-bus"
"""The bus among the receivers, by its name."""


class EventBus:
    """A bus, as an outlet of news."""

    host = "events.amazonaws.com"

    def __init__(self, client: "EventBridgeClient", bus: str) -> None:
        self._client = client
        self._bus = bus

    def deliver(self, news: News, _: datetime) -> Answer:
        """Put the news on the bus; the detail has the id by which it is told from others."""
        try:
            put = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._bus,
                        "Source": SOURCE,
                        "DetailType": DETAIL_TYPES[kind_of(news)],
                        "Time": news.time,
                        "Detail": json.dumps({"id": news.id, **news.data.model_dump(mode="json")}),
                    }
                ]
            )
        except (BotoCoreError, ClientError) as error:
            return Answer("failed", None, f"EventBridge did not answer: {type(error).__name__}")
        if put["FailedEntryCount"]:
            code = put["Entries"][0].get("ErrorCode", "no code")
            return Answer("failed", None, f"EventBridge did not take the event: {code}")
        return Answer("delivered", None, put["Entries"][0].get("EventId", ""))
