from concurrent.futures import ThreadPoolExecutor
from threading import Thread

from callscribe.slots import Slots


def test_free_slots_are_there_at_once() -> None:
    slots = Slots(20)

    assert slots.wait(10, patience=0)
    assert slots.free == 20


def test_a_taken_slot_is_not_free_until_it_is_given_back() -> None:
    slots = Slots(3)

    slots.take(2)
    assert slots.free == 1
    assert not slots.all_free

    slots.give_back()
    slots.give_back()
    assert slots.free == 3
    assert slots.all_free


def test_whoever_waits_for_a_slot_is_told_after_a_moment_that_there_is_none() -> None:
    slots = Slots(1)
    slots.take(1)

    assert not slots.wait(10, patience=0)


def test_one_free_slot_is_enough_when_patience_ends() -> None:
    slots = Slots(2)
    slots.take(1)

    assert slots.wait(10, patience=0)


def test_a_wait_for_many_ends_when_the_last_of_them_is_given_back() -> None:
    slots = Slots(2)
    slots.take(2)
    finished = [Thread(target=slots.give_back) for _ in range(2)]

    for handler in finished:
        handler.start()

    assert slots.wait_until_all_free(10)


def test_a_wait_ends_when_there_are_as_many_as_wanted_although_others_are_busy() -> None:
    slots = Slots(3)
    slots.take(2)

    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(slots.wait, 2, patience=60)
        slots.give_back()

        assert waiting.result(timeout=10)


def test_more_slots_are_never_waited_for_than_there_are() -> None:
    slots = Slots(2)

    assert slots.wait(10, patience=60)


def test_a_drain_ends_although_a_handler_does_not() -> None:
    slots = Slots(2)
    slots.take(1)

    assert not slots.wait_until_all_free(0)
