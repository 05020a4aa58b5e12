"""Keeps every job, for as long as the process lives."""

from threading import Lock
from typing import Final

from local.transcribe.errors import BadRequestError, RefusedError
from local.transcribe.job import Job, Status

CONFLICT: Final = "The requested job name already exists. Use a different job name."
UNKNOWN: Final = (
    "The requested job couldn't be found. Check the job name and try your request again."
)
"""Source of both: errors recorded on AWS."""

NOT_ENDED: Final = "The requested job hasn't ended yet. Wait for it and try your request again."
TOO_MANY: Final = "You have too many concurrent transcription jobs. Wait for one to end."
"""These two are not published, so the words are ours."""


class Jobs:
    """The jobs of the account, by name."""

    def __init__(self, *, concurrent: int) -> None:
        self._concurrent = concurrent
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def add(self, job: Job, *, may_wait: bool) -> Job:
        """Keep a new job, begun at once if there is room.

        :raises RefusedError: if its name is taken, or if there is no room and it may not wait.
        """
        with self._lock:
            if job.name in self._jobs:
                raise RefusedError("ConflictException", CONFLICT)
            if self._working() < self._concurrent:
                job = job.begun(job.created)
            elif not may_wait:
                raise RefusedError("LimitExceededException", TOO_MANY)
            self._jobs[job.name] = job
            return job

    def get(self, name: str) -> Job:
        """Give a job.

        :raises BadRequestError: if there is none of that name.
        """
        try:
            return self._jobs[name]
        except KeyError:
            raise BadRequestError(UNKNOWN) from None

    def change(self, job: Job) -> None:
        """Keep a job as it is now."""
        with self._lock:
            self._jobs[job.name] = job

    def remove(self, name: str) -> None:
        """Forget a job that has ended.

        :raises BadRequestError: if there is none, or if it has not ended.
        """
        with self._lock:
            if not self.get(name).status.ended:
                raise BadRequestError(NOT_ENDED)
            del self._jobs[name]

    def newest_first(self) -> list[Job]:
        """Give every job, the one started last first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def _working(self) -> int:
        return sum(job.status is Status.IN_PROGRESS for job in self._jobs.values())
