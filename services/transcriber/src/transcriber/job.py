"""Describes the jobs that transcribe a recording."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from callscribe.contracts import Part, RecordingStored, TranscriptionSet
from callscribe.errors import PermanentError
from callscribe.job import CONVERSATION_TAG, CORRELATION_TAG, RECORDING_TAG
from callscribe.names import job_of, transcribe_output_key
from transcriber.options import JobOptions

SPLIT: Final = 2
"""Channels that Amazon Transcribe can tell apart: two, and no more."""

MIN_SECONDS: Final = 500 / 1000
MAX_SECONDS: Final = 4 * 60 * 60
MAX_BYTES: Final = 2 * 1024**3
"""Source of these three: Amazon Transcribe endpoints and quotas, batch transcription."""


@dataclass(frozen=True, slots=True)
class TranscriptionJob:
    """A job for Amazon Transcribe, named after its part so that it is started only once.

    ``split_channels`` has each channel be a party; ``tell_voices`` tells the voices on one apart.
    """

    name: str
    media_uri: str
    media_format: str
    split_channels: bool
    tell_voices: bool
    output_key: str
    tags: Mapping[str, str]
    options: JobOptions


def jobs_of(
    event: RecordingStored, planned: TranscriptionSet, options: JobOptions
) -> list[TranscriptionJob]:
    """Describe the jobs of a set; their tags bring the ids back when they end.

    :raises PermanentError: if Amazon Transcribe would take a part only to fail on it.
    """
    recording = event.data
    for part in recording.parts:
        _refuse_what_would_fail(part)
    return [
        TranscriptionJob(
            name=job.job_name,
            media_uri=f"s3://{recording.bucket}/{part.key}",
            media_format=part.media_format,
            split_channels=len(part.channels) == SPLIT,
            tell_voices=planned.on_one_channel,
            output_key=transcribe_output_key(job_of(job.job_name)),
            tags={
                RECORDING_TAG: recording.recording_id,
                CONVERSATION_TAG: recording.conversation_id,
                CORRELATION_TAG: event.correlationid,
            },
            options=options,
        )
        for job, part in zip(planned.jobs, recording.parts, strict=True)
    ]


def _refuse_what_would_fail(part: Part) -> None:
    if part.duration < MIN_SECONDS:
        raise PermanentError(
            f"a part lasts {part.duration:.3f} s, "
            f"and Amazon Transcribe needs at least {MIN_SECONDS} s"
        )
    if part.duration > MAX_SECONDS:
        raise PermanentError(
            f"a part lasts {part.duration / 3600:.2f} h, "
            f"and Amazon Transcribe takes at most {MAX_SECONDS // 3600} h"
        )
    if part.size > MAX_BYTES:
        raise PermanentError(
            f"a part has {part.size} bytes, and Amazon Transcribe takes at most {MAX_BYTES}"
        )
