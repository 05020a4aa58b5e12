import pytest
from hypothesis import given
from hypothesis import strategies as st

from callscribe.names import (
    JOB_PREFIX,
    JobId,
    QueueName,
    audio_key,
    audio_prefix,
    dead_letter_name,
    description_key,
    failure_key,
    job_name,
    job_of,
    outcome_prefix,
    part_key,
    recording_of,
    set_key,
    transcribe_output_key,
    transcript_key,
)

MAX_JOB_NAME = 200
"""Characters. Source: Amazon Transcribe API Reference, ``TranscriptionJobName``."""

MOST_PARTS = 16 * 24
"""Pairs of the 32 channels that Vonage records, times the pieces of a call of four days."""

ids = st.from_regex(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", fullmatch=True).filter(
    lambda said: len(said) <= 150
)
parts = st.integers(1, MOST_PARTS)
jobs = st.builds(JobId, ids, run=st.integers(1, 10_000), part=parts, parts=parts)


@given(jobs)
def test_a_job_name_tells_which_job_it_is(job: JobId) -> None:
    assert job_of(job_name(job)) == job
    assert recording_of(job_name(job)) == job.recording_id


@given(jobs)
def test_a_job_name_is_not_too_long_for_aws(job: JobId) -> None:
    assert len(job_name(job)) <= MAX_JOB_NAME


@given(jobs, jobs)
def test_two_jobs_never_have_one_name(one: JobId, other: JobId) -> None:
    assert (job_name(one) == job_name(other)) == (one == other)


def test_the_only_job_of_a_recording_has_its_plain_name() -> None:
    assert job_name(JobId("rec-1")) == "callscribe-rec-1"


def test_a_job_of_several_tells_its_run_and_part() -> None:
    job = JobId("rec-1", run=2, part=3, parts=16)

    assert job_name(job) == "callscribe-rec-1..run2-part3-of16"


def test_a_name_with_an_ending_that_is_not_ours_is_all_id() -> None:
    assert job_of("callscribe-rec-1..run0-part1-of1") == JobId("rec-1..run0-part1-of1")


@pytest.mark.parametrize("job", ["", "rec-1", JOB_PREFIX, "my-callscribe-rec-1"])
def test_a_job_of_somebody_else_is_of_no_recording(job: str) -> None:
    with pytest.raises(ValueError, match="does not start with ours"):
        recording_of(job)


def test_the_audio_is_found_without_knowing_its_format() -> None:
    assert audio_key("rec-1", "ogg").startswith(audio_prefix("rec-1"))


def test_the_audio_of_one_recording_is_not_that_of_another() -> None:
    assert not audio_key("rec-12", "ogg").startswith(audio_prefix("rec-1"))


def test_what_transcribe_writes_is_a_file_and_not_a_folder() -> None:
    assert transcribe_output_key(JobId("rec-1")).endswith(".json")


def test_everything_of_a_recording_has_a_key_of_its_own() -> None:
    keys = [audio_key("rec-1", "wav"), description_key("rec-1"), failure_key("rec-1")]
    keys += [part_key("rec-1", number) for number in (1, 2)]
    keys += [transcribe_output_key(JobId("rec-1", part=part, parts=2)) for part in (1, 2)]
    keys += [set_key("rec-1"), outcome_prefix("rec-1") + "1.json"]
    keys += [transcript_key("rec-1", suffix) for suffix in ("json", "txt", "vtt", "srt")]

    assert len(set(keys)) == len(keys)


def test_another_run_writes_nothing_over_what_the_first_made() -> None:
    first = [set_key("rec-1"), failure_key("rec-1"), outcome_prefix("rec-1")]
    second = [set_key("rec-1", 2), failure_key("rec-1", 2), outcome_prefix("rec-1", 2)]

    assert set(first).isdisjoint(second)
    assert not any(key.startswith(outcome_prefix("rec-1")) for key in second)


def test_every_queue_has_a_dead_letter_queue_of_its_own() -> None:
    names = {dead_letter_name(queue) for queue in QueueName}

    assert len(names) == len(QueueName)
    assert names.isdisjoint(QueueName)
