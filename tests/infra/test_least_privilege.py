"""Each role may do what its program does, and nothing of its neighbours'.

The policies are those that Terraform made; MiniStack evaluates them for each call over the wire.
"""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from callscribe.job import CONVERSATION_TAG, CORRELATION_TAG, RECORDING_TAG
from tests.infra.calls import (
    REFUSED,
    As,
    Call,
    asks_of_a_job,
    become,
    deletes,
    drops_the_table,
    gets,
    keeps_a_fact,
    lists,
    lists_calls,
    looks_for,
    parks,
    purges,
    puts,
    reads_a_secret,
    receives,
    sends,
    starts_a_job,
    tags_a_job,
    takes_back,
)
from tests.infra.cloud import ONE_CLOUD, Cloud

pytestmark = [pytest.mark.terraform, pytest.mark.emulator, ONE_CLOUD]

AUDIO = "recordings/1/audio.mp3"
PART = "recordings/1/parts/1.flac"
RESULT = "transcribe/callscribe-1.json"
SET = "transcripts/1/set.json"
TRANSCRIPT = "transcripts/1/transcript.json"

MAY: dict[str, dict[str, Call]] = {
    "webhook-gateway": {
        "send recordings": sends("recordings"),
        "send call events": sends("call-events"),
        "see its queue": looks_for("recordings"),
    },
    "recorder": {
        "receive recordings": receives("recordings"),
        "park recordings": parks("recordings"),
        "send transcriptions": sends("transcriptions"),
        "send call events": sends("call-events"),
        "list audio": lists("audio"),
        "put audio": puts("audio", AUDIO),
        "put a part": puts("audio", PART),
        "get audio": gets("audio", AUDIO),
    },
    "transcriber": {
        "receive transcriptions": receives("transcriptions"),
        "park transcriptions": parks("transcriptions"),
        "send call events": sends("call-events"),
        "send completions": sends("completions"),
        "put a set": puts("transcripts", SET),
        "get a set": gets("transcripts", SET),
        "lend audio": gets("audio", AUDIO),
        "lend a place for results": puts("transcripts", RESULT),
        "start a job": starts_a_job("transcripts"),
        "ask of a job": asks_of_a_job("callscribe-1"),
        "tag a job": tags_a_job(RECORDING_TAG, CONVERSATION_TAG, CORRELATION_TAG),
    },
    "notifier": {
        "ask of a job": asks_of_a_job("callscribe-1"),
        "send completions": sends("completions"),
    },
    "results": {
        "receive completions": receives("completions"),
        "receive call events": receives("call-events"),
        "park call events": parks("call-events"),
        "ask again later": sends("completions"),
        "tell what it parked": sends("call-events"),
        "tell news": sends("notifications"),
        "get a result": gets("transcripts", RESULT),
        "put a transcript": puts("transcripts", TRANSCRIPT),
        "delete a failure": deletes("transcripts", "transcripts/1/failure.json"),
        "hear audio": gets("audio", AUDIO),
        "keep a fact": keeps_a_fact,
        "ask of a job": asks_of_a_job("callscribe-1"),
    },
    "notify": {
        "receive notifications": receives("notifications"),
        "park notifications": parks("notifications"),
        "try again": sends("notifications"),
        "tell how it went": sends("call-events"),
    },
    "results-web": {
        "list calls": lists_calls,
        "keep a key": keeps_a_fact,
        "get a transcript": gets("transcripts", TRANSCRIPT),
        "hear audio": gets("audio", AUDIO),
        "send back": sends("recordings"),
        "take a dead letter": takes_back("recordings"),
    },
}

MAY_NOT: dict[str, dict[str, Call]] = {
    "webhook-gateway": {
        "receive what it sent": receives("recordings"),
        "send transcriptions": sends("transcriptions"),
        "empty a queue": purges("recordings"),
        "get audio": gets("audio", AUDIO),
        "get a transcript": gets("transcripts", TRANSCRIPT),
        "read another's secret": reads_a_secret,
        "keep a fact": keeps_a_fact,
    },
    "recorder": {
        "receive transcriptions": receives("transcriptions"),
        "send completions": sends("completions"),
        "delete audio": deletes("audio", AUDIO),
        "put outside recordings": puts("audio", "elsewhere"),
        "put a transcript": puts("transcripts", TRANSCRIPT),
        "start a job": starts_a_job("transcripts"),
        "keep a fact": keeps_a_fact,
    },
    "transcriber": {
        "receive recordings": receives("recordings"),
        "send recordings": sends("recordings"),
        "put audio": puts("audio", AUDIO),
        "put a transcript": puts("transcripts", TRANSCRIPT),
        "read a transcript": gets("transcripts", TRANSCRIPT),
        "write results elsewhere": starts_a_job("audio"),
        "ask of another's job": asks_of_a_job("payroll-1"),
        "tag as another": tags_a_job("cost-centre"),
        "keep a fact": keeps_a_fact,
    },
    "notifier": {
        "receive completions": receives("completions"),
        "start a job": starts_a_job("transcripts"),
        "ask of another's job": asks_of_a_job("payroll-1"),
        "get a transcript": gets("transcripts", TRANSCRIPT),
    },
    "results": {
        "receive recordings": receives("recordings"),
        "send recordings": sends("recordings"),
        "start a job": starts_a_job("transcripts"),
        "put audio": puts("audio", AUDIO),
        "put a result": puts("transcripts", RESULT),
        "drop the table": drops_the_table,
        "ask of another's job": asks_of_a_job("payroll-1"),
    },
    "notify": {
        "receive completions": receives("completions"),
        "get a transcript": gets("transcripts", TRANSCRIPT),
        "keep a fact": keeps_a_fact,
    },
    "results-web": {
        "receive recordings": receives("recordings"),
        "delete a transcript": deletes("transcripts", TRANSCRIPT),
        "delete audio": deletes("audio", PART),
        "put a transcript": puts("transcripts", TRANSCRIPT),
        "put audio": puts("audio", AUDIO),
        "start a job": starts_a_job("transcripts"),
        "drop the table": drops_the_table,
        "read another's secret": reads_a_secret,
    },
}


def cases(what: dict[str, dict[str, Call]]) -> list[Any]:
    return [
        pytest.param(program, call, id=f"{program}-{name.replace(' ', '_')}")
        for program, calls in what.items()
        for name, call in calls.items()
    ]


def answer(me: As, call: Call) -> str:
    """``ok``, or the code with which AWS refuses."""
    try:
        call(me)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "ok"


@pytest.fixture(scope="module")
def world(cloud: Cloud) -> Cloud:
    """What the calls are about is there, so that only a missing right refuses them."""
    s3 = cloud.client("s3")
    for key in (AUDIO, PART):
        s3.put_object(Bucket=cloud.outputs["audio_bucket"], Key=key, Body=b"x")
    for key in (RESULT, SET, TRANSCRIPT):
        s3.put_object(Bucket=cloud.outputs["transcripts_bucket"], Key=key, Body=b"x")
    return cloud


def test_every_role_is_tried_in_both_directions(cloud: Cloud) -> None:
    assert MAY.keys() == MAY_NOT.keys() == cloud.outputs["role_arns"].keys()


@pytest.mark.parametrize(("program", "call"), cases(MAY))
def test_a_role_may_do_what_its_program_does(world: Cloud, program: str, call: Call) -> None:
    assert answer(become(world, program), call) == "ok"


@pytest.mark.parametrize(("program", "call"), cases(MAY_NOT))
def test_a_role_may_not_do_what_its_neighbour_does(world: Cloud, program: str, call: Call) -> None:
    assert answer(become(world, program), call) in REFUSED
