"""Makes the files of a job out of what was heard."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from local.transcribe.items import Line
from local.transcribe.job import Job
from local.transcribe.places import Place, redacted
from local.transcribe.redaction import redact
from local.transcribe.rules import setting
from local.transcribe.speakers import speakers
from local.transcribe.speech import Heard
from local.transcribe.transcript import Form, results

Document = dict[str, Any]


def documents(
    job: Job, heard: Sequence[Heard], *, language_code: str, account: str
) -> dict[Place, Document]:
    """Give every file of a job, by where it goes; ``heard`` is in the order of the channels."""
    form = _form(job, len(heard))
    lines = list(_lines(heard, form))
    about: Document = {"jobName": job.name, "accountId": account, "status": "COMPLETED"}
    languages: Document = {}
    if job.request.get("IdentifyMultipleLanguages"):
        spoken = {"language_code": language_code, "duration_in_seconds": str(speech(heard))}
        languages = {"language_codes": [spoken]}
    wanted = job.request.get("ContentRedaction", {}).get("RedactionOutput")
    files: dict[Place, Document] = {}
    if wanted != "redacted":
        files[job.output] = about | {"results": results(lines, form) | languages}
    if wanted:
        masked = [replace(line, utterance=redact(line.utterance)) for line in lines]
        files[redacted(job.output)] = about | {
            "isRedacted": True,
            "results": results(masked, form),
        }
    return files


def _form(job: Job, channels: int) -> Form:
    return Form(
        era=job.scenario.era,
        channels=channels if setting(job.request, "ChannelIdentification") else None,
        speakers=bool(setting(job.request, "ShowSpeakerLabels")),
        alternatives=bool(setting(job.request, "ShowAlternatives")),
    )


def speech(heard: Sequence[Heard]) -> float:
    """Give for how many seconds somebody spoke, two at once counted twice."""
    said = [utterance for one in heard for utterance in one.utterances]
    return round(sum(utterance.end - utterance.start for utterance in said), 2)


def _lines(heard: Sequence[Heard], form: Form) -> Iterator[Line]:
    first = 0
    for channel, one in enumerate(heard):
        numbers = speakers(one.utterances)
        for utterance, number in zip(one.utterances, numbers, strict=True):
            yield Line(
                utterance,
                channel=None if form.channels is None else channel,
                speaker=first + number if form.speakers else None,
            )
        # A speaker is on one channel only, so the next channel's have numbers of their own.
        first += len(set(numbers))
