from typing import Any

import pytest

from callscribe.errors import PermanentError
from results.testing import ItemJson, a_mark, a_result_file, a_two_channel_file, a_word
from results.testing import channel_labels as labels_of
from results.transcribe_file import parse
from results.voices import Voice, voices_of

Said = dict[int | str | None, str]
"""What each party said, by its channel or its speaker."""


def said(content: bytes) -> Said:
    return {_who(voice): _text(voice) for voice in voices_of(parse(content).results)}


def _who(voice: Voice) -> int | str | None:
    return voice.speaker if voice.channel is None else voice.channel


def _text(voice: Voice) -> str:
    return " ".join(word.text for word in voice.words)


HELLO = [a_word("Hello", 1.0), a_mark(",")]
CERTAINLY = [a_word("Certainly", 1.1), a_mark(".")]


def test_the_first_era_tells_channels_by_their_lists_alone() -> None:
    assert said(a_two_channel_file(HELLO, CERTAINLY)) == {0: "Hello,", 1: "Certainly."}


def test_the_second_era_tells_channels_by_each_items_label_too() -> None:
    first = [item | {"channel_label": "ch_0"} for item in HELLO]
    second = [item | {"channel_label": "ch_1"} for item in CERTAINLY]

    file = a_result_file([*first, *second], channel_labels=labels_of(first, second))

    assert said(file) == {0: "Hello,", 1: "Certainly."}


def test_the_third_era_numbers_items_and_adds_segments() -> None:
    items = [*HELLO, *CERTAINLY]
    numbered = [
        item | {"channel_label": f"ch_{number // 2}", "id": number}
        for number, item in enumerate(items)
    ]
    segments = [{"id": 0, "channel_label": "ch_0", "items": [0, 1], "transcript": "Hello,"}]

    file = a_result_file(
        numbered,
        audio_segments=segments,
        channel_labels=labels_of(numbered[:2], numbered[2:]),
    )

    assert said(file) == {0: "Hello,", 1: "Certainly."}


def test_labels_on_items_are_enough() -> None:
    hello, comma, certainly, stop = (
        item | {"channel_label": f"ch_{number % 2}"}
        for number, item in enumerate([HELLO[0], CERTAINLY[0], HELLO[1], CERTAINLY[1]])
    )

    assert said(a_result_file([hello, comma, certainly, stop])) == {0: "Hello,", 1: "Certainly."}


def test_a_silent_channel_is_a_party_that_says_nothing() -> None:
    assert said(a_two_channel_file([], CERTAINLY)) == {0: "", 1: "Certainly."}


def test_a_channel_that_is_missing_but_counted_is_a_party_too() -> None:
    labels = {"number_of_channels": 2, "channels": labels_of(HELLO)["channels"]}

    assert said(a_result_file(HELLO, channel_labels=labels)) == {0: "Hello,", 1: ""}


def test_two_silent_channels_are_two_parties() -> None:
    assert said(a_result_file(channel_labels=labels_of([], []))) == {0: "", 1: ""}


def test_speakers_are_told_apart_on_one_channel() -> None:
    file = a_result_file(
        [
            a_word("Hello", 1, speaker_label="spk_0"),
            a_mark(",", speaker_label="spk_0"),
            a_word("yes", 2, speaker_label="spk_1"),
        ],
        channel_labels=labels_of([]),
    )

    assert said(file) == {"spk_0": "Hello,", "spk_1": "yes"}


def test_the_tenth_speaker_comes_after_the_ninth() -> None:
    items = [a_word("x", at, speaker_label=f"spk_{10 - at}") for at in range(11)]

    speakers = list(said(a_result_file(items)))

    assert speakers == [f"spk_{number}" for number in range(11)]


def test_the_first_era_tells_speakers_by_their_segments_alone() -> None:
    segments = [_segment("spk_0", HELLO), _segment("spk_1", [a_word("yes", 2.0)])]

    file = a_result_file([*HELLO, a_word("yes", 2.0)], speaker_labels={"segments": segments})

    assert said(file) == {"spk_0": "Hello,", "spk_1": "yes"}


def test_a_word_without_a_speaker_goes_with_the_word_before_it() -> None:
    file = a_result_file(
        [
            a_word("Well", 1),
            a_word("hello", 2, speaker_label="spk_0"),
            a_word("there", 3),
            a_word("yes", 4, speaker_label="spk_1"),
        ]
    )

    assert said(file) == {"spk_0": "Well hello there", "spk_1": "yes"}


def test_a_mark_goes_with_its_word_whatever_speaker_it_names() -> None:
    items = [a_word("Hello", 1, speaker_label="spk_0"), a_mark(",", speaker_label="spk_1")]

    assert said(a_result_file(items)) == {"spk_0": "Hello,"}


@pytest.mark.parametrize("labels", [None, {"segments": []}, []])
def test_without_channels_and_speakers_it_is_one_voice(labels: Any) -> None:
    assert said(a_result_file(HELLO, speaker_labels=labels)) == {None: "Hello,"}


def test_silence_on_one_channel_is_one_voice_that_says_nothing() -> None:
    assert said(a_result_file(audio_segments=[], speaker_labels=None)) == {None: ""}


def test_channels_tell_better_than_voices() -> None:
    first = [a_word("Hello", 1, speaker_label="spk_0"), a_word("Hi", 3, speaker_label="spk_1")]
    labels = labels_of(first, CERTAINLY)

    file = a_result_file(first, channel_labels=labels, speaker_labels=[{"channel_label": "ch_0"}])

    assert said(file) == {0: "Hello Hi", 1: "Certainly."}


@pytest.mark.parametrize("label", ["left", "ch_", "ch_-1", "ch_999999999", ""])
def test_a_channel_without_a_number_is_refused(label: str) -> None:
    labels = {"channels": [{"channel_label": label, "items": HELLO}]}

    with pytest.raises(PermanentError, match="a channel has no number"):
        said(a_result_file(HELLO, channel_labels=labels))


def _segment(speaker: str, items: list[ItemJson]) -> dict[str, Any]:
    times = [item for item in items if "start_time" in item]
    return {
        "speaker_label": speaker,
        "items": [
            {"start_time": item["start_time"], "end_time": "9", "speaker_label": speaker}
            for item in times
        ],
    }
