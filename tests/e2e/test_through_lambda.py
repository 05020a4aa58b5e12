"""A completion comes through the notifier instead of straight to the queue."""

import pytest

from callscribe.names import JobId, job_name
from tests.e2e.journey import Journey, said_by

pytestmark = pytest.mark.journey


def test_a_call_ends_as_the_same_transcript(through_lambda: Journey) -> None:
    call = through_lambda.place()

    transcript = through_lambda.transcript_of(call)

    assert "three apple trees" in said_by(transcript, "Caller")
    assert transcript["conversation_id"] == call.conversation_id


def test_everything_twice_is_one_job_and_one_transcript(through_lambda: Journey) -> None:
    call = through_lambda.place(events_twice=True, recording_twice=True)

    assert through_lambda.transcript_of(call)["turns"]
    assert through_lambda.jobs().count(job_name(JobId(call.recording_id))) == 1
    assert through_lambda.wait_for(lambda: through_lambda.in_queues() == 0)
