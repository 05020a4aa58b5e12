from dataclasses import replace
from io import StringIO

import webvtt

from results.render.vtt import vtt
from results.transcript import Missing, Party, Transcript, Word
from results.turns import turns_of


def a_transcript(*said: str, name: str = "Caller", recording_id: str = "rec-1") -> Transcript:
    words = [Word(2.0 * place, 2.0 * place + 0.5, text) for place, text in enumerate(said)]
    return Transcript(
        recording_id=recording_id,
        conversation_id=None,
        language=None,
        duration=None,
        parties=(Party(name),),
        turns=turns_of([words]),
    )


def test_each_cue_has_its_times_and_a_voice_span() -> None:
    assert vtt(a_transcript("Hello,", "you.")) == (
        "WEBVTT\n"
        "\n"
        "NOTE Recording rec-1\n"
        "\n"
        "00:00:00.000 --> 00:00:00.500\n"
        "<v Caller>Hello,\n"
        "\n"
        "00:00:02.000 --> 00:00:02.500\n"
        "<v Caller>you.\n"
    )


def test_a_player_finds_the_cues_and_their_voices() -> None:
    captions = webvtt.from_buffer(StringIO(vtt(a_transcript("Hello,", "you."))))

    assert [(caption.start, caption.voice, caption.text) for caption in captions.captions] == [
        ("00:00:00.000", "Caller", "Hello,"),
        ("00:00:02.000", "Caller", "you."),
    ]


def test_what_would_be_markup_is_escaped() -> None:
    captions = vtt(a_transcript("<b>", "AT&T", "-->", name="R&D <1>", recording_id="a-->b"))

    assert "<v R&amp;D &lt;1&gt;>&lt;b&gt;\n" in captions
    assert "AT&amp;T" in captions
    assert "NOTE Recording a--&gt;b\n" in captions
    assert captions.count("-->") == 3


def test_what_is_missing_is_a_note_that_ends_no_note_early() -> None:
    lacking = Missing((0,), 0.0, 61.5, "no --> way")

    captions = vtt(replace(a_transcript("Hello,"), missing=(lacking,)))

    assert "\nNOTE Missing: from 0:00 to 1:01. Amazon Transcribe: no --&gt; way\n" in captions
    assert [one.text for one in webvtt.from_buffer(StringIO(captions)).captions] == ["Hello,"]


def test_silence_is_a_file_without_cues() -> None:
    captions = vtt(a_transcript())

    assert captions == "WEBVTT\n\nNOTE Recording rec-1\n\nNOTE No speech.\n"
    assert len(webvtt.from_buffer(StringIO(captions))) == 0
