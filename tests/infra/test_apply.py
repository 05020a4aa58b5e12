"""Our Terraform, really applied: what MiniStack emulates stands, and a second plan is empty."""

import json
from typing import Any

import pytest

from callscribe.names import QueueName, dead_letter_name
from local.stack.resources import event_pattern, queue_name, table_definition
from tests.infra.cloud import ONE_CLOUD, Cloud

pytestmark = [pytest.mark.terraform, pytest.mark.emulator, ONE_CLOUD]

NOT_READ_BACK = {("aws_ecs_service", "availability_zone_rebalancing")}
"""What MiniStack takes and does not tell again, so that a plan wants to set it for ever."""


def changed(change: dict[str, Any]) -> set[tuple[str, str]]:
    before, after = change["change"]["before"] or {}, change["change"]["after"] or {}
    return {
        (change["type"], name)
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    }


def test_a_second_plan_is_empty(cloud: Cloud) -> None:
    changes = cloud.plan()

    assert all(change["change"]["actions"] == ["update"] for change in changes)
    assert set().union(*map(changed, changes)) <= NOT_READ_BACK


def test_every_queue_is_there_with_its_dead_letter_queue(cloud: Cloud) -> None:
    listed = cloud.client("sqs").list_queues(QueueNamePrefix="callscribe-")["QueueUrls"]
    names = {url.rpartition("/")[2] for url in listed}

    queues = {queue_name(queue) for queue in QueueName}
    assert queues | {dead_letter_name(queue) for queue in queues} <= names


def test_the_table_has_the_keys_that_the_ledger_writes(cloud: Cloud) -> None:
    table = cloud.client("dynamodb").describe_table(TableName="callscribe-calls")["Table"]
    wanted = table_definition()

    assert table["KeySchema"] == wanted["KeySchema"]
    [index] = table["GlobalSecondaryIndexes"]
    [ours] = wanted["GlobalSecondaryIndexes"]
    assert {name: index[name] for name in ours} == ours


def test_the_rule_is_that_of_the_laptop(cloud: Cloud) -> None:
    rule = cloud.client("events").describe_rule(Name=cloud.outputs["rule"])

    assert json.loads(rule["EventPattern"]) == event_pattern()


def test_no_secret_is_in_the_state(cloud: Cloud) -> None:
    state = cloud.terraform.run("state", "pull").stdout

    assert "aws_secretsmanager_secret_version" not in state
