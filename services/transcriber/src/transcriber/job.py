"""Describes the job that transcribes a recording."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from callscribe.contracts import RecordingStored, StoredRecording
from callscribe.errors import PermanentError
from callscribe.job import CONVERSATION_TAG, CORRELATION_TAG, RECORDING_TAG
from callscribe.names import job_name, transcribe_output_key
from transcriber.options import JobOptions

MAX_CHANNELS: Final = 2
"""Source: the ``FailureReason`` "Invalid number of channels: number of channels too large"."""

MIN_SECONDS: Final = 500 / 1000
MAX_SECONDS: Final = 4 * 60 * 60
MAX_BYTES: Final = 2 * 1024**3
"""Source of these three: Amazon Transcribe endpoints and quotas, batch transcription."""


@dataclass(frozen=True, slots=True)
class TranscriptionJob:
    """A job for Amazon Transcribe, named after the recording so that it is started only once."""

    name: str
    media_uri: str
    media_format: str
    split_channels: bool
    output_key: str
    tags: Mapping[str, str]
    options: JobOptions


def transcription_job(event: RecordingStored, options: JobOptions) -> TranscriptionJob:
    """Describe the job of a stored recording; its tags bring the ids back when it ends.

    :raises PermanentError: if Amazon Transcribe would take the recording only to fail on it.
    """
    recording = event.data
    _refuse_what_would_fail(recording)
    return TranscriptionJob(
        name=job_name(recording.recording_id),
        media_uri=f"s3://{recording.bucket}/{recording.key}",
        media_format=recording.media_format,
        split_channels=recording.channels == MAX_CHANNELS,
        output_key=transcribe_output_key(recording.recording_id),
        tags={
            RECORDING_TAG: recording.recording_id,
            CONVERSATION_TAG: recording.conversation_id,
            CORRELATION_TAG: event.correlationid,
        },
        options=options,
    )


def _refuse_what_would_fail(recording: StoredRecording) -> None:
    if recording.channels > MAX_CHANNELS:
        raise PermanentError(
            f"the recording has {recording.channels} channels, "
            f"and Amazon Transcribe tells at most {MAX_CHANNELS} apart"
        )
    if recording.duration < MIN_SECONDS:
        raise PermanentError(
            f"the recording lasts {recording.duration:.3f} s, "
            f"and Amazon Transcribe needs at least {MIN_SECONDS} s"
        )
    if recording.duration > MAX_SECONDS:
        raise PermanentError(
            f"the recording lasts {recording.duration / 3600:.2f} h, "
            f"and Amazon Transcribe takes at most {MAX_SECONDS // 3600} h"
        )
    if recording.size > MAX_BYTES:
        raise PermanentError(
            f"the recording has {recording.size} bytes, "
            f"and Amazon Transcribe takes at most {MAX_BYTES}"
        )
