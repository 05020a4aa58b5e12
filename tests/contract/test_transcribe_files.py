"""Every result file that others got from Amazon Transcribe is understood, or refused as none."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from callscribe.errors import PermanentError
from results.composer import compose
from results.parties import CALLER_AND_CALLEE
from results.transcribe_file import parse
from results.transcript import Transcript

FILES = Path(__file__).parents[1] / "data" / "transcribe"


@dataclass(frozen=True)
class Said:
    """What a file says, in a nutshell."""

    parties: tuple[str, ...]
    words: int
    turns: int
    first: tuple[str, str]
    duration: float


SPEAKERS = ("Speaker 1", "Speaker 2")
VILLAGE = "She was gone out into the village on some errand when, as she was descending"
MASKED = "She was gone out into the *** on some errand when, as she was *** this steep street"

UNDERSTOOD = {
    "aws-chime-recorder-Retail41-speaker-labels-phonecall": Said(
        parties=SPEAKERS,
        words=750,
        turns=40,
        first=("Speaker 1", "Hi, thank you for calling Office and More. This is Joan."),
        duration=319.959,
    ),
    "awsdocs-channel-identification-2ch": Said(
        parties=CALLER_AND_CALLEE,
        words=10,
        turns=2,
        first=("Caller", "I've been on hold for an hour."),
        duration=9.25,
    ),
    "awsdocs-diarization": Said(
        parties=SPEAKERS,
        words=10,
        turns=2,
        first=("Speaker 1", "I've been on hold for an hour."),
        duration=9.24,
    ),
    "localstack-awsvalidated-2025-speaker-audio_segments": Said(
        parties=SPEAKERS,
        words=15,
        turns=2,
        first=("Speaker 1", "Hey, I am using LocalStack."),
        duration=5.76,
    ),
    "tscribe-02-channel-identification-2ch": Said(
        parties=CALLER_AND_CALLEE,
        words=354,
        turns=7,
        first=("Callee", VILLAGE),
        duration=141.54,
    ),
    "tscribe-05-redacted": Said(
        parties=("Speaker",), words=354, turns=1, first=("Speaker", VILLAGE), duration=141.54
    ),
    "tscribe-11-2ch-vocabfilter-mask": Said(
        parties=CALLER_AND_CALLEE, words=354, turns=7, first=("Callee", MASKED), duration=141.54
    ),
}

REFUSED = {
    "localstack-awsvalidated-error-Conflict",
    "localstack-awsvalidated-getjob-FAILED-too-long",
    "localstack-awsvalidated-getjob-inprogress-and-notfound",
}


def content_of(name: str) -> bytes:
    return (FILES / f"{name}.json").read_bytes()


def transcript_of(name: str) -> Transcript:
    return compose(
        parse(content_of(name)),
        recording_id=name,
        conversation_id=None,
        language=None,
        channel_names=CALLER_AND_CALLEE,
    )


def test_no_file_is_left_out() -> None:
    assert {path.stem for path in FILES.iterdir()} == set(UNDERSTOOD) | REFUSED


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_a_file_of_amazon_transcribe_is_understood(name: str) -> None:
    transcript = transcript_of(name)

    expected = UNDERSTOOD[name]
    first = transcript.turns[0]
    assert tuple(party.name for party in transcript.parties) == expected.parties
    assert sum(len(turn.words) for turn in transcript.turns) == expected.words
    assert len(transcript.turns) == expected.turns
    assert (transcript.name_of(first), first.text[: len(expected.first[1])]) == expected.first
    assert transcript.duration == expected.duration


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_where_nobody_interrupts_the_turns_read_as_amazons_own_text(name: str) -> None:
    transcript = transcript_of(name)

    own = json.loads(content_of(name))["results"]["transcripts"][0]["transcript"]
    assert not any(turn.overlaps for turn in transcript.turns)
    assert " ".join(turn.text for turn in transcript.turns) == own


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_no_transcript_is_refused_as_such(name: str) -> None:
    with pytest.raises(PermanentError, match="not a transcript of Amazon Transcribe"):
        parse(content_of(name))
