"""Does what a job asks for, from its media file to the event that tells of its end."""

import logging
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event as Flag
from typing import Protocol

from callscribe.telemetry import facts
from local.transcribe.document import Document, documents, speech
from local.transcribe.errors import UnusableMediaError
from local.transcribe.hearing import Recording
from local.transcribe.job import Found, Job
from local.transcribe.jobs import Jobs
from local.transcribe.languages import language_code, spoken
from local.transcribe.media import Media, examine
from local.transcribe.places import Place
from local.transcribe.reasons import Reason
from local.transcribe.rules import identifies, setting
from local.transcribe.scenario import Scenario
from local.transcribe.speech import Heard

logger = logging.getLogger(__name__)


class Storage(Protocol):
    """Where media come from and transcripts go."""

    def fetch(self, place: Place, path: Path) -> str:
        """Copy an object to a file, and give the SHA-256 of its bytes in hex."""

    def store(self, place: Place, document: Document) -> None:
        """Write a document as JSON."""


class Events(Protocol):
    """Where the end of a job is told."""

    def tell(self, job: Job) -> None:
        """Tell that a job has ended."""


class Ears(Protocol):
    """What recognises speech."""

    def hear(
        self, recording: Recording, channels: Sequence[int | None], *, language: str | None
    ) -> list[Heard]:
        """Recognise channels; channel ``None`` is all of them mixed."""


class Runner:
    """Runs jobs, each in the thread that it is called from."""

    def __init__(
        self,
        jobs: Jobs,
        *,
        storage: Storage,
        events: Events,
        ears: Ears,
        account: str,
        stopping: Flag,
        now: Callable[[], datetime],
    ) -> None:
        self._jobs = jobs
        self._storage = storage
        self._events = events
        self._ears = ears
        self._account = account
        self._stopping = stopping
        self._now = now

    def run(self, job: Job) -> None:
        """Do all of a job: whatever happens, it ends, unless the process does so first."""
        job = job if job.started else job.begun(self._now())
        self._jobs.change(job)
        ended = self._end(job)
        if self._stopping.wait(job.scenario.slow):
            return
        self._jobs.change(ended)
        logger.info("job ended", extra=facts(job=job.name, status=ended.status))
        for _ in range(_times_told(job.scenario)):
            self._events.tell(ended)

    def _end(self, job: Job) -> Job:
        if job.scenario.fail:
            return job.failed(job.scenario.fail)
        try:
            found = self._done(job)
        except UnusableMediaError as error:
            return job.failed(str(error))
        except Exception:
            if not self._stopping.is_set():
                logger.exception("job failed", extra=facts(job=job.name))
            return job.failed(Reason.INTERNAL)
        return job.succeeded(found, self._now())

    def _done(self, job: Job) -> Found:
        media, heard = self._heard(job)
        said = speech(heard)
        if identifies(job.request) and not said:
            raise UnusableMediaError(Reason.NO_SPEECH_TO_IDENTIFY)
        fullest = max(heard, key=lambda one: len(one.utterances))
        code = language_code(job.request, fullest.language)
        files = documents(job, heard, language_code=code, account=self._account)
        for place, document in files.items():
            self._storage.store(place, document)
        return Found(media, code, fullest.score, said)

    def _heard(self, job: Job) -> tuple[Media, list[Heard]]:
        with tempfile.TemporaryDirectory(prefix="local-transcribe-") as folder:
            path = Path(folder) / "media"
            recording = Recording(path, self._storage.fetch(job.media, path))
            media = examine(
                path,
                media_format=job.request.get("MediaFormat"),
                sample_rate=job.request.get("MediaSampleRateHertz"),
            )
            split = setting(job.request, "ChannelIdentification")
            channels = range(media.channels) if split else [None]
            return media, self._ears.hear(recording, channels, language=spoken(job.request))


def _times_told(scenario: Scenario) -> int:
    if scenario.event_lost:
        return 0
    return 2 if scenario.event_twice else 1
