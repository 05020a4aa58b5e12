"""A call has any number of parties, and each of them is read in the transcript as who it is."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import urllib3

from callscribe.names import recording_of
from local.demo.parties import overrides
from local.vonage.ensemble import SENTENCES, conversation, lay_out
from local.vonage.settings import SAMPLE_CALL
from tests.e2e.journey import Call, Journey, journey, said_by

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

HERTZ = 16_000
LONG = 200.0
"""Seconds: a call of 32 is sixteen jobs for as many cores as there are."""

SCRIPT = json.loads(SENTENCES.with_suffix(".json").read_text(encoding="utf-8"))["lines"]
NUMBERS = [line["text"].partition("party ")[2].strip(".").replace("-", " ") for line in SCRIPT]
SOUNDS_LIKE = {"won": "one", "to": "two", "too": "two", "for": "four", "ate": "eight"}


@dataclass(frozen=True)
class Talk:
    """A call of so many, and what became of it."""

    count: int
    running: Journey
    call: Call
    transcript: dict[str, Any]


@pytest.fixture(scope="module", params=[1, 3, 5, 32])
def talk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Talk]:
    count = request.param
    folder = tmp_path_factory.mktemp(f"parties-{count}")
    with journey(folder, overrides=overrides(count)) as running:
        call = running.place(parties=count)
        yield Talk(count, running, call, running.transcript_of(call, LONG))


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with journey(tmp_path_factory.mktemp("five"), overrides=overrides(5)) as running:
        yield running


def numbers_said(transcript: dict[str, Any]) -> list[str]:
    """What each party says after the word party, in the order of the parties."""
    return [_number(said_by(transcript, party["name"])) for party in transcript["parties"]]


def _number(said: str) -> str:
    words = said.replace(".", "").replace("?", "").replace("-", " ").split()
    heard = " ".join(SOUNDS_LIKE.get(word, word) for word in words)
    return heard.replace("partly", "party").partition("party ")[2]


def jobs_of(running: Journey, call: Call) -> list[str]:
    return [job for job in running.jobs() if recording_of(job) == call.recording_id]


def a_call(path: Path, *channels: Any) -> Path:
    soundfile.write(path, np.stack(channels, axis=1), HERTZ)
    return path


def test_each_party_says_its_own_number_and_nobody_elses(talk: Talk) -> None:
    numbers = numbers_said(talk.transcript)

    own = [said == NUMBERS[place] for place, said in enumerate(numbers)]
    others = [said for place, said in enumerate(numbers) if said in NUMBERS and not own[place]]
    assert len(numbers) == talk.count
    assert sum(own) >= talk.count - talk.count // 8
    assert others == []


def test_each_party_is_read_where_it_speaks(talk: Talk) -> None:
    turns = {turn["party"]: turn for turn in talk.transcript["turns"]}

    lines = conversation(talk.count, SCRIPT)
    starts = [turns[line.channel]["start"] for line in lines]
    assert starts == pytest.approx([line.at / HERTZ for line in lines], abs=0.3)
    assert len(talk.transcript["turns"]) == talk.count


def test_those_who_speak_at_once_are_marked(talk: Talk) -> None:
    marked = [turn["party"] for turn in talk.transcript["turns"] if turn["overlaps"]]

    assert {3, 7, 11, 15, 19, 23, 27, 31} & set(range(talk.count)) <= set(marked)


def test_a_call_costs_a_job_for_every_two_parties(talk: Talk) -> None:
    assert len(jobs_of(talk.running, talk.call)) == math.ceil(talk.count / 2)
    assert len(talk.running.recordings(talk.call)) == 1


def test_nothing_is_missing_and_nothing_is_left_over(talk: Talk) -> None:
    assert talk.transcript["missing"] == []
    assert talk.transcript["silent"] == []
    assert talk.running.wait_for(lambda: not talk.running.lines.facts(level="error"))


def test_silent_legs_cost_nothing_and_are_noted(five: Journey, tmp_path: Path) -> None:
    samples, _ = soundfile.read(lay_out(5, tmp_path / "all.wav"), dtype="int16")
    samples[:, [1, 3]] = 0

    transcript = five.transcript_of(call := five.place(a_call(tmp_path / "five.wav", *samples.T)))

    said = numbers_said(transcript)
    assert said == [NUMBERS[0], "", NUMBERS[2], "", NUMBERS[4]]
    assert transcript["silent"] == [1, 3]
    assert len(jobs_of(five, call)) == 2


def test_a_call_on_which_nobody_speaks_costs_nothing(five: Journey, tmp_path: Path) -> None:
    silence = np.zeros(3 * HERTZ, np.int16)

    transcript = five.transcript_of(call := five.place(a_call(tmp_path / "s.wav", *[silence] * 5)))

    assert transcript["turns"] == []
    assert transcript["silent"] == [0, 1, 2, 3, 4]
    assert jobs_of(five, call) == []


def test_events_of_parts_that_come_twice_are_one_transcript(five: Journey) -> None:
    at = f"{five.stack.places.transcribe}/local/scenario"
    assert urllib3.request("PUT", at, json={"event_twice": True}, timeout=10).status == 200

    transcript = five.transcript_of(call := five.place(parties=5, recording_twice=True))

    published = {"event": "transcript published", "recording_id": call.recording_id}
    assert five.wait_for(lambda: five.in_queues() == 0)
    assert len(five.lines.facts(**published)) == 1
    assert five.transcript_of(call) == transcript
    assert len(jobs_of(five, call)) == 3


def test_the_same_sound_on_both_channels_is_one_job_and_no_word_twice(
    direct: Journey, tmp_path: Path
) -> None:
    mono, _ = soundfile.read(lay_out(1, tmp_path / "one.wav"), dtype="int16")

    transcript = direct.transcript_of(
        call := direct.place(a_call(tmp_path / "dual.wav", mono, mono))
    )

    words = " ".join(turn["text"] for turn in transcript["turns"]).lower()
    assert words.count("party") == 1
    assert [party["channel"] for party in transcript["parties"]] == [None]
    assert len(jobs_of(direct, call)) == 1


def test_two_voices_on_one_channel_are_told_apart(direct: Journey, tmp_path: Path) -> None:
    both, _ = soundfile.read(SAMPLE_CALL, dtype="float32")
    path = tmp_path / "mixed.wav"
    soundfile.write(path, both.mean(axis=1), HERTZ)

    transcript = direct.transcript_of(call := direct.place(path))

    assert "garden shop" in said_by(transcript, "Speaker 1")
    assert "three apple trees" in said_by(transcript, "Speaker 2")
    assert "apple" not in said_by(transcript, "Speaker 1")
    assert len(jobs_of(direct, call)) == 1
