from datetime import timedelta

from local.vonage.testing import NOON, a_call, a_connect, a_plan, a_record
from local.vonage.timeline import Timeline, began


def test_a_call_begins_so_far_back_that_nothing_lies_in_the_future() -> None:
    audio = timedelta(hours=2)
    plan = a_plan(a_record(), *[a_connect()] * 31)

    start = began(NOON, audio)

    timeline = Timeline(a_call(), plan, audio)
    assert start + (timeline.ended - timeline.call.began) < NOON


def test_a_call_begins_on_a_whole_second() -> None:
    start = began(NOON, timedelta(seconds=1.234))

    assert start.microsecond == 0


def test_a_call_outlasts_the_ringing_of_all_legs() -> None:
    plan = a_plan(a_record(), *[a_connect()] * 5)

    timeline = Timeline(a_call(), plan, timedelta(seconds=3))

    assert timeline.ended == timeline.leg_answered(5)
