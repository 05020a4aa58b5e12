from typing import Any

import pytest

from callscribe.contracts import RecordingStored
from callscribe.errors import PermanentError
from transcriber.job import MAX_BYTES, TranscriptionJob, jobs_of
from transcriber.options import JobOptions
from transcriber.sets import set_of
from transcriber.testing import a_part, a_recording, a_recording_of


def described(event: RecordingStored) -> list[TranscriptionJob]:
    return jobs_of(event, set_of(event.data), JobOptions(transcripts_bucket="transcripts"))


def the_job_of(*channels: int, **changes: Any) -> TranscriptionJob:
    [job] = described(a_recording(parts=[a_part(1, channels)], **changes))
    return job


def test_two_channels_are_transcribed_one_per_party() -> None:
    job = the_job_of(0, 1, channels=2)

    assert job.split_channels
    assert not job.tell_voices


def test_the_voices_on_the_only_channel_are_told_apart() -> None:
    job = the_job_of(0, channels=1)

    assert job.tell_voices
    assert not job.split_channels


def test_two_channels_of_the_same_sound_are_one_with_several_voices() -> None:
    job = the_job_of(0, channels=2)

    assert job.tell_voices
    assert not job.split_channels


def test_one_channel_beside_a_silent_one_is_one_party() -> None:
    job = the_job_of(0, channels=2, silent_channels=[1])

    assert not job.tell_voices
    assert not job.split_channels


def test_the_odd_channel_of_many_is_one_party() -> None:
    *pairs, odd = described(a_recording_of(5))

    assert all(job.split_channels and not job.tell_voices for job in pairs)
    assert not odd.split_channels
    assert not odd.tell_voices


def test_voices_are_told_apart_in_each_part_of_a_long_recording_on_one_channel() -> None:
    parts = [a_part(number, [0], start=4 * 3600.0 * (number - 1)) for number in (1, 2)]

    jobs = described(a_recording(channels=1, parts=parts))

    assert [job.tell_voices for job in jobs] == [True, True]


def test_every_result_is_a_file_of_its_own_and_not_a_folder() -> None:
    keys = [job.output_key for job in described(a_recording_of(3))]

    assert keys == [
        "transcribe/callscribe-rec-1..run1-part1-of2.json",
        "transcribe/callscribe-rec-1..run1-part2-of2.json",
    ]


def test_the_ids_come_back_by_the_tags() -> None:
    assert the_job_of(0, 1).tags == {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "correlation_id": "event-1",
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"duration": 0.499}, "lasts 0.499 s, and Amazon Transcribe needs at least 0.5 s"),
        ({"duration": 4 * 3600 + 1.0}, "and Amazon Transcribe takes at most 4 h"),
        ({"size": MAX_BYTES + 1}, "a part has 2147483649 bytes"),
    ],
)
def test_what_transcribe_would_fail_on_is_refused_in_plain_words(
    changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(PermanentError, match=reason):
        described(a_recording(parts=[a_part(1, [0, 1], **changes)]))


@pytest.mark.parametrize(
    "changes", [{"duration": 0.5}, {"duration": 4 * 3600.0}, {"size": MAX_BYTES}]
)
def test_what_is_just_at_a_limit_is_transcribed(changes: dict[str, Any]) -> None:
    [job] = described(a_recording(parts=[a_part(1, [0, 1], **changes)]))

    assert job.name == "callscribe-rec-1"
