import pytest

from callscribe.errors import PermanentError
from results.transcribe_file import Alternative, Item
from results.transcript import Word
from results.words import joined, words_of


def heard(text: str, start: float | None, end: float | None = None) -> Item:
    alternatives = (Alternative(text, 0.9),)
    return Item("pronunciation", alternatives, start_time=start, end_time=end or start)


def mark(text: str) -> Item:
    return Item("punctuation", (Alternative(text, 0.0),))


def texts(*items: Item) -> list[str]:
    return [word.text for word in words_of(items)]


def said(*texts: str) -> list[Word]:
    return [Word(place, place + 0.5, text) for place, text in enumerate(texts)]


def test_a_mark_joins_the_word_before_it_without_a_space() -> None:
    assert texts(heard("Hello", 1), mark(","), heard("you", 2), mark("?"), mark("!")) == [
        "Hello,",
        "you?!",
    ]


def test_a_mark_leaves_the_times_and_the_confidence_of_its_word_alone() -> None:
    [word] = words_of([heard("Hello", 1.0, 1.4), mark(".")])

    assert word == Word(1.0, 1.4, "Hello.", 0.9)


def test_an_opening_mark_joins_the_word_after_it() -> None:
    assert texts(heard("Hola", 1), mark("¿"), heard("qué", 2), mark("?")) == ["Hola", "¿qué?"]


def test_a_mark_before_all_words_joins_the_first() -> None:
    assert texts(mark("…"), heard("and", 1)) == ["…and"]


def test_marks_without_any_word_are_silence() -> None:
    assert texts(mark("."), mark("¿")) == []


def test_words_come_in_the_order_of_their_times() -> None:
    assert texts(heard("world", 2), mark("."), heard("Hello", 1), mark(",")) == ["Hello,", "world."]


def test_an_item_without_text_is_no_word() -> None:
    nothing = Item("pronunciation", (), start_time=2.0, end_time=2.5)

    assert texts(heard("one", 1), nothing, heard("", 3), heard("two", 4)) == ["one", "two"]


def test_a_word_that_ends_before_it_starts_ends_where_it_starts() -> None:
    [word] = words_of([heard("odd", 2.0, 1.5)])

    assert (word.start, word.end) == (2.0, 2.0)


def test_a_line_break_within_a_word_becomes_a_space() -> None:
    assert texts(heard("two\n\n\u2028lines\x1b", 1)) == ["two lines"]


def test_a_letter_that_joins_others_without_being_seen_is_kept() -> None:
    assert texts(heard("क्\u200dष", 1)) == ["क्\u200dष"]


def test_a_word_without_times_is_refused() -> None:
    with pytest.raises(PermanentError, match="a word has no times"):
        words_of([heard("when", None)])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["Hello,", "you."], "Hello, you."),
        (["안녕하세요", "여러분"], "안녕하세요 여러분"),
        (["お電話", "ありがとう", "ございます。"], "お電話ありがとうございます。"),
        (["您好。", "请问", "您", "贵姓"], "您好。请问您贵姓"),
        (["สวัสดี", "ครับ"], "สวัสดีครับ"),
        (["これは", "***", "です"], "これは***です"),
        (["Bonjour", "à", "tous"], "Bonjour à tous"),
        (["call", "Amazon", "東京", "支店"], "call Amazon東京支店"),
        ([], ""),
    ],
)
def test_words_are_joined_with_the_spaces_that_their_script_has(
    words: list[str], text: str
) -> None:
    assert joined(said(*words)) == text
