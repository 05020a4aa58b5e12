"""Runs all of Callscribe on this machine: AWS and Vonage stood in for, every service a process."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import boto3
from botocore.config import Config

from local.stack.children import Children, OnLine
from local.stack.emulator import REGION, credentials, start_emulator
from local.stack.environment import Places, environment_of
from local.stack.ports import free_port
from local.stack.resources import MakeResources, Resources, Route, make_resources

Overrides = Mapping[str, Mapping[str, str]]
"""Variables to set beside the usual ones, by the name of the program."""

STAND_INS = {"transcribe": "local.transcribe", "vonage": "local.vonage"}
SERVICES = {
    "webhook-gateway": "webhook_gateway",
    "recorder": "recorder",
    "transcriber": "transcriber",
    "results": "results",
    "web": "results.web",
    "notify": "results.notify",
}


class LocalAws:
    """AWS as it is on this machine."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.client = cache(self._client)

    def _client(self, service: str) -> Any:
        """Make a client of a service, by boto3's name for it."""
        make: Any = boto3.client
        address = self._places.transcribe if service == "transcribe" else self._places.aws
        return make(
            service,
            endpoint_url=address,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - opens nothing but the emulator
            config=Config(retries={"mode": "standard"}, s3={"addressing_style": "path"}),
        )


@dataclass(frozen=True)
class Stack:
    """A running Callscribe: where everything is, and the programs it is made of."""

    aws: LocalAws
    places: Places
    resources: Resources
    children: Children

    @classmethod
    def start(
        cls,
        children: Children,
        folder: Path,
        *,
        route: Route,
        overrides: Overrides,
        make: MakeResources = make_resources,
    ) -> Self:
        """Start everything, in the order in which one needs the other."""
        places = _places(start_emulator(children, folder), folder)
        aws = LocalAws(places)
        children.tell("aws up", address=places.aws)
        resources = make(
            aws,
            route=route,
            notifier_environment={**credentials(), **places.endpoints},
        )
        children.tell("resources made", queues=", ".join(resources.queue_urls))
        stack = cls(aws, places, resources, children)
        # The services need what the stand-ins make, such as the application's key.
        for programs in (STAND_INS, SERVICES):
            stack._start(programs, overrides)
            children.tell("programs up", programs=", ".join(programs))
        return stack

    def _start(self, programs: Mapping[str, str], overrides: Overrides) -> None:
        for name, module in programs.items():
            environment = environment_of(name, self.places, self.resources)
            variables = {**environment, **overrides.get(name, {})}
            self.children.start(name, ["-m", module], variables)
        for name in programs:
            self.children[name].wait_until_ready(f"{self.places.at(name)}{health_of(name)}")


def health_of(name: str) -> str:
    """Give the path at which a program says that it is well."""
    return "/api/v1/health" if name == "web" else "/health"


def _places(aws: str, folder: Path) -> Places:
    return Places(
        aws=aws,
        ports={name: free_port() for name in (*STAND_INS, *SERVICES)},
        folder=folder,
        application_id=str(uuid4()),
        signature_secret=secrets.token_hex(32),
    )


@contextmanager
def running_stack(
    folder: Path,
    *,
    on_line: OnLine,
    route: Route = Route.SQS,
    overrides: Overrides | None = None,
    make: MakeResources = make_resources,
) -> Iterator[Stack]:
    """Run everything for as long as the block lasts, with its files in ``folder``.

    ``make`` makes the queues, buckets and so on; by default we do, and Terraform can.
    """
    with Children(on_line) as children:
        yield Stack.start(children, folder, route=route, overrides=overrides or {}, make=make)
