from local.transcribe.speakers import speakers
from local.transcribe.testing import an_utterance


def test_a_high_and_a_low_voice_are_two_speakers_numbered_as_they_come() -> None:
    voices = [180, 95, 172, 104, 190]

    numbers = speakers([an_utterance("Yes.", pitch=pitch) for pitch in voices])

    assert numbers == [0, 1, 0, 1, 0]


def test_voices_of_much_the_same_pitch_are_one_speaker() -> None:
    numbers = speakers([an_utterance("Yes.", pitch=pitch) for pitch in (95, 104, 112)])

    assert numbers == [0, 0, 0]


def test_a_voice_without_a_pitch_is_counted_with_the_low_one() -> None:
    numbers = speakers([an_utterance("Yes.", pitch=pitch) for pitch in (95, 180, None)])

    assert numbers == [0, 1, 0]


def test_nobody_is_no_speaker() -> None:
    assert speakers([]) == []
    assert speakers([an_utterance("Yes.")]) == [0]
