import signal
from collections.abc import Iterator
from threading import Event as Flag
from threading import get_ident

import pytest

from callscribe.process import run_all


class Polling:
    """Works until asked to stop."""

    def __init__(self) -> None:
        self.stopped = False

    def run(self, stopping: Flag) -> None:
        assert stopping.wait(10)
        self.stopped = True


class Failing:
    """Cannot work."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def run(self, stopping: Flag) -> None:
        assert not stopping.is_set()
        raise self._error


class Ending:
    """Ends although nobody asked it to."""

    def run(self, stopping: Flag) -> None:
        assert not stopping.is_set()


def test_workers_that_were_asked_to_stop_ended_well() -> None:
    stopping = Flag()
    stopping.set()

    assert run_all([Polling(), Polling()], stopping)


def test_a_worker_that_fails_stops_the_others_too() -> None:
    other = Polling()

    assert not run_all([other, Failing(RuntimeError("SQS failed"))], Flag())

    assert other.stopped


def test_an_exit_from_a_worker_is_no_good_end() -> None:
    other = Polling()

    assert not run_all([other, Failing(SystemExit(0))], Flag())

    assert other.stopped


def test_a_worker_that_ends_by_itself_stops_the_others_too() -> None:
    other = Polling()

    run_all([Ending(), other], Flag())

    assert other.stopped


class Signalled:
    """Gets the signal to stop in its own thread, as the system may decide."""

    def run(self, stopping: Flag) -> None:
        # By then the main thread waits, and nothing but time wakes it.
        stopping.wait(0.1)
        signal.pthread_kill(get_ident(), signal.SIGUSR1)
        assert stopping.wait(10)


@pytest.fixture
def stopping_by_signal() -> Iterator[Flag]:
    """Give a flag that a signal sets."""
    stopping = Flag()
    before = signal.signal(signal.SIGUSR1, lambda *_: stopping.set())
    yield stopping
    signal.signal(signal.SIGUSR1, before)


def test_a_signal_that_comes_to_another_thread_is_heard(stopping_by_signal: Flag) -> None:
    assert run_all([Signalled()], stopping_by_signal)
