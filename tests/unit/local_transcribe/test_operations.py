from datetime import datetime
from typing import Any

import pytest

from local.transcribe.errors import BadRequestError, RefusedError
from local.transcribe.job import Job
from local.transcribe.jobs import Jobs
from local.transcribe.operations import Operations
from local.transcribe.places import Place
from local.transcribe.scenario import Scenario, Stage
from local.transcribe.testing import NOON, FakeS3, a_request

CALL = Place("audio", "call.mp3")


def now() -> datetime:
    return NOON


class Account:
    """The operations of an account, and what became of its jobs."""

    def __init__(self, s3: FakeS3 | None = None, *, concurrent: int = 250) -> None:
        self.begun: list[Job] = []
        self.jobs = Jobs(concurrent=concurrent)
        self.stage = Stage(Scenario())
        self._operations = Operations(
            self.jobs,
            self.stage,
            s3 or FakeS3({CALL: b"sound"}),
            begin=self.begun.append,
            account="000000000000",
            region="eu-west-1",
            now=now,
        )

    def serve(self, operation: str, request: Any) -> dict[str, Any]:
        return self._operations.serve(operation, request)

    def start(self, **changes: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.serve("StartTranscriptionJob", a_request(**changes))
        return answer


def test_a_started_job_is_in_progress_and_is_begun() -> None:
    account = Account()

    answer = account.start()

    assert answer["TranscriptionJob"]["TranscriptionJobStatus"] == "IN_PROGRESS"
    assert [job.name for job in account.begun] == ["callscribe-1"]


def test_a_job_delivered_twice_is_begun_once() -> None:
    account = Account()
    account.start()

    with pytest.raises(RefusedError, match="The requested job name already exists"):
        account.start()

    assert len(account.begun) == 1


def test_media_that_are_not_there_are_refused_at_the_start() -> None:
    with pytest.raises(BadRequestError, match="The S3 URI that you provided can't be accessed"):
        Account(FakeS3()).start()


def test_a_bucket_that_cannot_be_written_is_refused_at_the_start() -> None:
    s3 = FakeS3({CALL: b"sound"}, forbidden=frozenset({"transcripts"}))

    with pytest.raises(BadRequestError, match="The specified S3 bucket can't be accessed"):
        Account(s3).start()


def test_a_job_without_a_bucket_is_refused_as_on_an_account_that_opted_out() -> None:
    with pytest.raises(BadRequestError, match=r"outputBucketName because your account, 0{12},"):
        Account().start(OutputBucketName=None, OutputKey=None)


def test_a_job_too_many_waits_if_it_may() -> None:
    account = Account(concurrent=1)
    role = "arn:aws:iam::000000000000:role/transcribe"
    waiting = {"AllowDeferredExecution": True, "DataAccessRoleArn": role}
    account.start()

    answer = account.start(TranscriptionJobName="second", JobExecutionSettings=waiting)

    assert answer["TranscriptionJob"]["TranscriptionJobStatus"] == "QUEUED"
    assert "StartTime" not in answer["TranscriptionJob"]


def test_a_job_can_be_asked_for_and_deleted() -> None:
    account = Account()
    account.start()
    name = {"TranscriptionJobName": "callscribe-1"}

    asked = account.serve("GetTranscriptionJob", name)
    account.jobs.change(account.begun[0].failed("Unsupported media format."))
    deleted = account.serve("DeleteTranscriptionJob", name)

    assert asked["TranscriptionJob"]["TranscriptionJobName"] == "callscribe-1"
    assert deleted == {}
    with pytest.raises(BadRequestError, match="couldn't be found"):
        account.serve("GetTranscriptionJob", name)


def test_jobs_are_listed_five_at_a_time_the_newest_first() -> None:
    account = Account()
    for number in range(7):
        account.start(TranscriptionJobName=f"call-{number}")

    first = account.serve("ListTranscriptionJobs", {})
    second = account.serve("ListTranscriptionJobs", {"NextToken": first["NextToken"]})

    assert names(first) == ["call-6", "call-5", "call-4", "call-3", "call-2"]
    assert names(second) == ["call-1", "call-0"]
    assert "NextToken" not in second


def test_jobs_are_listed_by_status_and_by_a_part_of_their_name_in_any_case() -> None:
    account = Account()
    for name in ("Sales-1", "sales-2", "support-1"):
        account.start(TranscriptionJobName=name)
    account.jobs.change(account.jobs.get("sales-2").failed("Unsupported media format."))

    working = account.serve("ListTranscriptionJobs", {"Status": "IN_PROGRESS"})
    sales = account.serve("ListTranscriptionJobs", {"JobNameContains": "SALES"})

    assert (names(working), working["Status"]) == (["support-1", "Sales-1"], "IN_PROGRESS")
    assert names(sales) == ["sales-2", "Sales-1"]


@pytest.mark.parametrize("token", ["nonsense", "am9icyB4"])
def test_a_page_that_does_not_exist_is_refused(token: str) -> None:
    with pytest.raises(BadRequestError, match="NextToken"):
        Account().serve("ListTranscriptionJobs", {"NextToken": token})


def test_an_operation_that_is_not_here_is_unknown() -> None:
    with pytest.raises(RefusedError) as refusal:
        Account().serve("StartCallAnalyticsJob", {})

    assert refusal.value.code == "UnknownOperationException"


def test_members_that_are_null_are_as_good_as_absent() -> None:
    account = Account()

    answer = account.serve("StartTranscriptionJob", {**a_request(), "Settings": None})

    assert answer["TranscriptionJob"]["Settings"]["ChannelIdentification"] is False


def test_refusals_of_the_scenario_come_in_their_order_and_run_out() -> None:
    account = Account()
    account.stage.play(Scenario(throttled=1, limit_exceeded=1, internal_failures=1))
    refusals: list[tuple[str, int]] = []

    for _ in range(3):
        with pytest.raises(RefusedError) as refusal:
            account.start()
        refusals.append((refusal.value.code, refusal.value.status))
    account.start()

    assert refusals == [
        ("ThrottlingException", 400),
        ("LimitExceededException", 400),
        ("InternalFailureException", 500),
    ]


def test_a_job_keeps_the_scenario_of_the_moment_it_was_started_at() -> None:
    account = Account()
    account.stage.play(Scenario(event_lost=True))

    account.start()
    account.stage.play(Scenario())

    assert account.begun[0].scenario.event_lost


def names(answer: dict[str, Any]) -> list[str]:
    return [job["TranscriptionJobName"] for job in answer["TranscriptionJobSummaries"]]
