"""Writes recognised words as a sentence.

It is a stand-in's punctuation: a pause ends a sentence, its first word decides whether it is a
question, and there are no commas.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from local.transcribe.speech import Word

ASKING: Final = re.compile(
    "how|what|when|where|who|whose|why|which|may|can|could|would|will|shall|should|is|are|does|did"
)
CAPITALISED: Final = re.compile(
    "i|i'm|i've|i'd|i'll|mr|mrs|ms|dr|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    "january|february|april|june|july|august|september|october|november|december|"
    "english|british|american"
)
"""Words with a capital wherever they stand; "may" and "march" are not always months."""


def written(words: Sequence[Word]) -> tuple[Word, ...]:
    """Give the words of one sentence their capitals, and the last one its mark."""
    if not words:
        return ()
    shown = [replace(word, content=_shown(word.content)) for word in words]
    shown[0] = replace(shown[0], content=_capital(shown[0].content))
    shown[-1] = replace(shown[-1], mark="?" if ASKING.fullmatch(words[0].content) else ".")
    return tuple(shown)


def _shown(word: str) -> str:
    return _capital(word) if CAPITALISED.fullmatch(word) else word


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
