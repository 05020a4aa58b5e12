"""Runs a worker process from start to SIGTERM: logs, health, one worker for each queue."""

import logging
import os
import signal
from collections.abc import Callable, Sequence
from threading import Event as Flag
from threading import Thread
from typing import Any, Final, Protocol

from callscribe.health import serve_health
from callscribe.reader import Reader
from callscribe.settings import WorkerSettings
from callscribe.telemetry import Counters, facts, log_to_stdout
from callscribe.worker import Worker

logger = logging.getLogger(__name__)

STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)

SIGNAL_CHECK_SECONDS: Final = 0.2


class Runs(Protocol):
    """Works until asked to stop."""

    def run(self, stopping: Flag) -> None:
        """Work until asked to stop; raising means failed."""


def work(
    service: str,
    settings: WorkerSettings,
    make_readers: Callable[[Counters], Sequence[Reader[Any]]],
) -> int:
    """Work until SIGTERM or SIGINT and give the exit status: 0 if asked to stop, 1 if failed."""
    log_to_stdout(service, settings.log_level)
    counters = Counters()
    stopping = Flag()
    _stop_on_signal(stopping)
    workers = [Worker(reader, settings.limits, counters) for reader in make_readers(counters)]
    health = serve_health(
        settings.health_host,
        settings.health_port,
        alive=lambda: all(worker.alive for worker in workers),
        counters=counters,
    )
    logger.info("started", extra=facts(queues=len(workers), health_port=health.server_port))
    status = 0 if run_all(workers, stopping) else 1
    health.shutdown()
    health.server_close()
    logger.info("stopped", extra=facts(status=status, **counters.snapshot()))
    if any(worker.busy for worker in workers):
        _leave(status)
    return status


def _stop_on_signal(stopping: Flag) -> None:
    def stop(*_: object) -> None:
        # Ignored from here on: a signal that interrupts ``set`` would wait for its lock for ever.
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stopping.set()

    for number in STOP_SIGNALS:
        signal.signal(number, stop)


def run_all(workers: Sequence[Runs], stopping: Flag) -> bool:
    """Run all until asked to stop or until one ends; tell whether all of them ended well."""
    ended_well: list[Runs] = []

    def run(worker: Runs) -> None:
        try:
            worker.run(stopping)
            ended_well.append(worker)
        except BaseException:
            logger.exception("worker failed")
        finally:
            # A process that reads one of its queues no more looks alive and is not.
            stopping.set()

    threads = [Thread(target=run, args=[worker], name="poller") for worker in workers]
    for thread in threads:
        thread.start()
    # The system may hand a signal to any thread. Python runs its handler in the main one, and only
    # when that wakes, so it must not wait for ever.
    while alive := [thread for thread in threads if thread.is_alive()]:
        alive[0].join(SIGNAL_CHECK_SECONDS)
    return len(ended_well) == len(workers)


def _leave(status: int) -> None:
    """End at once: Python would wait for the threads of a handler that outlasted the drain."""
    logging.shutdown()
    os._exit(status)
