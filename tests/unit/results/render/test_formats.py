"""Each format opens in its own world, and JSON brings every other one back."""

import csv
from io import BytesIO, StringIO

import pytest
import srt
import webvtt
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from results.render import CONTENT_TYPES, Format, render
from results.transcript import Party, Transcript, Word, read
from results.turns import turns_of

SAID = st.text("abc <&=*,\"'", min_size=1, max_size=12).filter(str.strip)
CALLS = st.tuples(st.lists(SAID, max_size=6), st.lists(SAID, max_size=6))


def a_transcript(said: tuple[list[str], list[str]]) -> Transcript:
    spoken = [
        [Word(at * 2.0 + party, at * 2.0 + party + 0.9, text, 0.5) for at, text in enumerate(texts)]
        for party, texts in enumerate(said)
    ]
    turns = turns_of(spoken)
    return Transcript(
        recording_id="rec-1",
        conversation_id=None,
        language="en-GB",
        duration=max((turn.end for turn in turns), default=None),
        parties=(Party("Caller", 0), Party("Callee", 1)),
        turns=turns,
    )


def test_every_format_has_a_content_type() -> None:
    assert set(CONTENT_TYPES) == set(Format)


@pytest.mark.parametrize("form", Format)
def test_the_same_transcript_is_the_same_bytes(form: Format) -> None:
    said = a_transcript((["Hello", "you"], ["Yes"]))

    assert render(said, form) == render(said, form)


@given(CALLS)
def test_json_brings_back_the_transcript_and_so_every_format(
    texts: tuple[list[str], list[str]],
) -> None:
    said = a_transcript(texts)

    again = read(render(said, Format.JSON))

    assert again == said
    assert render(again, Format.MD) == render(said, Format.MD)


@given(CALLS)
def test_all_formats_open_and_hold_as_many_turns(texts: tuple[list[str], list[str]]) -> None:
    said = a_transcript(texts)

    rows = list(csv.reader(StringIO(render(said, Format.CSV).decode("utf-8-sig"), newline="")))
    document = Document(BytesIO(render(said, Format.DOCX)))
    captions = webvtt.from_buffer(StringIO(render(said, Format.VTT).decode()))
    subtitles = list(srt.parse(render(said, Format.SRT).decode()))

    assert len(rows) == len(said.turns) + 1
    assert sum(" (at once): " in p.text or "  C" in p.text for p in document.paragraphs) == len(
        said.turns
    )
    assert len(captions) == len(subtitles) >= len(said.turns)
