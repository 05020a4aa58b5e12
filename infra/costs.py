"""Computes what Callscribe costs on AWS from one file of rates: ``python -m infra.costs``."""

import re
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
RATES: Final = Path(__file__).parent / "rates.toml"

MILLION: Final = 1_000_000
DAYS: Final = 30

Rates = Mapping[str, Any]
Row = tuple[str, ...]


def read_rates(file: Path = RATES) -> Rates:
    """Read the one file of rates."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


def tasks_month(rates: Rates) -> float:
    """Compute what the tasks that always run cost a month."""
    hours = float(rates["month"]["hours"])
    return sum(
        int(task["least"]) * _task_hour(rates, name) * hours
        for name, task in rates["tasks"].items()
    )


def _task_hour(rates: Rates, name: str) -> float:
    task, prices = rates["tasks"][name], rates["prices"]
    memory = task["gigabytes"] * prices["memory_gigabyte_hour"]
    return float(task["vcpu"] * prices["vcpu_hour"] + memory)


def idle(rates: Rates) -> dict[str, float]:
    """Compute what a month without a call costs, by what it is for."""
    prices, stack, hours = rates["prices"], rates["stack"], rates["month"]["hours"]
    # A load balancer has an address in each zone, and the NAT gateway one.
    addresses = stack["balancers"] * stack["zones"] + 1
    return {
        "tasks that always run": tasks_month(rates),
        "load balancers": stack["balancers"] * prices["balancer_hour"] * hours,
        "NAT gateway": prices["nat_hour"] * hours,
        "public addresses": addresses * prices["address_hour"] * hours,
        "firewalls": stack["balancers"] * prices["firewall_month"],
        "container metrics": stack["insights_metrics"] * prices["insights_metric_month"],
        "alarms, dashboard": stack["alarms"] * prices["alarm_month"] + prices["dashboard_month"],
        "secrets": stack["secrets"] * prices["secret_month"],
    }


def smallest(rates: Rates) -> float:
    """Compute a month with workers asleep, one gateway task, no pages and no firewall."""
    parts = idle(rates)
    gateway = _task_hour(rates, "webhook-gateway") * rates["month"]["hours"]
    kept = ("NAT gateway", "alarms, dashboard", "secrets", "container metrics")
    halved = ("load balancers", "public addresses")
    return float(gateway + sum(parts[it] for it in kept) + sum(parts[it] / 2 for it in halved))


def per_call(rates: Rates) -> dict[str, float]:
    """Compute what one call costs on top, by what it is for."""
    prices, call = rates["prices"], rates["call"]
    gigabytes = call["audio_megabytes"] / 1000
    out = gigabytes + call["sqs_kilobytes"] / MILLION
    kept = gigabytes * call["kept_months"] * prices["s3_gigabyte_month"]
    writes, reads = call["table_writes"] / MILLION, call["table_reads"] / MILLION
    return {
        "Amazon Transcribe": call["minutes"] * prices["transcribe_minute"],
        "SQS": call["sqs_requests"] / MILLION * prices["sqs_million_requests"],
        "S3": call["s3_writes"] / 1000 * prices["s3_thousand_writes"]
        + call["s3_reads"] / 1000 * prices["s3_thousand_reads"]
        + kept,
        "DynamoDB": writes * prices["dynamodb_million_writes"]
        + reads * prices["dynamodb_million_reads"],
        "logs": call["log_kilobytes"] / MILLION * prices["logs_gigabyte"],
        "NAT gateway": out * prices["nat_gigabyte"],
        "firewall": call["webhooks"] / MILLION * prices["firewall_million_requests"],
        "tasks": sum(s / 3600 * _task_hour(rates, name) for name, s in rates["busy"].items()),
    }


def endpoint_calls_a_day(rates: Rates) -> float:
    """From how many calls a day an endpoint for SQS costs less than the NAT gateway's gigabytes."""
    prices, stack = rates["prices"], rates["stack"]
    month = stack["zones"] * prices["endpoint_hour"] * rates["month"]["hours"]
    saved = prices["nat_gigabyte"] - prices["endpoint_gigabyte"]
    return float(month / saved / (rates["call"]["sqs_kilobytes"] / MILLION) / DAYS)


def idle_table(rates: Rates) -> str:
    """Write the month without a call as a table."""
    parts = [(name, f"{dollars:.2f}") for name, dollars in idle(rates).items()]
    total = ("**all of it, idle**", f"**{sum(idle(rates).values()):.2f}**")
    small = (
        "**the smallest: workers asleep, no pages, no firewall**",
        f"**{smallest(rates):.2f}**",
    )
    return _table(("a month without a call", "USD"), [*parts, total, small])


def call_table(rates: Rates) -> str:
    """Write a thousand calls as a table."""
    parts = [(name, f"{dollars * 1000:.2f}") for name, dollars in per_call(rates).items()]
    total = ("**all of it**", f"**{sum(per_call(rates).values()) * 1000:.2f}**")
    minutes = rates["call"]["minutes"]
    return _table((f"1,000 calls of {minutes} minutes", "USD"), [*parts, total])


def scale_table(rates: Rates) -> str:
    """Write what so many calls a day cost a month as a table."""
    call, fixed = sum(per_call(rates).values()), sum(idle(rates).values())
    transcribe = per_call(rates)["Amazon Transcribe"]
    rows = [
        (
            f"{calls:,}",
            f"{calls * DAYS * call + fixed:,.0f}",
            f"{calls * DAYS * transcribe / (calls * DAYS * call + fixed):.1%}",
        )
        for calls in (100, 1_000, 10_000, 100_000, MILLION)
    ]
    return _table(("calls a day", "USD a month", "of that Amazon Transcribe"), rows)


def endpoint_table(rates: Rates) -> str:
    """Write when an endpoint pays as a table."""
    calls = f"{round(endpoint_calls_a_day(rates), -2):,.0f}"
    return _table(("`interface_endpoints`", "pays from calls a day"), [('`["sqs"]`', calls)])


def _table(head: Row, rows: Sequence[Row]) -> str:
    lines = [head, ("---", *["--:"] * (len(head) - 1)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


TABLES: Final[Mapping[str, Callable[[Rates], str]]] = {
    "idle": idle_table,
    "call": call_table,
    "scale": scale_table,
    "endpoint": endpoint_table,
}

PAGES: Final = ("docs/deploy.md", "docs/scale.md")


def filled(page: str, rates: Rates) -> str:
    """Give a page with each table between its marks computed anew."""

    def table(mark: "re.Match[str]") -> str:
        return f"<!-- costs: {mark[1]} -->\n{TABLES[mark[1]](rates)}\n<!-- end -->"

    return re.sub(r"<!-- costs: (\w+) -->\n.*?<!-- end -->", table, page, flags=re.DOTALL)


def main() -> int:
    """Write the tables of all pages anew."""
    rates = read_rates()
    for name in PAGES:
        file = ROOT / name
        file.write_text(filled(file.read_text(encoding="utf-8"), rates), encoding="utf-8")
        sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
