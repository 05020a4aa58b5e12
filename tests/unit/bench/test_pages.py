from bench.pages import items_of
from results.ledger.testing import a_call


def test_each_call_has_its_record_and_its_place_in_the_list_of_all() -> None:
    items = items_of([a_call("CON-1"), a_call("CON-2", minutes_later=1)])

    records = [item["pk"]["S"] for item in items if item["sk"]["S"] == "record"]
    listed = [item for item in items if item.get("listed_in") == {"S": "calls"}]
    assert records == ["call#CON-1", "call#CON-2"]
    assert len(listed) == 2
