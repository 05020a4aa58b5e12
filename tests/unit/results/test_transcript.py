import json

import pytest

from callscribe.errors import PermanentError
from results.transcript import Party, Transcript, Turn, Word, is_ours, read, write


def a_transcript() -> Transcript:
    words = (Word(0.5, 0.9, "Grüezi,", 0.9), Word(0.9, 1.4, "[PII].", None))
    return Transcript(
        recording_id="rec-1",
        conversation_id="CON-1",
        language="de-CH",
        duration=1.4,
        parties=(Party("Caller", channel=0), Party("Callee", channel=1)),
        turns=(
            Turn(0, 0.5, 1.4, overlaps=False, confidence=0.9, text="Grüezi, [PII].", words=words),
        ),
    )


def changed(**fields: object) -> bytes:
    return json.dumps(json.loads(write(a_transcript())) | fields).encode()


def test_what_is_written_can_be_read() -> None:
    assert read(write(a_transcript())) == a_transcript()


def test_the_json_is_as_documented() -> None:
    assert json.loads(write(a_transcript())) == {
        "version": 1,
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "language": "de-CH",
        "duration": 1.4,
        "parties": [
            {"name": "Caller", "channel": 0, "speaker": None},
            {"name": "Callee", "channel": 1, "speaker": None},
        ],
        "turns": [
            {
                "party": 0,
                "start": 0.5,
                "end": 1.4,
                "overlaps": False,
                "confidence": 0.9,
                "text": "Grüezi, [PII].",
                "words": [
                    {"start": 0.5, "end": 0.9, "text": "Grüezi,", "confidence": 0.9},
                    {"start": 0.9, "end": 1.4, "text": "[PII].", "confidence": None},
                ],
            }
        ],
        "missing": [],
        "silent": [],
        "renumbered": [],
    }


def test_what_was_written_before_there_were_parts_is_read() -> None:
    said = json.loads(write(a_transcript()))
    of_old = {name: said[name] for name in said if name not in ("missing", "silent", "renumbered")}

    assert read(json.dumps(of_old).encode()) == a_transcript()


def test_it_is_utf8_on_one_line() -> None:
    content = write(a_transcript())

    assert "Grüezi" in content.decode()
    assert b"\n" not in content


def test_a_field_of_a_later_writer_is_ignored() -> None:
    assert read(changed(sentiment="good")) == a_transcript()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (changed(version=2), "version: Input should be 1"),
        (changed(turns=[{}]), "turns.0.party: Field required"),
        (changed(parties=[]), "a turn is of no party that is listed"),
        (b"{", "file: Invalid JSON"),
    ],
)
def test_what_is_no_transcript_of_this_version_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(PermanentError, match=f"not a transcript of version 1: {why}"):
        read(content)


def test_ours_is_told_from_transcribes_by_its_fields() -> None:
    assert is_ours(write(a_transcript()))
    assert is_ours(changed(version=2))
    assert not is_ours(b'{"jobName": "a", "results": {"items": []}}')
    assert not is_ours(b"[1]")
    assert not is_ours(b"no JSON")
