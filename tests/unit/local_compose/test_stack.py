"""What is said before Docker is asked for anything."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def stack(folder: Path, *, docker_works: bool, **variables: str) -> tuple[int, str]:
    """Run the script with a docker that says yes to all, or no."""
    docker = folder / "docker"
    docker.write_text(f"#!/bin/sh\nexit {0 if docker_works else 1}\n", encoding="utf-8")
    docker.chmod(0o755)
    done = subprocess.run(
        ["local/compose/stack", "up"],  # noqa: S607 - a script of ours, from the checkout
        cwd=ROOT,
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def test_without_docker_one_plain_line_says_so(tmp_path: Path) -> None:
    status, said = stack(tmp_path, docker_works=False)

    assert status == 1
    assert said.count("\n") == 1
    assert said.startswith("This needs Docker with Compose v2")


@pytest.mark.parametrize("wrong", [{"LOCAL_AWS": "azure"}, {"ROUTE": "post"}])
def test_a_choice_that_there_is_not_is_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    [(name, value)] = wrong.items()

    status, said = stack(tmp_path, docker_works=True, **wrong)

    assert status == 2
    assert said.startswith(f"{name} is ")
    assert said.endswith(f"not {value}\n")
