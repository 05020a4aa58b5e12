import json
from pathlib import Path
from typing import Any

import pytest

from local.transcribe.items import Line
from local.transcribe.redaction import redact
from local.transcribe.scenario import Era
from local.transcribe.testing import an_utterance
from local.transcribe.transcript import Form, results

RECORDED = Path(__file__).parents[2] / "data" / "transcribe"

CALL = [
    Line(an_utterance("How can I help you?", 1.0), channel=1),
    Line(an_utterance("Hello. Yes.", 5.0), channel=0),
    Line(an_utterance("We come on Friday morning.", 7.0), channel=1),
    Line(an_utterance("Good.", 8.2), channel=0),
]
VOICES = [
    Line(an_utterance("Hey, I am here.", 0.5), speaker=0),
    Line(an_utterance("Yes, a great tool.", 4.0), speaker=1),
]


def recorded(name: str) -> dict[str, Any]:
    file = json.loads((RECORDED / name).read_text(encoding="utf-8"))
    found: dict[str, Any] = file["results"]
    return found


def members(items: list[dict[str, Any]]) -> dict[str, set[str]]:
    """Tell which members the words and the marks have."""
    return {
        kind: {name for item in items if item["type"] == kind for name in item}
        for kind in ("pronunciation", "punctuation")
    }


@pytest.mark.parametrize(
    ("era", "file"),
    [
        (Era.A, "tscribe-02-channel-identification-2ch.json"),
        (Era.B, "awsdocs-channel-identification-2ch.json"),
    ],
)
def test_two_channels_have_the_form_of_a_file_that_aws_has_written(era: Era, file: str) -> None:
    on_aws = recorded(file)

    found = results(CALL, Form(era, channels=2))

    assert found.keys() == on_aws.keys()
    assert members(found["items"]) == members(on_aws["items"])
    labels, labels_on_aws = found["channel_labels"], on_aws["channel_labels"]
    assert labels.keys() == labels_on_aws.keys()
    assert labels["number_of_channels"] == labels_on_aws["number_of_channels"]
    for ours, theirs in zip(labels["channels"], labels_on_aws["channels"], strict=True):
        assert ours.keys() == theirs.keys()
        assert ours["channel_label"] == theirs["channel_label"]
        # One file of AWS's documentation says a language for a single mark.
        assert members(ours["items"])["pronunciation"] == members(theirs["items"])["pronunciation"]


@pytest.mark.parametrize(
    ("era", "file"),
    [
        (Era.B, "awsdocs-diarization.json"),
        (Era.C, "localstack-awsvalidated-2025-speaker-audio_segments.json"),
    ],
)
def test_speakers_have_the_form_of_a_file_that_aws_has_written(era: Era, file: str) -> None:
    on_aws = recorded(file)

    found = results(VOICES, Form(era, speakers=True))

    assert found.keys() == on_aws.keys()
    assert members(found["items"]) == members(on_aws["items"])
    labels, labels_on_aws = found["speaker_labels"], on_aws["speaker_labels"]
    assert labels.keys() == labels_on_aws.keys()
    assert labels["speakers"] == 2
    assert labels["segments"][0].keys() == labels_on_aws["segments"][0].keys()
    assert (
        labels["segments"][0]["items"][0].keys() == labels_on_aws["segments"][0]["items"][0].keys()
    )


def test_audio_segments_have_the_form_of_a_file_that_aws_has_written() -> None:
    on_aws = recorded("localstack-awsvalidated-2025-speaker-audio_segments.json")

    found = results(VOICES, Form(Era.C, speakers=True))

    first, second = found["audio_segments"]
    assert first.keys() == on_aws["audio_segments"][0].keys()
    assert (first["id"], first["transcript"], first["speaker_label"]) == (
        0,
        "Hey, I am here.",
        "spk_0",
    )
    assert first["items"] == [0, 1, 2, 3, 4, 5]
    assert second["items"] == [6, 7, 8, 9, 10, 11]


def test_numbers_are_text_and_marks_have_no_times() -> None:
    found = results([Line(an_utterance("Hello.", 1.23456))], Form(Era.C))

    assert found["items"] == [
        {
            "type": "pronunciation",
            "alternatives": [{"confidence": "0.988", "content": "Hello"}],
            "start_time": "1.235",
            "end_time": "1.635",
            "id": 0,
        },
        {
            "type": "punctuation",
            "alternatives": [{"confidence": "0.0", "content": "."}],
            "id": 1,
        },
    ]


def test_the_words_of_two_callers_stand_in_the_order_in_which_they_were_said() -> None:
    found = results(CALL, Form(Era.C, channels=2))

    [transcript] = found["transcripts"]
    assert transcript["transcript"] == (
        "How can I help you? Hello. Yes. We come on Good. Friday morning."
    )
    assert [item["id"] for item in found["items"]] == list(range(len(found["items"])))


def test_each_channel_has_its_own_words_even_where_two_speak_at_once() -> None:
    caller, callee = results(CALL, Form(Era.C, channels=2))["channel_labels"]["channels"]

    assert words(caller["items"]) == ["Hello", "Yes", "Good"]
    assert words(callee["items"])[-5:] == ["We", "come", "on", "Friday", "morning"]


def test_a_silent_channel_has_no_words() -> None:
    only_callee = [line for line in CALL if line.channel == 1]

    caller, _ = results(only_callee, Form(Era.C, channels=2))["channel_labels"]["channels"]

    assert caller == {"channel_label": "ch_0", "items": []}


def test_silence_is_a_result() -> None:
    assert results([], Form(Era.C)) == {
        "transcripts": [{"transcript": ""}],
        "speaker_labels": None,
        "items": [],
        "audio_segments": [],
    }


def test_a_masked_word_has_no_confidence() -> None:
    masked = redact(an_utterance("My name is Ann."))

    item = results([Line(masked)], Form(Era.C))["items"][3]

    assert item["alternatives"] == [{"content": "[PII]", "redactions": [{"confidence": "0.988"}]}]


def test_alternatives_say_their_content_flat() -> None:
    found = results([Line(an_utterance("Hello.", 1.0))], Form(Era.B, alternatives=True))

    [segment] = found["segments"]
    [alternative] = segment["alternatives"]
    assert (segment["start_time"], segment["end_time"]) == ("1.0", "1.4")
    assert alternative["transcript"] == "Hello."
    assert alternative["items"] == [
        {
            "type": "pronunciation",
            "start_time": "1.0",
            "end_time": "1.4",
            "confidence": "0.988",
            "content": "Hello",
        },
        {"type": "punctuation", "confidence": "0.0", "content": "."},
    ]


def words(items: list[dict[str, Any]]) -> list[str]:
    return [item["alternatives"][0]["content"] for item in items if item["type"] == "pronunciation"]
