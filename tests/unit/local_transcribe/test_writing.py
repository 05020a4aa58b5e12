import pytest

from local.transcribe.speech import Word
from local.transcribe.writing import written


def sentence(text: str) -> str:
    words = [Word(word, index, index + 1, 1.0) for index, word in enumerate(text.split())]
    return " ".join(word.content + word.mark for word in written(words))


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("that is fine", "That is fine."),
        ("how can i help you", "How can I help you?"),
        ("what time", "What time?"),
        ("may i", "May I?"),
        ("showing it", "Showing it."),
        ("i think i'm late", "I think I'm late."),
        ("see mr smith on friday", "See Mr smith on Friday."),
        ("yes", "Yes."),
    ],
)
def test_a_sentence_gets_its_capitals_and_its_mark(heard: str, expected: str) -> None:
    assert sentence(heard) == expected


def test_no_words_are_no_sentence() -> None:
    assert written([]) == ()
