"""Names two places must agree on: queues, job names and object keys."""

from enum import StrEnum

JOB_PREFIX = "callscribe-"
"""Every job of ours in Amazon Transcribe starts so; the EventBridge rule filters on it."""


class QueueName(StrEnum):
    """The queues, by the name that Terraform and the local stack put their own prefix before."""

    RECORDINGS = "recordings"
    TRANSCRIPTIONS = "transcriptions"
    COMPLETIONS = "completions"
    CALL_EVENTS = "call-events"


def dead_letter_name(queue: str) -> str:
    """Name the queue on which the failures of a queue lie."""
    return f"{queue}-dead-letter"


def job_name(recording_id: str) -> str:
    """Name the transcription job of a recording: the same recording is always the same job."""
    return JOB_PREFIX + recording_id


def recording_of(job: str) -> str:
    """Tell which recording a job of ours transcribes.

    :raises ValueError: if the job is not one of ours.
    """
    if not job.startswith(JOB_PREFIX) or job == JOB_PREFIX:
        raise ValueError("the job name does not start with ours")
    return job.removeprefix(JOB_PREFIX)


def audio_prefix(recording_id: str) -> str:
    """Name what the key of a recording's audio starts with, whatever its format."""
    return f"recordings/{recording_id}/audio."


def audio_key(recording_id: str, media_format: str) -> str:
    """Name the object that holds the audio; ``media_format`` is mp3, wav, ogg or flac."""
    return audio_prefix(recording_id) + media_format


def transcribe_output_key(recording_id: str) -> str:
    """Name the object that Amazon Transcribe writes; without ``.json`` it would make a folder."""
    return f"transcribe/{job_name(recording_id)}.json"


def transcript_key(recording_id: str, suffix: str) -> str:
    """Name an object of the finished transcript; ``suffix`` is json, txt, vtt or srt."""
    return f"transcripts/{recording_id}/transcript.{suffix}"


def failure_key(recording_id: str) -> str:
    """Name the object that says why a recording has no transcript."""
    return f"transcripts/{recording_id}/failure.json"
