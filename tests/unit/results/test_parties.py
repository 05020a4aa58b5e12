import pytest
from pydantic import TypeAdapter, ValidationError

from results.parties import CALLER_AND_CALLEE, PartyNames, parties_of
from results.transcript import Party
from results.voices import Voice

names = TypeAdapter[tuple[str, ...]](PartyNames)


def named(*voices: Voice) -> list[str]:
    return [party.name for party in parties_of(voices, CALLER_AND_CALLEE)]


def test_channels_are_named_as_set_and_numbered_beyond() -> None:
    assert named(*[Voice((), channel=number) for number in range(4)]) == [
        "Caller",
        "Callee",
        "Party 3",
        "Party 4",
    ]


def test_speakers_on_one_channel_are_numbered() -> None:
    assert named(Voice((), speaker="spk_0"), Voice((), speaker="spk_1")) == [
        "Speaker 1",
        "Speaker 2",
    ]


def test_one_voice_is_the_speaker() -> None:
    assert named(Voice(())) == ["Speaker"]


def test_a_party_says_what_it_was_told_apart_by() -> None:
    parties = parties_of([Voice((), channel=0), Voice((), speaker="spk_0")], CALLER_AND_CALLEE)

    assert parties == (
        Party("Caller", channel=0, speaker=None),
        Party("Speaker 2", channel=None, speaker="spk_0"),
    )


def test_names_are_separated_by_commas() -> None:
    assert names.validate_python("Ann, Ben O'Neill ,Zoë") == ("Ann", "Ben O'Neill", "Zoë")


@pytest.mark.parametrize("given", ["", "Ann,,Ben", " , ", "Ann\nBen", "A\u200eB", "x" * 41])
def test_a_name_that_does_not_fit_on_a_line_is_refused(given: str) -> None:
    with pytest.raises(ValidationError):
        names.validate_python(given)
