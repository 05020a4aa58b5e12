"""What Terraform applies carries a call: its queues, its rule, and the function's real code."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from local.stack.resources import Aws, Resources, Route
from tests.e2e.journey import Journey, journey, said_by
from tests.infra.cloud import Cloud

pytestmark = [
    pytest.mark.terraform,
    pytest.mark.journey,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("carried"),
]


@dataclass
class Applied:
    """Makes resources by applying our Terraform to the stack's emulator."""

    folder: Path
    clouds: list[Cloud] = field(default_factory=list)

    def __call__(
        self, aws: Aws, *, route: Route, notifier_environment: dict[str, str] | None
    ) -> Resources:
        variables = {
            "completion_route": str(route),
            "notifier_environment": notifier_environment or {},
        }
        cloud = Cloud(aws.client("sqs").meta.endpoint_url, self.folder, variables)
        self.clouds.append(cloud)
        cloud.apply()
        made = cloud.outputs
        return Resources(
            queue_urls=made["queue_urls"],
            dead_letter_urls=made["dead_letter_urls"],
            audio_bucket=made["audio_bucket"],
            transcripts_bucket=made["transcripts_bucket"],
            calls_table=made["calls_table"],
        )

    @property
    def cloud(self) -> Cloud:
        [cloud] = self.clouds
        return cloud


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Applied:
    return Applied(tmp_path_factory.mktemp("terraform"))


@pytest.fixture(scope="module")
def on_terraform(applied: Applied, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    folder = tmp_path_factory.mktemp("stack")
    with journey(folder, route=Route.LAMBDA, make=applied) as running:
        yield running


def test_a_call_goes_through_the_rule_and_the_function(on_terraform: Journey) -> None:
    call = on_terraform.place()

    transcript = on_terraform.transcript_of(call)

    assert "three apple trees" in said_by(transcript, "Caller")
    logs = on_terraform.stack.aws.client("logs")
    group = logs.filter_log_events(logGroupName="/callscribe/notifier")
    assert any("completion passed on" in event["message"] for event in group["events"])


def test_the_route_is_changed_by_another_apply(on_terraform: Journey, applied: Applied) -> None:
    applied.cloud.variables["completion_route"] = str(Route.SQS)

    applied.cloud.apply()

    call = on_terraform.place()
    assert on_terraform.transcript_of(call)["turns"]
    assert not on_terraform.stack.aws.client("lambda").list_functions()["Functions"]


def test_a_destroy_leaves_nothing(on_terraform: Journey, applied: Applied) -> None:
    aws = on_terraform.stack.aws

    applied.cloud.destroy()

    assert applied.cloud.resources() == []
    assert not aws.client("sqs").list_queues().get("QueueUrls")
    assert not aws.client("s3").list_buckets()["Buckets"]
    assert not aws.client("dynamodb").list_tables()["TableNames"]
