from datetime import timedelta

import srt as library

from results.render.srt import srt
from results.transcript import Party, Transcript, Word
from results.turns import turns_of


def a_transcript(*said: str) -> Transcript:
    words = [Word(2.0 * place, 2.0 * place + 0.5, text) for place, text in enumerate(said)]
    return Transcript(
        recording_id="rec-1",
        conversation_id=None,
        language=None,
        duration=None,
        parties=(Party("Caller"),),
        turns=turns_of([words]),
    )


def test_cues_are_numbered_and_name_the_party() -> None:
    assert srt(a_transcript("Hello,", "you.")) == (
        "1\n"
        "00:00:00,000 --> 00:00:00,500\n"
        "Caller: Hello,\n"
        "\n"
        "2\n"
        "00:00:02,000 --> 00:00:02,500\n"
        "Caller: you.\n"
    )


def test_a_player_finds_the_cues() -> None:
    subtitles = list(library.parse(srt(a_transcript("Hello,", "<i>you</i> & me."))))

    assert [(subtitle.index, subtitle.content) for subtitle in subtitles] == [
        (1, "Caller: Hello,"),
        (2, "Caller: <i>you</i> & me."),
    ]
    assert subtitles[1].start == timedelta(seconds=2)
    assert subtitles[1].end == timedelta(seconds=2.5)


def test_silence_is_an_empty_file() -> None:
    assert srt(a_transcript()) == ""
