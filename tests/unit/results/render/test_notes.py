from dataclasses import replace

from results.render.notes import notes_of
from results.transcript import Missing, Party, Transcript, Turn

REASON = "Unsupported media format"


def a_transcript(*parties: Party, speaks: bool = True) -> Transcript:
    turn = Turn(0, 0.0, 1.0, overlaps=False, confidence=None, text="Hello", words=())
    return Transcript(
        recording_id="rec-1",
        conversation_id=None,
        language=None,
        duration=None,
        parties=parties,
        turns=(turn,) if speaks else (),
    )


FIVE = a_transcript(*(Party(name, channel=place) for place, name in enumerate("ABCDE")))


def test_there_is_nothing_to_know_of_most_transcripts() -> None:
    assert notes_of(FIVE) == []


def test_what_is_missing_is_said_with_party_time_and_reason() -> None:
    transcript = replace(
        FIVE, missing=(Missing((0, 1), 0.0, 14_400.0, REASON), Missing((4,), 14_400, 14_461, "No"))
    )

    assert notes_of(transcript) == [
        f"Missing: A, B, from 0:00 to 4:00:00. Amazon Transcribe: {REASON}",
        "Missing: E, from 4:00:00 to 4:01:01. Amazon Transcribe: No",
    ]


def test_what_is_missing_of_the_only_channel_is_of_nobody_by_name() -> None:
    lacking = Missing((0,), 0.0, 60.0, REASON)

    notes = notes_of(replace(a_transcript(Party("Speaker 1", speaker="spk_0")), missing=(lacking,)))

    assert notes == [f"Missing: from 0:00 to 1:00. Amazon Transcribe: {REASON}"]


def test_who_is_silent_is_named() -> None:
    assert notes_of(replace(FIVE, silent=(1, 3))) == ["Silent: B, D."]


def test_where_nobody_speaks_nobody_is_named() -> None:
    silence = replace(FIVE, turns=(), silent=(0, 1, 2, 3, 4))

    assert notes_of(silence) == ["No speech."]


def test_what_is_missing_is_not_called_silence() -> None:
    nothing_heard = replace(FIVE, turns=(), missing=(Missing((0, 1), 0.0, 60.0, REASON),))

    assert notes_of(nothing_heard) == [
        f"Missing: A, B, from 0:00 to 1:00. Amazon Transcribe: {REASON}"
    ]


def test_new_numbers_of_speakers_are_said() -> None:
    assert notes_of(replace(FIVE, renumbered=(14_395.5,))) == [
        "From 3:59:55 on, speakers have new numbers: who of them spoke before is unknown."
    ]
