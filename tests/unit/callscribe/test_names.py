import pytest
from hypothesis import given
from hypothesis import strategies as st

from callscribe.names import (
    JOB_PREFIX,
    QueueName,
    audio_key,
    audio_prefix,
    dead_letter_name,
    failure_key,
    job_name,
    recording_of,
    transcribe_output_key,
    transcript_key,
)

MAX_JOB_NAME = 200
"""Characters. Source: Amazon Transcribe API Reference, ``TranscriptionJobName``."""

ids = st.from_regex(r"[A-Za-z0-9._-]{1,150}", fullmatch=True)


@given(ids)
def test_a_job_name_tells_which_recording_it_is(recording_id: str) -> None:
    assert recording_of(job_name(recording_id)) == recording_id


@given(ids)
def test_a_job_name_is_not_too_long_for_aws(recording_id: str) -> None:
    assert len(job_name(recording_id)) <= MAX_JOB_NAME


@pytest.mark.parametrize("job", ["", "rec-1", JOB_PREFIX, "my-callscribe-rec-1"])
def test_a_job_of_somebody_else_is_of_no_recording(job: str) -> None:
    with pytest.raises(ValueError, match="does not start with ours"):
        recording_of(job)


def test_the_audio_is_found_without_knowing_its_format() -> None:
    assert audio_key("rec-1", "ogg").startswith(audio_prefix("rec-1"))


def test_the_audio_of_one_recording_is_not_that_of_another() -> None:
    assert not audio_key("rec-12", "ogg").startswith(audio_prefix("rec-1"))


def test_what_transcribe_writes_is_a_file_and_not_a_folder() -> None:
    assert transcribe_output_key("rec-1").endswith(".json")


def test_everything_of_a_recording_has_a_key_of_its_own() -> None:
    keys = [audio_key("rec-1", "wav"), transcribe_output_key("rec-1"), failure_key("rec-1")]
    keys += [transcript_key("rec-1", suffix) for suffix in ("json", "txt", "vtt", "srt")]

    assert len(set(keys)) == len(keys)


def test_every_queue_has_a_dead_letter_queue_of_its_own() -> None:
    names = {dead_letter_name(queue) for queue in QueueName}

    assert len(names) == len(QueueName)
    assert names.isdisjoint(QueueName)
