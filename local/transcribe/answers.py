"""Describes jobs as GetTranscriptionJob and ListTranscriptionJobs answer; times are Unix seconds.

Source: the service model for the members; for which of them are there at which moment, jobs
recorded on AWS.
"""

from typing import Any, Final

from local.transcribe.constraints import shape
from local.transcribe.job import Job, Status
from local.transcribe.places import address, redacted

SETTINGS: Final = {"ChannelIdentification": False, "ShowAlternatives": False}
"""What AWS says of a job whose request left these out."""


def described(job: Job, *, region: str) -> dict[str, Any]:
    """Describe a job in full: what was asked, then what was found."""
    answer = {
        **_said(job, "TranscriptionJob"),
        **_state(job),
        "Settings": SETTINGS | job.request.get("Settings", {}),
        "Transcript": _transcripts(job, region),
    }
    if job.found:
        answer["MediaFormat"] = job.found.media.format
        answer["MediaSampleRateHertz"] = job.found.media.sample_rate
    return answer


def summed_up(job: Job) -> dict[str, Any]:
    """Describe a job in a list."""
    return {
        **_said(job, "TranscriptionJobSummary"),
        **_state(job),
        "OutputLocationType": "CUSTOMER_BUCKET",
    }


def _said(job: Job, structure: str) -> dict[str, Any]:
    return {name: job.request[name] for name in shape(structure).members if name in job.request}


def _state(job: Job) -> dict[str, Any]:
    times = {
        "CreationTime": job.created,
        "StartTime": job.started,
        "CompletionTime": job.completed,
    }
    state: dict[str, Any] = {"TranscriptionJobStatus": job.status}
    state |= {name: round(time.timestamp(), 3) for name, time in times.items() if time}
    if job.failure:
        state["FailureReason"] = job.failure
    return state | _languages(job)


def _languages(job: Job) -> dict[str, Any]:
    if job.found is None:
        return {}
    if job.request.get("IdentifyMultipleLanguages"):
        spoken = {"LanguageCode": job.found.language_code, "DurationInSeconds": job.found.speech}
        return {"LanguageCodes": [spoken]}
    language = {"LanguageCode": job.found.language_code}
    if job.request.get("IdentifyLanguage"):
        return {**language, "IdentifiedLanguageScore": job.found.score}
    return language


def _transcripts(job: Job, region: str) -> dict[str, str]:
    if job.status is not Status.COMPLETED:
        return {}
    plain = {"TranscriptFileUri": address(job.output, region)}
    masked = {"RedactedTranscriptFileUri": address(redacted(job.output), region)}
    match job.request.get("ContentRedaction", {}).get("RedactionOutput"):
        case "redacted":
            return masked
        case "redacted_and_unredacted":
            return plain | masked
        case _:
            return plain
