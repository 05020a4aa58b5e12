from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callscribe.contracts import (
    CallDeleted,
    CallNoted,
    DeletedCall,
    Fact,
    MessageRetried,
    NotedCall,
    RetriedMessage,
)
from callscribe.errors import TransientError
from results.ledger.facts import call_node, recording_node
from results.ledger.ledger import Ledger, call_json
from results.ledger.testing import FakeCallsTable, FakeObjects
from results.ledger.views import CallView, Status
from tests.unit.results.ledger.stories import (
    CALL,
    RECORDING,
    a_whole_call,
    after,
    announced,
    completed,
    ended,
    happened,
    parked,
    published,
    stored,
    transferred,
)


def kept(*facts: Fact) -> FakeCallsTable:
    table = FakeCallsTable()
    ledger = Ledger(table, FakeObjects())
    for fact in facts:
        ledger.keep(fact)
    return table


def record(table: FakeCallsTable, place: str = "") -> CallView:
    said = table.record(table.record(place or call_node(CALL)).home).call
    assert said is not None
    return call_json.validate_json(said)


def without_version(call: CallView) -> dict[str, object]:
    said = call_json.dump_python(call)
    return {name: value for name, value in said.items() if name != "version"}


STORY = [
    *a_whole_call(),
    transferred("CON-0", CALL),
    parked("recordings", "no answer", 28, recording_id=RECORDING),
    CallNoted(
        source="callscribe/web",
        subject="1",
        time=after(60),
        data=NotedCall(conversation_id=CALL, note="call back"),
    ),
]


@settings(max_examples=60, deadline=None)
@given(st.permutations(STORY), st.lists(st.sampled_from(STORY), max_size=6))
def test_facts_in_any_order_and_delivered_twice_end_in_the_same_record(
    facts: list[Fact], again: list[Fact]
) -> None:
    expected = kept(*STORY)

    table = kept(*facts, *again)

    assert without_version(record(table)) == without_version(record(expected))
    assert table.entries == expected.entries


def test_a_fact_delivered_twice_is_new_once() -> None:
    ledger = Ledger(FakeCallsTable(), FakeObjects())

    assert [ledger.keep(announced()), ledger.keep(announced())] == [True, False]


def test_a_fact_told_again_later_keeps_its_first_time() -> None:
    table = kept(announced(at=50), announced(at=24))

    [stage] = record(table).recordings[0].stages

    assert stage.at == after(24)


def test_every_id_of_a_transferred_call_leads_to_one_record() -> None:
    table = kept(*a_whole_call(), happened("answered", 0, call="CON-0"), transferred("CON-0", CALL))

    found = [record(table, place) for place in (call_node("CON-0"), recording_node(RECORDING))]

    assert found == [record(table), record(table)]
    assert found[0].conversation_ids == ("CON-0", CALL)
    assert table.listed("calls") == [call_node("CON-0")]


def test_what_is_known_by_its_recording_alone_is_joined_when_its_call_is_heard_of() -> None:
    table = kept(ended())
    alone = record(table, recording_node(RECORDING))

    Ledger(table, FakeObjects()).keep(announced())

    assert alone.call_id == RECORDING
    assert record(table, recording_node(RECORDING)).call_id == CALL
    assert table.listed("calls") == [call_node(CALL)]


def test_two_workers_at_one_call_lose_no_fact() -> None:
    table = kept(announced())
    other = Ledger(table, FakeObjects())
    table.meanwhile = [lambda: other.keep(stored())]

    Ledger(table, FakeObjects()).keep(completed(0, 23))

    assert len(record(table).recordings[0].stages) == 2
    assert record(table).ended_at == after(23)
    assert table.listed("status#in-progress") == [call_node(CALL)]


def test_a_worker_that_is_always_second_lets_the_message_come_again() -> None:
    table = kept(announced())

    def overtake() -> None:
        before = table.record(call_node(CALL))
        table.records[call_node(CALL)] = replace(before, version=before.version + 1)

    table.meanwhile = [overtake] * 20

    with pytest.raises(TransientError, match="at the same time"):
        Ledger(table, FakeObjects()).keep(stored())


def test_a_call_is_listed_by_its_newest_status_alone() -> None:
    table = kept(announced(), stored())
    before = table.listed("status#in-progress")

    Ledger(table, FakeObjects()).keep(published())

    assert before == [call_node(CALL)]
    assert table.listed("status#in-progress") == []
    assert table.listed("status#ready") == [call_node(CALL)]


@pytest.mark.parametrize("number", ["447700900001", "447700900002", "447700900003"])
def test_a_call_is_listed_by_every_number_in_it(number: str) -> None:
    table = kept(*a_whole_call())

    assert table.listed(f"number#{number}") == [call_node(CALL)]


def test_a_parked_message_that_nobody_understood_is_listed_as_failed() -> None:
    table = kept(parked("call-events", "the message is not understood: body: no JSON"))

    [place] = table.listed("status#failed")

    assert record(table, place).reason == "the message is not understood: body: no JSON"


def test_a_retried_message_of_nobody_is_no_failure_any_more() -> None:
    lost = parked("call-events", "the message is not understood")
    table = kept(lost)

    Ledger(table, FakeObjects()).keep(
        MessageRetried(
            source="callscribe/web",
            subject=lost.id,
            time=after(60),
            data=RetriedMessage(parked_id=lost.id),
        )
    )

    assert table.listed("status#failed") == []


def deleted() -> Fact:
    data = DeletedCall(conversation_id=CALL)
    return CallDeleted(source="callscribe/web", subject=CALL, time=after(90), data=data)


def test_of_a_deleted_call_nothing_is_left_but_a_tombstone() -> None:
    table, objects = kept(*a_whole_call()), FakeObjects()

    for _ in range(2):
        Ledger(table, objects).keep(deleted())

    left = [fact for place in table.facts.values() for fact in place.values()]
    assert left == [deleted()]
    assert set(objects.erased) == {RECORDING}
    assert record(table).status is Status.DELETED
    assert "4477" not in call_json.dump_json(record(table)).decode()
    assert table.listed("calls") == []
    assert table.listed("number#447700900001") == []


def test_news_of_a_deleted_call_are_known_to_be_of_no_use() -> None:
    ledger = Ledger(kept(*a_whole_call()), FakeObjects())
    before = ledger.is_of_a_deleted_call(published(99))

    ledger.keep(deleted())

    assert (before, ledger.is_of_a_deleted_call(published(99))) == (False, True)


def test_news_of_a_call_that_nothing_is_known_of_are_not_of_a_deleted_one() -> None:
    assert not Ledger(FakeCallsTable(), FakeObjects()).is_of_a_deleted_call(published(99))


@pytest.mark.parametrize("order", list(permutations([stored(95), published(99), deleted()])))
def test_what_comes_for_a_deleted_call_is_erased_too(order: tuple[Fact, ...]) -> None:
    table, objects = kept(*a_whole_call()), FakeObjects()

    for fact in order:
        Ledger(table, objects).keep(fact)

    assert record(table).deleted
    assert objects.erased[-1] == RECORDING
    assert [fact for place in table.facts.values() for fact in place.values()] == [deleted()]
