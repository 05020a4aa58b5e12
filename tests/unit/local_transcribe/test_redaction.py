import pytest

from local.transcribe.redaction import redact
from local.transcribe.testing import an_utterance


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("My number is one two three four five.", "My number is [PII]."),
        ("It is oh double seven nine, thank you.", "It is [PII], thank you."),
        ("Card 4111 now.", "Card [PII] now."),
        ("My name is John Baker.", "My name is [PII]."),
        ("My name is Ann.", "My name is [PII]."),
        ("Three apple trees, please.", "Three apple trees, please."),
        ("In 90 days.", "In 90 days."),
    ],
)
def test_names_and_long_numbers_are_masked(said: str, expected: str) -> None:
    masked = redact(an_utterance(said))

    assert " ".join(word.content + word.mark for word in masked.words) == expected


def test_a_mask_lasts_as_long_as_what_it_hides() -> None:
    utterance = an_utterance("Call one two three four now.", start=10)

    mask = redact(utterance).words[1]

    assert (mask.start, mask.end) == (utterance.words[1].start, utterance.words[4].end)
