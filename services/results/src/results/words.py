"""Makes words of what Amazon Transcribe heard, and text of words."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from callscribe.errors import PermanentError
from results.transcribe_file import Item
from results.transcript import Word

OPENING: Final = frozenset("¿¡")
"""Marks that belong to the word that follows."""

UNSPACED: Final = re.compile(
    "["
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3000-\u30ff"  # marks of East Asia, Japanese syllables
    "\u3100-\u312f\u31a0-\u31bf"  # Chinese syllables
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
    "\uff01-\uff9f"  # full-width marks, half-width Japanese syllables
    "]"
)
"""Characters of the scripts that put no space between words. The script decides, not the language:
the file of a job with a fixed language does not name it, and one recording may have several."""

CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Characters that end a line or steer a terminal: they would break a subtitle in two."""


def words_of(items: Iterable[Item]) -> tuple[Word, ...]:
    """Make the words of one party, in the order in which they begin.

    A punctuation mark has no time: it joins the word it follows in the file, or the one it opens.

    :raises PermanentError: if a word has no times.
    """
    words: list[Word] = []
    opening = ""
    for item in items:
        content = _content(item)
        if item.type == "punctuation":
            opening += _punctuate(words, content)
        elif content:
            words.append(_word(item, opening + content))
            opening = ""
    return tuple(sorted(words, key=attrgetter("start")))


def joined(words: Sequence[Word]) -> str:
    """Join the words of one party to text, with spaces where their script has them."""
    text = " ".join([word.text for word in words])
    if text.isascii() or not UNSPACED.search(text):
        return text
    spaced = (
        word.text if _touch(before.text, word.text) else f" {word.text}"
        for before, word in pairwise(words)
    )
    return words[0].text + "".join(spaced)


def _content(item: Item) -> str:
    content = item.alternatives[0].content if item.alternatives else ""
    return content if content.isprintable() else CONTROL.sub(" ", content).strip()


def _punctuate(words: list[Word], mark: str) -> str:
    """Put the mark after the last word; give it back if it opens the next one."""
    if not words or mark in OPENING:
        return mark
    last = words[-1]
    words[-1] = Word(last.start, last.end, last.text + mark, last.confidence)
    return ""


def _word(item: Item, text: str) -> Word:
    if item.start_time is None or item.end_time is None:
        raise PermanentError("not a transcript of Amazon Transcribe: a word has no times")
    end = max(item.start_time, item.end_time)
    return Word(item.start_time, end, text, item.alternatives[0].confidence)


def _touch(before: str, after: str) -> bool:
    return bool(UNSPACED.match(before[-1]) or UNSPACED.match(after[0]))
