from dataclasses import replace

import pytest

from local.transcribe.errors import BadRequestError, RefusedError
from local.transcribe.job import Job, Status
from local.transcribe.jobs import Jobs
from local.transcribe.testing import NOON, a_job


def a_new_job(name: str = "callscribe-1") -> Job:
    return replace(a_job(TranscriptionJobName=name), status=Status.QUEUED, started=None)


def test_a_new_job_begins_at_once() -> None:
    jobs = Jobs(concurrent=1)

    job = jobs.add(a_new_job(), may_wait=False)

    assert (job.status, job.started) == (Status.IN_PROGRESS, NOON)
    assert jobs.get("callscribe-1") is job


def test_a_name_that_is_taken_is_a_conflict_even_when_the_job_has_ended() -> None:
    jobs = Jobs(concurrent=1)
    jobs.change(jobs.add(a_new_job(), may_wait=False).failed("Unsupported media format."))

    with pytest.raises(RefusedError) as refusal:
        jobs.add(a_new_job(), may_wait=False)

    assert refusal.value.code == "ConflictException"
    assert refusal.value.status == 400


def test_a_job_too_many_is_refused() -> None:
    jobs = Jobs(concurrent=1)
    jobs.add(a_new_job("first"), may_wait=False)

    with pytest.raises(RefusedError) as refusal:
        jobs.add(a_new_job("second"), may_wait=False)

    assert refusal.value.code == "LimitExceededException"


def test_a_job_too_many_that_may_wait_is_queued() -> None:
    jobs = Jobs(concurrent=1)
    jobs.add(a_new_job("first"), may_wait=True)

    job = jobs.add(a_new_job("second"), may_wait=True)

    assert (job.status, job.started) == (Status.QUEUED, None)


def test_an_unknown_job_is_a_bad_request_as_on_aws() -> None:
    with pytest.raises(BadRequestError, match="couldn't be found"):
        Jobs(concurrent=1).get("callscribe-1")


def test_a_job_is_deleted_once_it_has_ended() -> None:
    jobs = Jobs(concurrent=1)
    job = jobs.add(a_new_job(), may_wait=False)

    with pytest.raises(BadRequestError, match="hasn't ended"):
        jobs.remove(job.name)
    jobs.change(job.failed("Unsupported media format."))
    jobs.remove(job.name)

    assert jobs.newest_first() == []


def test_the_job_started_last_comes_first() -> None:
    jobs = Jobs(concurrent=9)
    for name in ("first", "second", "third"):
        jobs.add(a_new_job(name), may_wait=False)
    jobs.change(jobs.get("first").failed("Unsupported media format."))

    assert [job.name for job in jobs.newest_first()] == ["third", "second", "first"]
