"""Masks what may identify a person, as content redaction does.

It is a stand-in: it knows names said after "my name is", and numbers of four digits or more.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from local.transcribe.speech import Utterance, Word

MASK: Final = "[PII]"
DIGIT: Final = re.compile(r"zero|oh|one|two|three|four|five|six|seven|eight|nine|double|\d+", re.I)
LEAST_DIGITS: Final = 4
INTRODUCTION: Final = ("name", "is")
LONGEST_NAME: Final = 2


def redact(utterance: Utterance) -> Utterance:
    """Give the utterance with one mask for each name and each long number in it."""
    private = _digits(utterance.words) | _name(utterance.words)
    words = utterance.words
    return replace(utterance, words=_masked(words, private)) if private else utterance


def _digits(words: Sequence[Word]) -> set[int]:
    found: set[int] = set()
    run: list[int] = []
    for index, word in enumerate([*words, None]):
        if word and DIGIT.fullmatch(word.content):
            run.append(index)
            continue
        if sum(_length(words[one]) for one in run) >= LEAST_DIGITS:
            found.update(run)
        run = []
    return found


def _length(word: Word) -> int:
    return len(word.content) if word.content.isdigit() else 1


def _name(words: Sequence[Word]) -> set[int]:
    said = [word.content.lower() for word in words]
    for index, pair in enumerate(pairwise(said)):
        if pair == INTRODUCTION:
            start = index + len(INTRODUCTION)
            return set(range(start, min(start + LONGEST_NAME, len(words))))
    return set()


def _masked(words: Sequence[Word], private: set[int]) -> tuple[Word, ...]:
    masked: list[Word] = []
    for index, word in enumerate(words):
        if index not in private:
            masked.append(word)
        elif index - 1 in private:
            masked[-1] = replace(masked[-1], end=word.end, mark=word.mark)
        else:
            masked.append(replace(word, content=MASK))
    return tuple(masked)
