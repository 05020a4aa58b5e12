"""A call goes well, and everybody can read it."""

from functools import partial
from typing import Any

import pytest
import webvtt

from tests.e2e.journey import Call, Journey, said_by

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def call(direct: Journey) -> Call:
    placed = direct.place()
    direct.transcript_of(placed)
    return placed


def test_each_party_is_heard_on_its_own(direct: Journey, call: Call) -> None:
    transcript = direct.transcript_of(call)

    assert "three apple trees" in said_by(transcript, "Caller")
    assert "ninety pounds" in said_by(transcript, "Callee")
    assert "apple" not in said_by(transcript, "Callee")


def test_the_turns_are_in_the_order_of_the_conversation(direct: Journey, call: Call) -> None:
    turns = direct.transcript_of(call)["turns"]

    assert [turn["start"] for turn in turns] == sorted(turn["start"] for turn in turns)
    assert turns[0]["text"].startswith("Hello")
    assert len(turns) > 6


def test_every_export_tells_the_same(direct: Journey, call: Call, tmp_path: Any) -> None:
    path = tmp_path / "call.vtt"
    path.write_text(direct.export_of(call, "vtt"), encoding="utf-8")

    captions = webvtt.read(str(path)).captions

    assert {caption.voice for caption in captions} == {"Caller", "Callee"}
    assert "Caller" in direct.export_of(call, "txt")
    assert "Caller: " in direct.export_of(call, "srt")


def test_one_correlation_id_leads_from_the_webhook_to_the_transcript(
    direct: Journey, call: Call
) -> None:
    steps = (
        "webhook accepted",
        "recording stored",
        "transcription started",
        "transcript published",
    )

    said = [
        # The last line is printed a moment after the transcript can be read.
        direct.wait_for(partial(direct.lines.facts, event=step, recording_id=call.recording_id))
        for step in steps
    ]

    assert len({line["correlation_id"] for lines in said for line in lines}) == 1


def test_the_facts_of_the_call_are_kept(direct: Journey, call: Call) -> None:
    every_stage = {
        "call.event.v1",
        "recording.available.v1",
        "recording.stored.v1",
        "transcription.started.v1",
        "transcription.finished.v1",
        "transcript.ready.v1",
    }

    assert direct.wait_for(lambda: direct.facts_of(call) == every_stage)


def test_nothing_is_left_in_any_queue(direct: Journey, call: Call) -> None:
    assert direct.has_transcript(call)
    assert direct.wait_for(lambda: direct.in_queues() == 0)


def test_no_number_and_no_token_is_logged(direct: Journey, call: Call) -> None:
    said = direct.vonage_says(call)

    log = direct.lines.text()

    assert said["state"] == "completed"
    assert "4477009" not in log
    assert "eyJ" not in log
