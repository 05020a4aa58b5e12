"""Queues, messages, the rule and the documents tell of the same things."""

import json
import re
from pathlib import Path

import pytest

from callscribe import contracts
from callscribe.names import JOB_PREFIX, JobId, QueueName, job_name
from callscribe.telemetry import Metric
from local.stack.resources import MAX_RECEIVE_COUNT, event_pattern
from recorder.settings import Settings as RecorderSettings

ROOT = Path(__file__).parents[2]
DEPLOYED = ("services", "lambda", "libs")
WHERE_CONTRACTS_ARE_WRITTEN = ROOT / "libs/callscribe/src/callscribe/contracts"
RECORDED_EVENT = ROOT / "tests/contract/messages/aws.transcribe.json"

EVENTS = {event.__name__: event for event in contracts.Event.__subclasses__()}


def document(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def sources() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8")
        for folder in DEPLOYED
        for path in (ROOT / folder).rglob("src/**/*.py")
        if WHERE_CONTRACTS_ARE_WRITTEN not in path.parents
    )


@pytest.mark.parametrize("event", EVENTS)
def test_every_contract_is_sent_by_a_deployable(event: str) -> None:
    assert re.search(rf"\b{event}\(", sources())


def test_every_contract_is_read_from_a_queue() -> None:
    alone = {name for name in EVENTS if f"{name}.model_validate_json" in sources()}
    unions = (contracts.Completion, contracts.Fact, contracts.Notification)
    together = {kind.__name__ for union in unions for kind in _members(union)}

    assert alone | together >= set(EVENTS)


def test_the_rule_lets_our_jobs_through_and_no_others() -> None:
    pattern = event_pattern()["detail"]

    [prefix] = [matcher["prefix"] for matcher in pattern["TranscriptionJobName"]]

    assert prefix == JOB_PREFIX
    assert job_name(JobId("any")).startswith(prefix)
    assert pattern["TranscriptionJobStatus"] == ["COMPLETED", "FAILED"]


def test_the_rule_names_the_event_as_aws_does() -> None:
    recorded = json.loads(RECORDED_EVENT.read_text(encoding="utf-8"))

    assert event_pattern()["detail-type"] == [recorded["detail-type"]]


def test_the_redrive_policy_comes_after_the_last_attempt() -> None:
    assert RecorderSettings.model_fields["max_attempts"].default < MAX_RECEIVE_COUNT


def test_the_messages_page_lists_every_message() -> None:
    types = {str(event.model_fields["type"].default) for event in EVENTS.values()}

    listed = set(re.findall(r"^\| `([a-z.]+\.v\d+)` \|", document("messages.md"), re.MULTILINE))

    assert listed == types


def test_the_operations_page_lists_every_counter() -> None:
    table = document("operations.md").partition("| counter |")[2].partition("\n\n")[0]

    assert set(re.findall(r"`([a-z_]+)`", table)) == {metric.value for metric in Metric}


def test_the_architecture_page_lists_every_queue() -> None:
    table = document("architecture.md").partition("| queue | carries")[2].partition("\n\n")[0]

    assert set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == set(QueueName)


def _members(union: object) -> tuple[type, ...]:
    inner = getattr(union, "__origin__", union)
    return tuple(getattr(inner, "__args__", ()))
