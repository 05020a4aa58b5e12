from typing import Any

import pytest

from callscribe.contracts import TranscriptionSet
from callscribe.errors import PermanentError
from results.merger import Heard, merge
from results.testing import a_mark, a_result_file, a_two_channel_file, a_word
from results.transcribe_file import parse
from results.transcript import Transcript
from tests.unit.results.sets import NAMES, a_set


def heard(content: bytes, *channels: int, start: float = 0.0, language: str | None = None) -> Heard:
    return Heard(parse(content), channels, start, language)


def merged(planned: TranscriptionSet, *parts: Heard) -> Transcript:
    return merge(planned, parts, channel_names=NAMES)


def told(transcript: Transcript) -> list[tuple[float, str, str]]:
    return [(turn.start, transcript.name_of(turn), turn.text) for turn in transcript.turns]


def spoken_by(label: str, *words: tuple[str, float]) -> list[dict[str, Any]]:
    return [a_word(text, start, speaker_label=label) for text, start in words]


def test_the_words_of_a_later_part_are_moved_to_their_time() -> None:
    planned = a_set((0, 1), (0, 1), channels=2)
    first = heard(a_two_channel_file([a_word("Good", 1.0)], []), 0, 1)
    second = heard(a_two_channel_file([], [a_word("night", 0.25)]), 0, 1, start=14_395.125)

    transcript = merged(planned, second, first)

    assert told(transcript) == [(1.0, "Caller", "Good"), (14_395.375, "Callee", "night")]
    assert transcript.duration == 14_395.675


def test_a_sentence_over_a_cut_is_one_turn() -> None:
    planned = a_set((0, 1), (0, 1), channels=2)
    first = heard(a_two_channel_file([a_word("Good", 9.6)], []), 0, 1)
    second = heard(a_two_channel_file([a_word("night", 0.1), a_mark(".")], []), 0, 1, start=10.0)

    assert told(merged(planned, first, second)) == [(9.6, "Caller", "Good night.")]


def test_the_channels_of_a_part_need_not_be_neighbours() -> None:
    planned = a_set((0, 3), channels=4, silent_channels=(1, 2))
    part = heard(a_two_channel_file([a_word("One", 1.0)], [a_word("Four", 2.0)]), 0, 3)

    transcript = merged(planned, part)

    assert told(transcript) == [(1.0, "Caller", "One"), (2.0, "Party 4", "Four")]
    assert len(transcript.parties) == 4
    assert transcript.silent == (1, 2)


def test_one_channel_of_many_is_its_party_whatever_labels_its_file_has() -> None:
    planned = a_set((0, 1), (2,), channels=3)
    pair = heard(a_two_channel_file([], []), 0, 1)
    odd = heard(a_result_file(spoken_by("spk_1", ("Three", 1.0))), 2)

    assert told(merged(planned, pair, odd)) == [(1.0, "Party 3", "Three")]


def test_the_voices_on_one_channel_are_numbered() -> None:
    planned = a_set((0,), channels=1)
    items = spoken_by("spk_0", ("Hello", 1.0)) + spoken_by("spk_1", ("Hi", 3.0))

    transcript = merged(planned, heard(a_result_file(items), 0))

    assert told(transcript) == [(1.0, "Speaker 1", "Hello"), (3.0, "Speaker 2", "Hi")]
    assert transcript.renumbered == ()


def test_two_channels_of_the_same_sound_have_voices_and_not_channels() -> None:
    planned = a_set((0,), channels=2)

    transcript = merged(planned, heard(a_result_file(spoken_by("spk_0", ("Hello", 1.0))), 0))

    assert [(party.name, party.channel) for party in transcript.parties] == [("Speaker 1", None)]


def test_the_voices_of_a_later_part_are_numbered_on_and_that_is_noted() -> None:
    planned = a_set((0,), (0,), channels=1)
    first = spoken_by("spk_0", ("Hello", 1.0)) + spoken_by("spk_1", ("Hi", 3.0))
    second = spoken_by("spk_0", ("Bye", 1.0))

    transcript = merged(
        planned, heard(a_result_file(second), 0, start=60.0), heard(a_result_file(first), 0)
    )

    assert told(transcript) == [
        (1.0, "Speaker 1", "Hello"),
        (3.0, "Speaker 2", "Hi"),
        (61.0, "Speaker 3", "Bye"),
    ]
    assert transcript.renumbered == (60.0,)


def test_voices_that_were_not_told_apart_are_one_through_all_parts() -> None:
    planned = a_set((0,), (0,), channels=1)
    parts = [heard(a_result_file([a_word("Hm", 1.0)]), 0, start=start) for start in (0.0, 60.0)]

    transcript = merged(planned, *parts)

    assert [party.name for party in transcript.parties] == ["Speaker"]
    assert told(transcript) == [(1.0, "Speaker", "Hm Hm")]
    assert transcript.renumbered == ()


def test_silence_on_one_channel_is_a_speaker_who_says_nothing() -> None:
    transcript = merged(a_set((0,), channels=1), heard(a_result_file(), 0))

    assert [party.name for party in transcript.parties] == ["Speaker"]
    assert transcript.duration is None


def test_a_pair_that_came_without_channels_is_nobodys_rather_than_somebodys() -> None:
    planned = a_set((0, 1), channels=2)

    transcript = merged(planned, heard(a_result_file([a_word("Hm", 1.0)]), 0, 1))

    assert [party.name for party in transcript.parties] == ["Caller", "Callee", "Speaker"]
    assert told(transcript) == [(1.0, "Speaker", "Hm")]


def test_a_pair_with_a_third_channel_is_refused() -> None:
    items = [a_word("Hm", 1.0, channel_label="ch_2")]

    with pytest.raises(PermanentError, match="too many channels"):
        merged(a_set((0, 1), channels=2), heard(a_result_file(items), 0, 1))


def test_the_language_is_that_of_most_words() -> None:
    planned = a_set((0, 1), (2,), channels=3)
    welsh = heard(a_two_channel_file([a_word("Bore", 1.0)], []), 0, 1, language="cy-GB")
    english = heard(a_result_file([a_word("Hi", 1.0), a_word("you", 2.0)]), 2, language="en-GB")

    assert merged(planned, welsh, english).language == "en-GB"
