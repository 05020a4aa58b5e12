from dataclasses import replace

from results.render.text import text
from results.transcript import Missing, Party, Transcript, Turn


def a_turn(party: int, start: float, said: str, *, overlaps: bool = False) -> Turn:
    return Turn(party, start, start + 1, overlaps, None, said, ())


def a_transcript(*turns: Turn, names: tuple[str, ...] = ("Caller", "Callee")) -> Transcript:
    return Transcript(
        recording_id="rec-1",
        conversation_id=None,
        language=None,
        duration=None,
        parties=tuple(map(Party, names)),
        turns=turns,
    )


def test_each_turn_is_a_line_with_its_time_and_party() -> None:
    transcript = a_transcript(
        a_turn(0, 0.49, "Hello, thanks for calling …"),
        a_turn(1, 6.99, "Certainly, may I take your name …"),
        a_turn(0, 754.0, "Goodbye."),
    )

    assert text(transcript) == (
        " 0:00  Caller   Hello, thanks for calling …\n"
        " 0:06  Callee   Certainly, may I take your name …\n"
        "12:34  Caller   Goodbye.\n"
    )


def test_a_call_of_hours_has_wider_times() -> None:
    transcript = a_transcript(a_turn(0, 59, "Hello."), a_turn(1, 3 * 3600 + 62, "Still here."))

    assert text(transcript) == (
        "   0:59  Caller   Hello.\n"  # as wide as the widest
        "3:01:02  Callee   Still here.\n"
    )


def test_names_of_several_lengths_stand_in_a_column() -> None:
    transcript = a_transcript(a_turn(0, 0, "Hi."), a_turn(1, 1, "Hi."), names=("Ann", "Benedikt"))

    assert text(transcript) == " 0:00  Ann        Hi.\n 0:01  Benedikt   Hi.\n"


def test_turns_at_the_same_time_bear_a_discreet_mark() -> None:
    transcript = a_transcript(
        a_turn(0, 0, "So I said", overlaps=True), a_turn(1, 1, "Mm-hm.", overlaps=True)
    )

    assert text(transcript) == " 0:00  Caller ~ So I said\n 0:01  Callee ~ Mm-hm.\n"


def test_silence_says_so() -> None:
    assert text(a_transcript()) == "No speech.\n"


def test_what_is_missing_stands_at_the_top() -> None:
    transcript = replace(
        a_transcript(a_turn(0, 0.49, "Hello")),
        missing=(Missing((2, 3), 0.0, 61.5, "Unsupported media format"),),
        silent=(1,),
        parties=tuple(Party(name, channel=place) for place, name in enumerate("ABCD")),
    )

    assert text(transcript) == (
        "Missing: C, D, from 0:00 to 1:01. Amazon Transcribe: Unsupported media format\n"
        "Silent: B.\n"
        "\n"
        " 0:00  A   Hello\n"
    )
