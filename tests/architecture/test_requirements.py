"""The images and the tests run the same packages, and an image has only what its service needs."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVICES = ["webhook-gateway", "recorder", "transcriber", "results"]
LIBRARY = "libs/callscribe"


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))


def needed(project: str) -> set[str]:
    said = tomllib.loads((ROOT / project / "pyproject.toml").read_text(encoding="utf-8"))
    return {name.partition("[")[0] for name in said["project"]["dependencies"]} - {"callscribe"}


@pytest.mark.parametrize("name", [*SERVICES, "build"])
def test_an_image_has_the_versions_that_the_tests_run_on(name: str) -> None:
    assert pins(name)
    assert pins(name).items() <= pins("run").items()


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_has_all_that_its_service_says_it_needs(service: str) -> None:
    assert needed(f"services/{service}") | needed(LIBRARY) <= set(pins(service))


@pytest.mark.parametrize("service", ["webhook-gateway", "transcriber"])
def test_who_reads_no_audio_brings_nothing_that_does(service: str) -> None:
    assert not {"numpy", "soundfile"} & set(pins(service))


@pytest.mark.parametrize("service", SERVICES)
def test_no_image_brings_what_is_for_a_laptop(service: str) -> None:
    assert not {"hatchling", "ministack", "pocketsphinx"} & set(pins(service))
