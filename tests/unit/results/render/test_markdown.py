from results.render import Format, render
from results.transcript import Party, Transcript, Turn, Word


def a_turn(text: str, start: float = 0.0, *, overlaps: bool = False) -> Turn:
    return Turn(
        party=0,
        start=start,
        end=start + 1,
        overlaps=overlaps,
        confidence=None,
        text=text,
        words=(Word(start, start + 1, text),),
    )


def markdown(*turns: Turn, name: str = "Caller", conversation_id: str | None = "CON-1") -> str:
    said = Transcript(
        recording_id="rec-1",
        conversation_id=conversation_id,
        language="en-GB",
        duration=3601.0,
        parties=(Party(name),),
        turns=turns,
    )
    return render(said, Format.MD).decode()


def test_a_heading_and_what_is_known_stand_above_the_turns() -> None:
    text = markdown(a_turn("Hello."), a_turn("Bye.", 3600.0, overlaps=True))

    assert text == (
        "# Transcript of recording rec-1\n"
        "\n"
        "- Parties: Caller\n"
        "- Conversation: CON-1\n"
        "- Language: en-GB\n"
        "- Length: 1:00:01\n"
        "\n"
        "**0:00 Caller**: Hello.\n"
        "\n"
        "**1:00:00 Caller** *(at once)*: Bye.\n"
    )


def test_what_is_not_known_is_not_mentioned() -> None:
    assert "Conversation" not in markdown(conversation_id=None)


def test_what_would_be_markup_is_escaped() -> None:
    text = markdown(a_turn("*b* <i> [PII](x) a_b `c` & $d$ ~"), name="R*D")

    assert r"R\*D" in text
    assert r"\*b\* \<i\> \[PII\](x) a\_b \`c\` \& \$d\$ \~" in text


def test_a_word_that_breaks_lines_does_not_begin_another_paragraph() -> None:
    text = markdown(a_turn("one\n\n# two"))

    assert "one # two\n" in text
