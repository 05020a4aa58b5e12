"""Says which jobs together transcribe a recording: one for each of its parts."""

from callscribe.contracts import PartJob, StoredRecording, TranscriptionSet
from callscribe.names import JobId, job_name


def set_of(recording: StoredRecording) -> TranscriptionSet:
    """Name a job for each part; a recording on which nobody speaks has none."""
    count = len(recording.parts)
    return TranscriptionSet(
        recording_id=recording.recording_id,
        conversation_id=recording.conversation_id,
        run=recording.run,
        channels=recording.channels,
        duration=recording.duration,
        silent_channels=recording.silent_channels,
        jobs=tuple(
            PartJob(
                job_name=job_name(JobId(recording.recording_id, recording.run, number, count)),
                channels=part.channels,
                start=part.start,
                duration=part.duration,
            )
            for number, part in enumerate(recording.parts, 1)
        ),
    )
