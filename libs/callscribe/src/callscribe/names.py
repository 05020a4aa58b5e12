"""Names two places must agree on: queues, job names and object keys."""

import re
from dataclasses import dataclass
from enum import StrEnum

JOB_PREFIX = "callscribe-"
"""Every job of ours in Amazon Transcribe starts so; the EventBridge rule filters on it."""


class QueueName(StrEnum):
    """The queues, by the name that Terraform and the local stack put their own prefix before."""

    RECORDINGS = "recordings"
    TRANSCRIPTIONS = "transcriptions"
    COMPLETIONS = "completions"
    CALL_EVENTS = "call-events"
    NOTIFICATIONS = "notifications"


def dead_letter_name(queue: str) -> str:
    """Name the queue on which the failures of a queue lie."""
    return f"{queue}-dead-letter"


@dataclass(frozen=True, slots=True)
class JobId:
    """Which job it is: of which recording, in which run, which part of how many, counted from 1."""

    recording_id: str
    run: int = 1
    part: int = 1
    parts: int = 1


_SUFFIX = re.compile(r"(?s:(.+))\.\.run([1-9][0-9]*)-part([1-9][0-9]*)-of([1-9][0-9]*)")


def job_name(job: JobId) -> str:
    """Name a transcription job: the same part of the same recording is always the same job."""
    if job == JobId(job.recording_id):
        return JOB_PREFIX + job.recording_id
    return f"{JOB_PREFIX}{job.recording_id}..run{job.run}-part{job.part}-of{job.parts}"


def job_of(name: str) -> JobId:
    """Tell which job of ours has a name.

    :raises ValueError: if the job is not one of ours.
    """
    if not name.startswith(JOB_PREFIX) or name == JOB_PREFIX:
        raise ValueError("the job name does not start with ours")
    said = name.removeprefix(JOB_PREFIX)
    if found := _SUFFIX.fullmatch(said):
        recording_id, *numbers = found.groups()
        return JobId(recording_id, *map(int, numbers))
    return JobId(said)


def recording_of(name: str) -> str:
    """Tell which recording a job of ours transcribes.

    :raises ValueError: if the job is not one of ours.
    """
    return job_of(name).recording_id


def audio_prefix(recording_id: str) -> str:
    """Name what the key of a recording's audio starts with, whatever its format."""
    return f"recordings/{recording_id}/audio."


def audio_key(recording_id: str, media_format: str) -> str:
    """Name the object that holds the audio; ``media_format`` is mp3, wav, ogg or flac."""
    return audio_prefix(recording_id) + media_format


def part_key(recording_id: str, number: int) -> str:
    """Name the object of a part, counted from 1: FLAC, cut from the recording it lies beside."""
    return f"recordings/{recording_id}/parts/{number}.flac"


def description_key(recording_id: str) -> str:
    """Name the object that says what was measured of a recording, and into which parts it is cut.

    It is written last: when it is there, all that it names is.
    """
    return f"recordings/{recording_id}/recording.json"


def transcribe_output_key(job: JobId) -> str:
    """Name the object that Amazon Transcribe writes; without ``.json`` it would make a folder."""
    return f"transcribe/{job_name(job)}.json"


def run_prefix(recording_id: str, run: int = 1) -> str:
    """Name what the keys of all that one run makes start with."""
    return f"transcripts/{recording_id}/" + (f"run-{run}/" if run > 1 else "")


def set_key(recording_id: str, run: int = 1) -> str:
    """Name the object that says which jobs together transcribe a recording."""
    return run_prefix(recording_id, run) + "set.json"


def outcome_prefix(recording_id: str, run: int = 1) -> str:
    """Name what the keys of the outcomes of all jobs of a set start with."""
    return run_prefix(recording_id, run) + "outcomes/"


def transcript_key(recording_id: str, suffix: str, run: int = 1) -> str:
    """Name an object of the finished transcript; ``suffix`` is that of a format, such as json."""
    return f"{run_prefix(recording_id, run)}transcript.{suffix}"


def peaks_key(recording_id: str) -> str:
    """Name the object that says how loud a recording is over its time; every run shares it."""
    return f"transcripts/{recording_id}/peaks.json"


def failure_key(recording_id: str, run: int = 1) -> str:
    """Name the object that says why a recording has no transcript."""
    return run_prefix(recording_id, run) + "failure.json"


def announced_key(recording_id: str, state: str, run: int = 1) -> str:
    """Name the object that says that an outcome was told; ``state`` is ready or failed."""
    return f"{run_prefix(recording_id, run)}announced-{state}.json"
