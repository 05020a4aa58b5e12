"""What the tests of Terraform need: an emulator that evaluates IAM, and Terraform applied to it."""

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import pytest

from infra.cli import Terraform
from infra.package import main as package
from local.stack.emulator import REGION, credentials

EMULATOR = ("-input=false", "-var-file=emulator.tfvars", "-var-file=test.tfvars.json")

ONE_CLOUD = pytest.mark.xdist_group("cloud")
"""An apply takes minutes, most of which the provider waits: one worker has all these tests."""

ALL_IT_EMULATES: dict[str, Any] = {
    "completion_route": "lambda",
    "deploy_services": True,
    "gateway_domain": "calls.example.com",
    "gateway_certificate_arn": f"arn:aws:acm:{REGION}:000000000000:certificate/0",
    "pages_domain": "transcripts.example.com",
    "pages_certificate_arn": f"arn:aws:acm:{REGION}:000000000000:certificate/0",
    "parties": ["447700900002"],
    "repositories": True,
    "vonage_application_id": "application",
}
"""Everything but alarms and scaling; docs/deploy.md lists what MiniStack lacks."""


@dataclass(frozen=True)
class Cloud:
    """An emulator, and our Terraform in a copy of its folder."""

    endpoint: str
    folder: Path
    variables: dict[str, Any]

    @cached_property
    def terraform(self) -> Terraform:
        environment = {**os.environ, **credentials(), "AWS_ENDPOINT_URL": self.endpoint}
        terraform = Terraform(self.folder, environment)
        package([str(self.folder / "notifier.zip"), "--bare"])
        terraform.init()
        return terraform

    def write_variables(self) -> None:
        said = {**self.variables, "notifier_package": str(self.folder / "notifier.zip")}
        file = self.terraform.folder / "test.tfvars.json"
        file.write_text(json.dumps(said), encoding="utf-8")

    def apply(self) -> None:
        self.write_variables()
        self.terraform.run("apply", "-auto-approve", "-no-color", *EMULATOR)

    def destroy(self) -> None:
        self.terraform.run("destroy", "-auto-approve", "-no-color", *EMULATOR)

    def plan(self) -> list[dict[str, Any]]:
        """What another apply would change."""
        self.terraform.run("plan", "-no-color", "-out=again", *EMULATOR)
        shown = json.loads(self.terraform.run("show", "-json", "again").stdout)
        return [
            change
            for change in shown.get("resource_changes", ())
            if change["change"]["actions"] not in (["no-op"], ["read"])
        ]

    def resources(self) -> list[str]:
        return self.terraform.run("state", "list").stdout.split()

    @cached_property
    def outputs(self) -> dict[str, Any]:
        said = json.loads(self.terraform.run("output", "-json").stdout)
        return {name: output["value"] for name, output in said.items()}

    def client(self, service: str, **keys: str) -> Any:
        make: Any = boto3.client
        root = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return make(service, endpoint_url=self.endpoint, region_name=REGION, **{**root, **keys})
