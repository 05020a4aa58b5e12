"""The services as containers: a call ends as a transcript, work is shared, a kill loses nothing."""

import pytest
import urllib3

from tests.docker.compose import (
    PORTS,
    PROJECT,
    Aws,
    compose,
    containers,
    healthy,
    place_calls,
    run,
    stack,
    wait_for,
    workers_that_did,
)

pytestmark = [pytest.mark.docker, pytest.mark.timeout(600)]

OURS = ["webhook-gateway", "recorder", "transcriber", "results", "notify", "web"]
SHARED_WORK = {
    "recorder": "recording stored",
    "transcriber": "transcription started",
    "results": "transcript published",
}


def test_a_call_ends_as_a_transcript(running: Aws) -> None:
    said = stack("call")

    assert "three apple trees" in said
    assert running.parked() == 0


@pytest.mark.usefixtures("running")
def test_nothing_is_left_to_apply() -> None:
    said = compose("run", "--rm", "--no-deps", "terraform", "plan")

    assert "No changes" in said


@pytest.mark.usefixtures("running")
def test_the_pages_can_be_opened() -> None:
    page = urllib3.request("GET", f"http://127.0.0.1:{PORTS['WEB_PORT']}/login", timeout=10)

    assert page.status == 200
    assert b"token" in page.data


def test_scaled_workers_share_the_load(running: Aws, short_call: str) -> None:
    recordings = place_calls(16, short_call)

    assert wait_for(lambda: running.all_transcribed(recordings))
    for service, event in SHARED_WORK.items():
        did = workers_that_did(service, event)
        assert len(did) == 2
        assert all(did.values()), f"{service}: {did}"


@pytest.mark.parametrize("service", ["webhook-gateway", "recorder", "transcriber", "results"])
def test_a_killed_container_loses_nothing(running: Aws, short_call: str, service: str) -> None:
    victim = containers(service)[0]

    before = place_calls(4, short_call)
    run("docker", "kill", victim)
    after = place_calls(4, short_call)

    assert wait_for(lambda: running.all_transcribed(before + after))
    run("docker", "start", victim)
    assert wait_for(lambda: healthy(victim))
    assert running.parked() == 0


@pytest.mark.usefixtures("running")
def test_what_is_stopped_ends_by_itself_and_in_time() -> None:
    compose("stop", *OURS)

    for service in OURS:
        for container in containers(service):
            code = run("docker", "inspect", "--format", "{{.State.ExitCode}}", container).strip()
            assert code == "0", service
    compose("start", *OURS)
    assert wait_for(lambda: all(healthy(c) for service in OURS for c in containers(service)))


def test_a_call_ends_as_a_transcript_through_the_lambda_too(running: Aws) -> None:
    stack("up", route="lambda")

    said = stack("call", route="lambda")

    assert "three apple trees" in said
    assert running.parked() == 0


@pytest.mark.usefixtures("running")
def test_down_leaves_nothing() -> None:
    stack("down")

    label = f"label=com.docker.compose.project={PROJECT}"
    assert run("docker", "ps", "--all", "--quiet", "--filter", label) == ""
    assert run("docker", "volume", "ls", "--quiet", "--filter", label) == ""
    assert run("docker", "network", "ls", "--quiet", "--filter", label) == ""
