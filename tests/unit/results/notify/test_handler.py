from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from callscribe.contracts import (
    Event,
    FailedTranscript,
    News,
    NotificationDelivered,
    NotificationDue,
    ReadyTranscript,
    TranscriptFailed,
    TranscriptReady,
)
from callscribe.errors import PermanentError, TransientError
from results.announcement import news_of
from results.notify.answer import Answer
from results.notify.handler import handle

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FINE = Answer("delivered", 200, "ok")
BUSY = Answer("failed", 503, "busy\nnow", timedelta(minutes=2))


class FakeOutlet:
    def __init__(self, answer: Answer = FINE, host: str = "hooks.example.com") -> None:
        self.host = host
        self.answer = answer
        self.got: list[News] = []

    def deliver(self, news: News, now: datetime) -> Answer:
        assert now >= NOON
        self.got.append(news)
        return self.answer


class FakePublisher:
    def __init__(self) -> None:
        self.events: list[Event] = []

    def publish(self, event: Event) -> None:
        self.events.append(event)


class World:
    """A queue that brings what is put on it, receivers, and the facts that are told."""

    def __init__(self, **outlets: FakeOutlet) -> None:
        self.outlets = outlets
        self.queue = FakePublisher()
        self.facts = FakePublisher()
        self.failures: list[Exception] = []

    def handle(self, event: Event, now: Callable[[], datetime] = lambda: NOON) -> None:
        assert isinstance(event, TranscriptReady | TranscriptFailed | NotificationDue)
        outlets: Mapping[str, FakeOutlet] = self.outlets
        handle(event, outlets=outlets, notifications=self.queue, call_events=self.facts, now=now)

    def handle_all(self) -> None:
        """Handle what is on the queue, each message once."""
        waiting, self.queue.events = self.queue.events, []
        for event in waiting:
            try:
                self.handle(event)
            except (TransientError, PermanentError) as error:
                self.failures.append(error)

    @property
    def told(self) -> list[NotificationDelivered]:
        return [fact for fact in self.facts.events if isinstance(fact, NotificationDelivered)]


def ready() -> TranscriptReady:
    data = ReadyTranscript(recording_id="rec-1", conversation_id="CON-1", bucket="b", key="k")
    return TranscriptReady(
        source="callscribe/results", subject="rec-1/run1", time=NOON, correlationid="c", data=data
    )


def test_news_become_a_message_for_each_receiver() -> None:
    world = World(one=FakeOutlet(), two=FakeOutlet())

    world.handle(ready())

    due = [event for event in world.queue.events if isinstance(event, NotificationDue)]
    assert [event.data.receiver for event in due] == ["one", "two"]
    assert [event.data.news for event in due] == [ready(), ready()]
    assert {event.correlationid for event in due} == {"c"}
    assert world.outlets["one"].got == []


def test_one_receivers_failure_does_not_repeat_anothers_delivery() -> None:
    world = World(good=FakeOutlet(), bad=FakeOutlet(BUSY))
    world.handle(ready())
    [_, again] = world.queue.events

    world.handle_all()
    for _ in range(3):
        with pytest.raises(TransientError):
            world.handle(again)

    assert len(world.outlets["good"].got) == 1
    assert len(world.outlets["bad"].got) == 4


def test_news_delivered_twice_have_the_same_ids() -> None:
    world = World(one=FakeOutlet())

    for _ in range(2):
        world.handle(ready())
    first, second = world.queue.events
    world.handle_all()

    assert first == second
    assert {news.id for news in world.outlets["one"].got} == {ready().id}


def test_a_delivery_and_its_answer_are_a_fact_of_the_call() -> None:
    world = World(one=FakeOutlet(Answer("delivered", 204, "fine\x07" + "x" * 1000)))
    world.handle(ready())

    world.handle_all()

    [fact] = world.told
    assert (fact.data.recording_id, fact.data.conversation_id) == ("rec-1", "CON-1")
    assert (fact.data.state, fact.data.status, fact.data.host) == (
        "delivered",
        204,
        "hooks.example.com",
    )
    assert fact.data.answer.startswith("fine x")
    assert len(fact.data.answer) == 500
    assert fact.data.notification_id == ready().id


def test_each_attempt_is_a_fact_of_its_own() -> None:
    world = World(one=FakeOutlet(BUSY))
    world.handle(ready())
    [due] = world.queue.events

    for minutes in range(2):
        at = NOON + timedelta(minutes=minutes)
        with pytest.raises(TransientError):
            world.handle(due, now=lambda at=at: at)  # type: ignore[misc] # mypy infers no lambda default

    assert len({fact.id for fact in world.told}) == 2


def test_a_busy_receiver_says_when_to_come_back_and_its_words_stay_out_of_the_log() -> None:
    world = World(one=FakeOutlet(BUSY))
    world.handle(ready())

    world.handle_all()

    [error] = world.failures
    assert isinstance(error, TransientError)
    assert error.retry_after == timedelta(minutes=2)
    assert str(error) == "the receiver answered 503"


def test_a_receiver_that_is_gone_is_not_tried_again() -> None:
    world = World(one=FakeOutlet(Answer("gone", 410, "")))
    world.handle(ready())

    world.handle_all()

    assert world.failures == []
    assert [fact.data.state for fact in world.told] == ["gone"]


def test_a_receiver_at_a_private_address_is_given_up_on_with_the_reason() -> None:
    world = World(one=FakeOutlet(Answer("refused", None, "at a private address")))
    world.handle(ready())

    world.handle_all()

    [error] = world.failures
    assert isinstance(error, PermanentError)
    assert str(error) == "at a private address"
    assert [fact.data.state for fact in world.told] == ["refused"]


def test_what_is_due_to_a_receiver_that_was_taken_out_is_dropped() -> None:
    world = World(one=FakeOutlet())
    world.handle(ready())
    world.outlets = {}

    world.handle_all()

    assert world.told == []
    assert world.failures == []


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (ReadyTranscript(recording_id="rec-1", run=2, bucket="b", key="k"), TranscriptReady),
        (FailedTranscript(recording_id="rec-1", run=2, reason="why"), TranscriptFailed),
    ],
)
def test_an_outcome_delivered_twice_is_announced_as_the_same_event(
    outcome: ReadyTranscript | FailedTranscript, kind: type[Event]
) -> None:
    first, second = (news_of(outcome, time=NOON, correlation_id="c") for _ in range(2))

    assert first == second
    assert type(first) is kind
    assert first.subject == "rec-1/run2"


def test_another_run_and_another_outcome_are_other_news() -> None:
    outcomes: list[ReadyTranscript | FailedTranscript] = [
        ReadyTranscript(recording_id="rec-1", bucket="b", key="k"),
        ReadyTranscript(recording_id="rec-1", run=2, bucket="b", key="k"),
        FailedTranscript(recording_id="rec-1", reason="why"),
    ]

    told = [news_of(outcome, time=NOON, correlation_id="c") for outcome in outcomes]

    assert len({event.id for event in told}) == len(outcomes)
