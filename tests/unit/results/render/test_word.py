from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from results.render import Format, render
from results.render.names import renamed
from results.transcript import Party, Transcript, Turn, Word


def a_turn(text: str, start: float, *, party: int = 0, overlaps: bool = False) -> Turn:
    return Turn(
        party=party,
        start=start,
        end=start + 1,
        overlaps=overlaps,
        confidence=None,
        text=text,
        words=(Word(start, start + 1, text),),
    )


def a_transcript(*turns: Turn) -> Transcript:
    return Transcript(
        recording_id="rec-1",
        conversation_id="CON-1",
        language="en-GB",
        duration=61.0,
        parties=(Party("Caller"), Party("Callee")),
        turns=turns,
    )


def paragraphs(said: Transcript) -> list[str]:
    document = Document(BytesIO(render(said, Format.DOCX)))
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def test_the_document_opens_and_has_a_paragraph_for_each_turn() -> None:
    said = a_transcript(a_turn("Hello.", 0), a_turn("Yes?", 60, party=1, overlaps=True))

    assert paragraphs(said) == [
        "Transcript of recording rec-1",
        "Parties: Caller, Callee",
        "Conversation: CON-1",
        "Language: en-GB",
        "Length: 1:01",
        "0:00  Caller: Hello.",
        "1:00  Callee (at once): Yes?",
    ]


def test_parties_who_are_renamed_are_so_in_the_document() -> None:
    said = renamed(a_transcript(a_turn("Hello.", 0)), ["Ann"])

    assert "0:00  Ann: Hello." in paragraphs(said)


def test_the_title_is_a_heading_and_a_property() -> None:
    document = Document(BytesIO(render(a_transcript(), Format.DOCX)))

    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Heading 1"
    assert document.core_properties.title == "Transcript of recording rec-1"
    assert document.core_properties.author == "Callscribe"
    assert document.core_properties.created is not None
    assert document.core_properties.created.year == 1980


def test_nothing_in_the_file_tells_when_it_was_made() -> None:
    made = render(a_transcript(a_turn("Hello.", 0)), Format.DOCX)

    with ZipFile(BytesIO(made)) as members:
        dates = {datetime(*member.date_time) for member in members.infolist()}  # noqa: DTZ001 - a zip has no zone

    assert dates == {datetime(1980, 1, 1)}  # noqa: DTZ001 - a zip has no zone
    assert render(a_transcript(a_turn("Hello.", 0)), Format.DOCX) == made


@given(text=st.text(min_size=1, max_size=20))
def test_whatever_is_said_can_be_written(text: str) -> None:
    # XML has no control characters and no halves of a pair; the document must open all the same.
    assert len(paragraphs(a_transcript(a_turn(text, 0)))) == 6
