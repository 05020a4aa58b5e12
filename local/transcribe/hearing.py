"""Recognises in processes of its own, one for each core, and remembers what it has heard."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Final

from local.transcribe.recogniser import Recipe, hear, recogniser
from local.transcribe.speech import Heard

REMEMBERED: Final = 1000
"""Channels whose words are kept; a long one takes a few megabytes."""

GRACE_SECONDS: Final = 1.0

Key = tuple[str, int | None, str | None]
"""What makes two wishes the same: the content, the channel and the language."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A media file on disk, known by its content."""

    path: Path
    sha256: str


class Hearing:
    """Hears channels of recordings, each recording with the same wishes only once."""

    def __init__(self, recipe: Recipe, *, processes: int) -> None:
        self._recipe = recipe
        self._processes = processes
        self._pool = self._new_pool()
        self._heard: dict[Key, Future[Heard]] = {}
        self._lock = Lock()

    def warm_up(self) -> None:
        """Start every process, and wait until each can recognise.

        :raises BrokenProcessPool: if a recogniser cannot be made.
        """
        for started in [self._pool.submit(_ready) for _ in range(self._processes)]:
            started.result()

    def hear(
        self, recording: Recording, channels: Sequence[int | None], *, language: str | None
    ) -> list[Heard]:
        """Recognise channels side by side; channel ``None`` is all of them mixed.

        :raises UnusableMediaError: if the file cannot be read to its end.
        """
        begun = [self._begun(recording, channel, language) for channel in channels]
        return [future.result() for future in begun]

    def close(self) -> None:
        """End every process: one that is idle by itself, one that is busy after a moment."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        deadline = monotonic() + GRACE_SECONDS
        for child in multiprocessing.active_children():
            child.join(max(0, deadline - monotonic()))
            child.terminate()

    def _begun(
        self, recording: Recording, channel: int | None, language: str | None
    ) -> Future[Heard]:
        key = (recording.sha256, channel, language)
        with self._lock:
            if key not in self._heard:
                future = self._submit(hear, self._recipe, recording.path, channel, language)
                self._remember(key, future)
            return self._heard[key]

    def _submit(self, work: Callable[..., Heard], *arguments: object) -> Future[Heard]:
        try:
            return self._pool.submit(work, *arguments)
        except BrokenProcessPool:
            # A process was killed; what it was at has failed, what comes next need not.
            self._pool = self._new_pool()
            return self._pool.submit(work, *arguments)

    def _remember(self, key: Key, future: Future[Heard]) -> None:
        self._heard[key] = future
        if len(self._heard) > REMEMBERED:
            del self._heard[next(iter(self._heard))]
        future.add_done_callback(lambda done: self._forget_failure(key, done))

    def _forget_failure(self, key: Key, done: Future[Heard]) -> None:
        if done.cancelled() or done.exception():
            self._heard.pop(key, None)

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._processes,
            # A fork would copy the threads' locks in whatever state they are.
            multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(self._recipe,),
        )


def _prepare(recipe: Recipe) -> None:
    """Make this process ready to hear, and have it end with the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    recogniser(recipe)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _ready() -> None:
    """Do nothing: whoever gets to do it is ready."""
