"""Gathers what several requests send into one call, and tells each how its own part went.

A call to SQS costs about 1 ms of CPU and 15 ms of waiting, whether it carries one message or ten.
One thread at a time gathers; when it leaves to send, the next begins to gather. So the time that a
call takes is no ceiling, and what comes while all are sending leaves together as soon as one is
back. While another sends, there is traffic, so who gathers waits longer for ten to come together.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from threading import Condition, Lock, Thread

from callscribe.errors import TransientError

MAX_ENTRIES = 10
MAX_BYTES = 1024 * 1024
"""What one call may carry in all. Source: Amazon SQS quotas, "Message batch"."""

PATIENCE = 6
"""How many lingers a message waits at the most, and only while another call is under way."""

Send = Callable[[Sequence[str]], Mapping[int, str]]
"""Sends messages in one call; gives the positions of those that were not taken, each with a code.

:raises TransientError: if none was taken.
"""


class _Entry:
    __slots__ = ("body", "outcome", "size")

    def __init__(self, body: str) -> None:
        self.body = body
        self.size = len(body.encode())
        self.outcome: Future[None] = Future()


class Batcher:
    """Sends to one queue, ten at a time; ``linger`` is how many seconds one waits for company."""

    def __init__(self, send: Send, *, linger: float, senders: int) -> None:
        self._send = send
        self._linger = linger
        self._waiting: deque[_Entry] = deque()
        self._under_way = 0
        self._closed = False
        self._changed = Condition()
        self._gathering = Lock()
        self._threads = [
            Thread(target=self._run, name=f"sender-{number}", daemon=True)
            for number in range(senders)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, body: str) -> Future[None]:
        """Hand over a message; the future is done when SQS has it, or has the error.

        :raises TransientError: if the batcher is closed.
        """
        entry = _Entry(body)
        with self._changed:
            if self._closed:
                raise TransientError("the gateway is stopping")
            self._waiting.append(entry)
            if len(self._waiting) in {1, MAX_ENTRIES}:
                self._changed.notify()
        return entry.outcome

    def close(self) -> None:
        """Send what is waiting, and wait until it is sent."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while batch := self._gather():
            # A caller that has given up is left out: Vonage brings its webhook again.
            wanted = [entry for entry in batch if entry.outcome.set_running_or_notify_cancel()]
            if wanted:
                self._deliver(wanted)
            with self._changed:
                self._under_way -= 1
                self._changed.notify()

    def _gather(self) -> list[_Entry]:
        """Wait for a first message and then a moment for others; nothing means closed."""
        with self._gathering, self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            self._changed.wait_for(self._full, timeout=self._linger)
            self._changed.wait_for(
                lambda: not self._under_way or self._full(), timeout=(PATIENCE - 1) * self._linger
            )
            batch = self._take()
            self._under_way += 1
            return batch

    def _full(self) -> bool:
        return self._closed or len(self._waiting) >= MAX_ENTRIES

    def _take(self) -> list[_Entry]:
        batch: list[_Entry] = []
        room = MAX_BYTES
        while self._waiting and len(batch) < MAX_ENTRIES:
            room -= self._waiting[0].size
            # One that is too big by itself goes alone: SQS refuses it, and no other suffers.
            if room < 0 and batch:
                break
            batch.append(self._waiting.popleft())
        return batch

    def _deliver(self, batch: Sequence[_Entry]) -> None:
        try:
            refused = self._send([entry.body for entry in batch])
        except Exception as error:  # noqa: BLE001 - whatever it is, its callers must hear of it
            for entry in batch:
                entry.outcome.set_exception(error)
            return
        for place, entry in enumerate(batch):
            if place in refused:
                reason = f"SQS did not take the message: {refused[place]}"
                entry.outcome.set_exception(TransientError(reason))
            else:
                entry.outcome.set_result(None)
