"""The worker as a real process, on a real queue over the wire."""

import json
import signal
import time

import pytest

from tests.integration.callscribe.conftest import StartWorker
from tests.integration.callscribe.harness import Aws, Log, Queue, a_message, make_queue
from tests.integration.callscribe.proxy import failing_deletes

pytestmark = pytest.mark.emulator


def test_a_stop_under_load_leaves_nothing_in_flight_and_nothing_done_but_undeleted(
    queue: Queue, start_worker: StartWorker, log: Log
) -> None:
    names = [f"rec-{number}" for number in range(200)]
    queue.send(*[a_message(name, takes=0.05 + place % 6 / 100) for place, name in enumerate(names)])
    worker = start_worker("loaded", queue, concurrency=20)
    log.wait_for("ended", count=60)

    worker.ask_to_stop()
    assert worker.stop() == 0

    assert queue.in_flight == 0
    assert sorted(log.names("begun")) == sorted(log.names("ended"))
    left = queue.receive_all()
    assert sorted(left + log.names("ended")) == sorted(names)
    assert left


def test_a_stop_while_idle_in_a_long_poll_swallows_no_message(
    queue: Queue, start_worker: StartWorker, log: Log
) -> None:
    queue.send(a_message("first", takes=0.5))
    idle = start_worker("idle", queue, poll_wait=20, visibility_timeout=60)
    log.wait_for("ended")

    idle.ask_to_stop()
    queue.send(a_message("next"))
    assert idle.wait() == 0
    asked_at = time.monotonic()
    [message] = queue.receive(wait=10)

    assert message["Attributes"]["ApproximateReceiveCount"] == "2"
    assert time.monotonic() - asked_at < 3
    assert log.names("begun") == ["first"]


def test_a_handler_longer_than_the_visibility_timeout_handles_once(
    queue: Queue, start_worker: StartWorker, log: Log
) -> None:
    queue.send(a_message("long", takes=5.2))
    worker = start_worker("patient", queue, visibility_timeout=4)
    log.wait_for("ended")

    assert worker.stop() == 0

    assert log.names("begun") == ["long"]
    assert log.counted("visibility_extensions") >= 1
    assert log.counted("messages_done") == 1
    assert queue.visible + queue.in_flight == 0


def test_a_worker_that_was_frozen_for_too_long_leaves_the_message_to_who_has_it(
    queue: Queue, start_worker: StartWorker, log: Log
) -> None:
    queue.send(a_message("lost", takes=1))
    worker = start_worker("frozen", queue, visibility_timeout=3)
    log.wait_for("begun")

    worker.freeze()
    [_] = queue.receive(wait=10)
    worker.thaw()
    log.wait_for("ended")
    assert worker.stop() == 0

    assert log.counted("messages_lost") == 1
    assert log.counted("messages_done") == 0
    assert queue.in_flight == 1


def test_a_message_whose_heartbeat_is_refused_is_lost(
    queue: Queue, start_worker: StartWorker, log: Log
) -> None:
    queue.send(a_message("gone", takes=3.5))
    worker = start_worker("refused", queue, visibility_timeout=4)
    log.wait_for("begun")

    queue.sqs.purge_queue(QueueUrl=queue.url)
    log.wait_for("heartbeat refused")
    log.wait_for("ended")
    assert worker.stop() == 0

    assert log.counted("messages_lost") == 1
    assert log.counted("deletes_refused") == 0


def test_what_sqs_fails_to_delete_is_deleted_again(
    aws: Aws, queue: Queue, start_worker: StartWorker, log: Log
) -> None:
    queue.send(*[a_message(f"rec-{number}") for number in range(20)])

    with failing_deletes(aws.endpoint, failures=3) as proxy:
        worker = start_worker("insisting", queue, endpoint=proxy.endpoint, concurrency=20)
        log.wait_for("ended", count=20)
        assert worker.stop() == 0

    assert proxy.failed >= 1
    assert log.counted("batch_entries_retried") == proxy.failed
    assert len(log.names("begun")) == 20
    assert queue.visible + queue.in_flight == 0


def test_a_message_that_kills_the_process_ends_in_the_dead_letter_queue_alone(
    aws: Aws, start_worker: StartWorker, log: Log
) -> None:
    queue = make_queue(aws, max_receive_count=2)
    neighbours = [f"rec-{number}" for number in range(5)]
    queue.send(a_message("deadly", takes=0.8, ends="crash"), *map(a_message, neighbours))

    for attempt in ("first", "second"):
        assert start_worker(attempt, queue, visibility_timeout=3).wait() == -signal.SIGKILL
    last = start_worker("last", queue, visibility_timeout=3)
    [dead] = queue.parked(wait=10)
    assert last.stop() == 0

    assert json.loads(dead["Body"])["subject"] == "deadly"
    assert set(log.names("ended")) == set(neighbours)
    assert queue.visible + queue.in_flight == 0


def test_one_failure_never_touches_another_message(
    queue: Queue, start_worker: StartWorker, log: Log
) -> None:
    permanent = a_message("permanent", ends="permanent")
    queue.send(
        permanent,
        a_message("transient", ends="transient"),
        a_message("bug", ends="bug"),
        "not JSON",
        *[a_message(f"rec-{number}", takes=0.2) for number in range(5)],
    )
    worker = start_worker("mixed", queue, retry_base=1)
    log.wait_for("begun", recording_id="transient", attempt=2)
    log.wait_for("ended", count=5)
    assert worker.stop() == 0

    parked = {message["Body"]: message["MessageAttributes"] for message in queue.parked()}
    assert set(parked) == {permanent, "not JSON"}
    assert parked[permanent]["reason"]["StringValue"] == "the recording is gone"
    assert parked[permanent]["correlation_id"]["StringValue"] == "correlation-permanent"
    assert "not understood: body" in parked["not JSON"]["reason"]["StringValue"]
    assert sorted(log.names("ended")) == [f"rec-{number}" for number in range(5)]
    first, second, *_ = log.lines("begun", recording_id="transient")
    assert second["seen"] - first["seen"] >= 0.9
    assert log.counted("messages_parked") == 2


def test_no_more_is_in_flight_than_there_are_handlers(
    queue: Queue, start_worker: StartWorker, log: Log
) -> None:
    queue.send(*[a_message(f"rec-{number}", takes=1.5) for number in range(6)])
    worker = start_worker("small", queue, concurrency=3)

    log.wait_for("begun", count=3)
    assert queue.in_flight == 3
    log.wait_for("ended", count=6)
    assert worker.stop() == 0

    assert log.most_at_once() == 3


def test_what_outlasts_the_drain_is_given_back_at_once(
    queue: Queue, start_worker: StartWorker, log: Log
) -> None:
    queue.send(a_message("endless", takes=60))
    worker = start_worker("stuck", queue, drain=0.5)
    log.wait_for("begun")

    stopped_at = time.monotonic()
    assert worker.stop() == 0

    assert time.monotonic() - stopped_at < 5
    assert queue.visible == 1
    assert log.counted("messages_given_back") == 1
