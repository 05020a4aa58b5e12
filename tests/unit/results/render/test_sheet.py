import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.render import Format, render
from results.transcript import Party, Transcript, Turn, Word

FORMULAE = ("=", "+", "-", "@", "\t", "\r", "＝")  # noqa: RUF001 - taken for an equals sign


def a_transcript(text: str, name: str = "Caller", confidence: float | None = 0.9) -> Transcript:
    turn = Turn(
        party=0,
        start=0.5,
        end=1.25,
        overlaps=True,
        confidence=confidence,
        text=text,
        words=(Word(0.5, 1.25, text),),
    )
    return Transcript(
        recording_id="rec-1",
        conversation_id=None,
        language=None,
        duration=1.25,
        parties=(Party(name, channel=1),),
        turns=(turn,),
    )


def rows(said: Transcript) -> list[list[str]]:
    text = render(said, Format.CSV).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def test_a_turn_is_a_row_under_the_titles() -> None:
    assert rows(a_transcript('She said "no", twice')) == [
        ["start", "end", "party", "channel", "overlaps", "confidence", "text"],
        ["0.5", "1.25", "Caller", "1", "yes", "0.9", 'She said "no", twice'],
    ]


def test_what_is_not_known_is_left_empty() -> None:
    [_, row] = rows(a_transcript("[PII]", confidence=None))

    assert row[5] == ""


def test_excel_is_told_that_it_is_utf8() -> None:
    assert render(a_transcript("über"), Format.CSV).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("begins", FORMULAE)
def test_what_a_spreadsheet_would_run_is_text(begins: str) -> None:
    [_, row] = rows(a_transcript(f"{begins}1+1", name=f" {begins}2+2"))

    assert not row[2].lstrip().startswith(FORMULAE)
    assert not row[6].lstrip().startswith(FORMULAE)


def test_a_list_separator_of_another_country_does_not_split_a_cell() -> None:
    text = render(a_transcript("a;=1"), Format.CSV).decode()

    assert '"a;=1"' in text


@given(text=st.text(min_size=1), name=st.text(min_size=1))
def test_whatever_is_said_is_two_rows_of_seven(text: str, name: str) -> None:
    assert [len(row) for row in rows(a_transcript(text, name))] == [7, 7]
