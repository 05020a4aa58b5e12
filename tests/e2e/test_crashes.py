"""A service is killed while twenty calls are under way, and started again: nothing is lost."""

from pathlib import Path

import pytest

from callscribe.names import JobId, job_name
from tests.e2e.journey import Journey, journey

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

CALLS = 20

FIRST_WORK = {
    "webhook-gateway": "webhook accepted",
    "recorder": "recording stored",
    "transcriber": "transcription started",
    "results": "fact kept",
}
"""What each service logs when it is in the middle of its work, and then it is killed."""

PATIENT_VONAGE = {"vonage": {"LOCAL_VONAGE_RETRY_DELAY": "4"}}
"""Vonage tries a webhook once more; here not before a new gateway had the time to start."""


def worked(running: Journey, service: str) -> bool:
    return len(running.lines.facts(service=service, event=FIRST_WORK[service])) >= 3


@pytest.mark.parametrize("service", sorted(FIRST_WORK))
def test_a_killed_service_loses_no_call_and_pays_for_none_twice(
    service: str, tmp_path: Path
) -> None:
    with journey(tmp_path, overrides=PATIENT_VONAGE) as running:
        calls = running.place_many(CALLS)
        running.wait_for(lambda: worked(running, service))

        running.stack.children[service].kill()
        running.stack.children[service].start()

        for call in calls:
            assert running.transcript_of(call)["turns"]
            assert len(running.recordings(call)) == 1
        assert sorted(running.jobs()) == sorted(
            job_name(JobId(call.recording_id)) for call in calls
        )
        assert running.wait_for(lambda: running.in_queues() == 0)
