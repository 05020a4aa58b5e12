"""What is in an image, and what is not."""

import json
from typing import Any

import pytest

from tests.docker.compose import run

pytestmark = [pytest.mark.docker, pytest.mark.timeout(600), pytest.mark.usefixtures("running")]

SERVICES = ["webhook-gateway", "recorder", "transcriber", "results"]
PYTHON_IMAGE = "python:3.13-slim"
PYTHON_IMAGE_MEGABYTES = 125
"""What the public image of that name takes; a machine may have a larger one under its name."""


def inspected(image: str) -> dict[str, Any]:
    return dict(json.loads(run("docker", "image", "inspect", image))[0])


def in_container(service: str, *command: str) -> str:
    image = f"callscribe/{service}:dev"
    return run("docker", "run", "--rm", "--read-only", "--network", "none", image, *command)


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_is_under_250_megabytes(service: str) -> None:
    base = inspected(PYTHON_IMAGE)["Size"]

    added = (inspected(f"callscribe/{service}:dev")["Size"] - base) / 1e6

    assert added + PYTHON_IMAGE_MEGABYTES < 250


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_is_root_and_one_process_gets_the_signal(service: str) -> None:
    config = inspected(f"callscribe/{service}:dev")["Config"]

    assert config["User"] == "10001:10001"
    assert config["Cmd"][:2] == ["python", "-m"]
    assert not config["Entrypoint"]
    assert config["Healthcheck"]["Test"][:2] == ["CMD", "python"]
    assert config["Labels"]["org.opencontainers.image.title"] == f"callscribe/{service}"


@pytest.mark.parametrize("service", SERVICES)
def test_there_is_nothing_to_install_with(service: str) -> None:
    look = "import importlib.util as u; print([m for m in ('pip', 'hatchling') if u.find_spec(m)])"

    assert in_container(service, "python", "-c", look).strip() == "[]"


def test_only_who_reads_audio_brings_what_reads_it() -> None:
    look = (
        "import importlib.util as u; print(bool(u.find_spec('soundfile') and u.find_spec('numpy')))"
    )

    brings = {s for s in SERVICES if in_container(s, "python", "-c", look).strip() == "True"}

    assert brings == {"recorder", "results"}
