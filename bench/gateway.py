"""Measures the gateway against a bare route that sends one message for each request."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from bench.load import Load
from bench.machine import cores, cpu_seconds
from bench.program import run, running
from bench.report import CannotMeasureError, Goal, Report, rows
from bench.slow_sqs import LATENCY_SECONDS, SlowSqs, slow_sqs
from local.stack.ports import LOOPBACK, free_port
from webhook_gateway.settings import Settings
from webhook_gateway.testing import ENOUGH

ROUNDS: Final = 5
SECONDS: Final = 5
WARM_UP_SECONDS: Final = 1
THREADS: Final = int(Settings.model_fields["threads"].default)
CONNECTIONS: Final = cores() * THREADS

GOAL: Final = Goal("at least", 1.5)
GOAL_CALLS: Final = Goal("at most", 0.2, of="ours")

BASELINE: Final = (
    "a Flask route with one boto3 send_message per request, under the same gunicorn settings: "
    f"{cores()} workers of {THREADS} threads"
)
NOTES: Final = (
    f"SQS: a stub of our own that answers after {LATENCY_SECONDS * 1000:g} ms and counts calls, "
    "so that no emulator is the bottleneck",
    "webhooks: nine events to one recording, all with a signature; the gateway checks it, or, "
    "unsigned, is set not to; the bare route never looks",
    f"load: {CONNECTIONS} keep-alive connections of another process on the same cores, "
    f"{SECONDS} s at a time, {ROUNDS} times in turns",
)

UNSIGNED: Final = {
    "WEBHOOK_GATEWAY_SIGNATURE_SECRETS": "",
    "WEBHOOK_GATEWAY_ALLOW_UNSIGNED": "true",
}
OURS: Final[dict[str, dict[str, str]]] = {"signed": {}, "unsigned": UNSIGNED}
"""What differs in the settings of our gateways."""

BARE: Final = "bare"


@dataclass(frozen=True)
class Run:
    """What one gateway did under load; the CPU is that of all its processes, in seconds."""

    load: Load
    calls: int
    cpu: float

    @property
    def per_second(self) -> float:
        """Requests for each second."""
        return self.load.requests / self.load.seconds


@dataclass(frozen=True)
class Target:
    """A gateway that runs: its first process, and where it listens."""

    process: int
    port: int

    def measure(self, seconds: float) -> Run:
        """Put it under load.

        :raises CannotMeasureError: if it refuses a request.
        """
        calls, cpu = SlowSqs.calls, cpu_seconds(self.process)
        said = run("bench.load", *_arguments(self.port, seconds))
        done = Load(**json.loads(said))
        if done.refused:
            raise CannotMeasureError(f"{done.refused} of {done.requests} webhooks were refused")
        return Run(done, SlowSqs.calls - calls, cpu_seconds(self.process) - cpu)


FIGURES: Final[dict[str, tuple[Callable[[Run], float], Goal | None]]] = {
    "requests/s": (lambda run: run.per_second, GOAL),
    "SQS calls per webhook": (lambda run: run.calls / run.load.requests, GOAL_CALLS),
    "CPU ms per webhook": (lambda run: run.cpu / run.load.requests * 1000, None),
    "p99 ms": (lambda run: run.load.p99 * 1000, None),
}


def measure() -> Report:
    """Put all of them under load in turns.

    :raises CannotMeasureError: if one of them does not run here.
    """
    runs: dict[str, list[Run]] = {name: [] for name in (*OURS, BARE)}
    with ExitStack() as at_exit:
        sqs = at_exit.enter_context(slow_sqs())
        targets = {name: _start(name, sqs, at_exit) for name in runs}
        for target in targets.values():
            target.measure(WARM_UP_SECONDS)
        for _ in range(ROUNDS):
            for name, target in targets.items():
                runs[name].append(target.measure(SECONDS))
    measured = (
        row
        for what, (figure, goal) in FIGURES.items()
        for name in OURS
        for row in rows(runs[name], runs[BARE], {f"{what}, {name}": (figure, goal)})
    )
    return Report("gateway", BASELINE, tuple(measured), NOTES)


def _start(name: str, sqs: str, at_exit: ExitStack) -> Target:
    port = free_port()
    environment = {
        **{f"WEBHOOK_GATEWAY_{name.upper()}": value for name, value in ENOUGH.items()},
        "AWS_ENDPOINT_URL_SQS": sqs,
        "WEBHOOK_GATEWAY_HOST": LOOPBACK,
        "WEBHOOK_GATEWAY_PORT": str(port),
        **OURS.get(name, {}),
    }
    module = "bench.bare_gateway" if name == BARE else "webhook_gateway"
    health = f"http://{LOOPBACK}:{port}/health"
    return Target(at_exit.enter_context(running(module, environment, health=health)), port)


def _arguments(port: int, seconds: float) -> list[str]:
    options = {"--port": port, "--connections": CONNECTIONS, "--seconds": seconds}
    return [str(part) for option in options.items() for part in option]
