"""The sample call, its script, and whether the usual recogniser hears what the script says."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from local.sample.make import CHANNELS
from local.transcribe.media import examine
from local.transcribe.recogniser import Recipe, hear
from local.transcribe.speech import Heard
from local.vonage.ensemble import MOST, SENTENCES, lay_out

FOLDER = Path(__file__).parents[3] / "local" / "sample"
CALL = FOLDER / "call.mp3"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    said: dict[str, Any] = json.loads((FOLDER / "call.json").read_text(encoding="utf-8"))
    return said


@pytest.fixture(scope="module")
def heard() -> dict[str, Heard]:
    return {party: hear(Recipe(), CALL, channel, None) for party, channel in CHANNELS.items()}


def lines(script: dict[str, Any], party: str) -> list[dict[str, Any]]:
    return [line for line in script["lines"] if line["party"] == party]


def words(text: str) -> list[str]:
    return re.sub("[^a-z' ]", "", text.lower()).split()


def word_errors(expected: Sequence[str], found: Sequence[str]) -> int:
    """Count the words that must change to make one text the other (Levenshtein)."""
    row = list(range(len(found) + 1))
    for index, word in enumerate(expected, start=1):
        above, row = row, [index]
        for column, other in enumerate(found, start=1):
            change = above[column - 1] + (word != other)
            row.append(min(change, above[column] + 1, row[-1] + 1))
    return row[-1]


def test_the_call_is_what_vonage_records_and_small_enough_for_the_repository() -> None:
    media = examine(CALL, media_format="mp3", sample_rate=16_000)

    assert media.channels == 2
    assert media.seconds == pytest.approx(24, abs=0.1)
    assert CALL.stat().st_size < 200_000


@pytest.mark.parametrize("party", CHANNELS)
def test_each_party_is_heard_on_its_own_channel(
    script: dict[str, Any], heard: dict[str, Heard], party: str
) -> None:
    expected = words(" ".join(line["text"] for line in lines(script, party)))

    found = words(" ".join(word.content for one in heard[party].utterances for word in one.words))

    assert word_errors(expected, found) <= len(expected) * 0.1


@pytest.mark.parametrize("party", CHANNELS)
def test_every_line_is_heard_when_it_is_said(
    script: dict[str, Any], heard: dict[str, Heard], party: str
) -> None:
    expected = [line["start"] for line in lines(script, party)]

    found = [utterance.start for utterance in heard[party].utterances]

    assert found == pytest.approx(expected, abs=0.15)


def test_questions_and_statements_are_told_apart(heard: dict[str, Heard]) -> None:
    marks = [utterance.words[-1].mark for utterance in heard["callee"].utterances]

    assert marks == [".", ".", "?", ".", ".", ".", "."]


def test_a_party_answers_while_the_other_still_speaks(heard: dict[str, Heard]) -> None:
    [yes] = [one for one in heard["caller"].utterances if one.words[0].content == "Yes"]

    assert any(one.start < yes.start < one.end for one in heard["callee"].utterances)


def test_every_word_has_its_time_and_how_sure_it_is(heard: dict[str, Heard]) -> None:
    every = [word for one in heard.values() for said in one.utterances for word in said.words]

    assert all(0 <= word.start < word.end <= 24 for word in every)
    assert all(0 <= word.confidence <= 1 for word in every)


def test_the_two_voices_are_a_high_and_a_low_one(heard: dict[str, Heard]) -> None:
    caller = [utterance.pitch or 0 for utterance in heard["caller"].utterances]
    callee = [utterance.pitch or 0 for utterance in heard["callee"].utterances]

    assert max(caller) < min(callee)


def test_almost_everybody_of_many_is_heard_to_say_their_number(tmp_path: Path) -> None:
    spoken = json.loads(SENTENCES.with_suffix(".json").read_text(encoding="utf-8"))["lines"]
    call = lay_out(MOST, tmp_path / "call.wav")

    numbers = [number_in(hear(Recipe(), call, channel, None)) for channel in range(MOST)]

    wanted = [line["text"].partition("party ")[2].strip(".").replace("-", " ") for line in spoken]
    assert SENTENCES.stat().st_size < 200_000
    assert sum(number == want for number, want in zip(numbers, wanted, strict=True)) >= MOST - 3


def number_in(heard: Heard) -> str:
    said = [word.content.lower() for one in heard.utterances for word in one.words]
    _, _, number = " ".join(said).replace("partly", "party").partition("party ")
    return number.replace("-", " ")
