from typing import Any

from local.transcribe.document import Document, documents, speech
from local.transcribe.job import Job
from local.transcribe.places import Place
from local.transcribe.speech import Heard
from local.transcribe.testing import a_job, an_utterance

PLAIN = Place("transcripts", "transcribe/callscribe-1.json")
REDACTED = Place("transcripts", "transcribe/redacted-callscribe-1.json")

CALLER = Heard("en", 1.0, (an_utterance("My name is Ann.", 3.0, pitch=180),))
CALLEE = Heard("en", 1.0, (an_utterance("Hello.", 1.0, pitch=95),))
BOTH = Heard("en", 1.0, CALLEE.utterances + CALLER.utterances)

SPLIT = {"ChannelIdentification": True}
SPEAKERS = {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 2}


def files(job: Job, *heard: Heard) -> dict[Place, Document]:
    return documents(job, heard, language_code="en-GB", account="000000000000")


def redacting(output: str) -> dict[str, Any]:
    return {"RedactionType": "PII", "RedactionOutput": output}


def test_a_file_says_whose_it_is() -> None:
    [(place, file)] = files(a_job(), CALLEE).items()

    assert place == PLAIN
    assert (file["jobName"], file["accountId"], file["status"]) == (
        "callscribe-1",
        "000000000000",
        "COMPLETED",
    )
    assert file["results"]["transcripts"] == [{"transcript": "Hello."}]
    assert "channel_labels" not in file["results"]


def test_channels_are_labelled_in_their_order_when_asked_for() -> None:
    found = files(a_job(Settings=SPLIT), CALLER, CALLEE)[PLAIN]["results"]

    assert [segment["channel_label"] for segment in found["audio_segments"]] == ["ch_1", "ch_0"]
    assert found["channel_labels"]["number_of_channels"] == 2


def test_two_voices_on_one_channel_are_two_speakers_when_asked_for() -> None:
    found = files(a_job(Settings=SPEAKERS), BOTH)[PLAIN]["results"]

    assert [segment["speaker_label"] for segment in found["audio_segments"]] == ["spk_0", "spk_1"]


def test_speakers_of_different_channels_have_different_numbers() -> None:
    found = files(a_job(Settings=SPLIT | SPEAKERS), CALLER, CALLEE)[PLAIN]["results"]

    labels = {(one["channel_label"], one["speaker_label"]) for one in found["audio_segments"]}
    assert labels == {("ch_0", "spk_0"), ("ch_1", "spk_1")}


def test_a_redacted_file_stands_for_the_plain_one_or_beside_it() -> None:
    alone = files(a_job(ContentRedaction=redacting("redacted")), CALLER)
    both = files(a_job(ContentRedaction=redacting("redacted_and_unredacted")), CALLER)

    assert set(alone) == {REDACTED}
    assert set(both) == {PLAIN, REDACTED}
    assert both[PLAIN]["results"]["transcripts"] == [{"transcript": "My name is Ann."}]
    assert both[REDACTED]["results"]["transcripts"] == [{"transcript": "My name is [PII]."}]
    assert both[REDACTED]["isRedacted"]
    assert "isRedacted" not in both[PLAIN]


def test_several_identified_languages_are_named_in_the_file() -> None:
    job = a_job(LanguageCode=None, IdentifyMultipleLanguages=True)

    found = files(job, CALLEE)[PLAIN]["results"]

    assert found["language_codes"] == [{"language_code": "en-GB", "duration_in_seconds": "0.4"}]


def test_speech_is_counted_on_every_channel() -> None:
    assert speech([CALLER, CALLEE]) == 2.3
    assert speech([]) == 0
