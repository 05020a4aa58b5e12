from typing import Any

import pytest

from callscribe.contracts import RecordingStored
from callscribe.errors import PermanentError
from transcriber.job import MAX_BYTES, TranscriptionJob, transcription_job
from transcriber.options import JobOptions


def the_job_of(**changes: Any) -> TranscriptionJob:
    data = {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "bucket": "audio",
        "key": "recordings/rec-1/audio.wav",
        "media_format": "wav",
        "channels": 2,
        "sample_rate": 16_000,
        "duration": 10.0,
        "size": 640_000,
    }
    stored = RecordingStored.model_validate(
        {
            "source": "callscribe/recorder",
            "subject": "rec-1",
            "time": "2026-09-01T12:00:00Z",
            "correlationid": "event-1",
            "data": data | changes,
        }
    )
    return transcription_job(stored, JobOptions(transcripts_bucket="transcripts"))


def test_two_channels_are_transcribed_one_per_party() -> None:
    assert the_job_of(channels=2).split_channels


def test_one_channel_is_not_split() -> None:
    assert not the_job_of(channels=1).split_channels


def test_the_result_is_a_file_and_not_a_folder() -> None:
    assert the_job_of().output_key == "transcribe/callscribe-rec-1.json"


def test_the_ids_come_back_by_the_tags() -> None:
    assert the_job_of().tags == {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "correlation_id": "event-1",
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"channels": 3}, "the recording has 3 channels"),
        ({"channels": 32}, "the recording has 32 channels"),
        ({"duration": 0.499}, "lasts 0.499 s, and Amazon Transcribe needs at least 0.5 s"),
        ({"duration": 4 * 3600 + 1.0}, "and Amazon Transcribe takes at most 4 h"),
        ({"size": MAX_BYTES + 1}, "the recording has 2147483649 bytes"),
    ],
)
def test_what_transcribe_would_fail_on_is_refused_in_plain_words(
    changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(PermanentError, match=reason):
        the_job_of(**changes)


@pytest.mark.parametrize(
    "changes", [{"duration": 0.5}, {"duration": 4 * 3600.0}, {"size": MAX_BYTES}]
)
def test_what_is_just_at_a_limit_is_transcribed(changes: dict[str, Any]) -> None:
    assert the_job_of(**changes).name == "callscribe-rec-1"
