"""Every price in the documents comes from the one file of rates."""

from pathlib import Path

import hcl2
import pytest

from infra.costs import (
    PAGES,
    TABLES,
    endpoint_calls_a_day,
    filled,
    idle,
    per_call,
    read_rates,
    smallest,
)

ROOT = Path(__file__).parents[3]
RATES = read_rates()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_tables_that_the_rates_give(page: str) -> None:
    written = (ROOT / page).read_text(encoding="utf-8")

    assert "<!-- costs: " in written
    assert filled(written, RATES) == written


def test_every_table_is_on_a_page() -> None:
    written = "".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)

    assert all(f"<!-- costs: {name} -->" in written for name in TABLES)


def test_a_dearer_minute_makes_a_call_dearer_by_its_minutes() -> None:
    dearer = {**RATES, "prices": {**RATES["prices"], "transcribe_minute": 1.024}}

    more = sum(per_call(dearer).values()) - sum(per_call(RATES).values())

    assert more == pytest.approx(RATES["call"]["minutes"])


def test_transcribing_is_nearly_all_that_a_call_costs() -> None:
    parts = per_call(RATES)

    assert parts["Amazon Transcribe"] > 0.9 * sum(parts.values())


def test_the_smallest_stack_costs_less_than_half_of_the_usual() -> None:
    assert 0 < smallest(RATES) < sum(idle(RATES).values()) / 2


def test_an_endpoint_pays_where_it_costs_what_the_gigabytes_saved_would() -> None:
    calls = endpoint_calls_a_day(RATES)
    prices, call = RATES["prices"], RATES["call"]

    gigabytes = calls * 30 * call["sqs_kilobytes"] / 1_000_000
    endpoint = RATES["stack"]["zones"] * prices["endpoint_hour"] * RATES["month"]["hours"]

    nat = gigabytes * prices["nat_gigabyte"]
    assert nat == pytest.approx(endpoint + gigabytes * prices["endpoint_gigabyte"])


def test_the_tasks_are_as_big_as_terraform_makes_them() -> None:
    with (ROOT / "infra/terraform/services.tf").open(encoding="utf-8") as file:
        blocks = hcl2.load(file)["locals"]
    [workers] = [block["workers"] for block in blocks if "workers" in block]

    for name, worker in workers.items():
        task = RATES["tasks"][name]
        assert (task["vcpu"] * 1024, task["gigabytes"] * 1024) == (worker["cpu"], worker["memory"])
