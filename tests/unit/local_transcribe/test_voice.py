import numpy as np
import pytest

from local.transcribe.segments import FRAME
from local.transcribe.speech import HERTZ, Samples
from local.transcribe.voice import SpeechDetector, pitch


def a_voice(hertz: float, *, seconds: float = 1.0, level: float = 0.3) -> Samples:
    """Build a hum with the overtones of a vowel."""
    time = np.arange(round(seconds * HERTZ)) / HERTZ
    overtones = [np.sin(2 * np.pi * hertz * n * time) / n for n in range(1, 12)]
    return np.asarray(np.sum(overtones, axis=0) * level * 10_000, np.int16)


def noise(*, seconds: float, level: float) -> Samples:
    spread = np.random.default_rng(7).normal(0, level * 32767, round(seconds * HERTZ))
    return spread.astype(np.int16)


def speech_seconds(detector: SpeechDetector, sound: Samples) -> float:
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    return sum(detector(frame) for frame in frames) * FRAME / HERTZ


@pytest.mark.parametrize("hertz", [85, 110, 180, 260])
def test_the_pitch_of_a_voice_is_found(hertz: float) -> None:
    assert pitch(a_voice(hertz)) == pytest.approx(hertz, rel=0.03)


@pytest.mark.parametrize(
    "sound",
    [np.zeros(HERTZ, np.int16), noise(seconds=1, level=0.1), np.zeros(3, np.int16)],
)
def test_what_is_no_voice_has_no_pitch(sound: Samples) -> None:
    assert pitch(sound) is None


def test_silence_is_no_speech() -> None:
    assert speech_seconds(SpeechDetector(), np.zeros(HERTZ, np.int16)) == 0


def test_a_voice_is_speech() -> None:
    assert speech_seconds(SpeechDetector(), a_voice(120)) > 0.7


def test_a_voice_that_speaks_from_the_first_moment_on_is_not_its_own_noise() -> None:
    assert speech_seconds(SpeechDetector(), a_voice(120, seconds=20, level=0.2)) > 19


def test_a_noisy_line_is_no_speech_but_a_voice_on_it_is() -> None:
    detector = SpeechDetector()
    hiss = noise(seconds=3, level=0.01)

    alone = speech_seconds(detector, hiss)
    together = speech_seconds(detector, a_voice(120, seconds=3) + hiss)

    assert alone < 0.2
    assert together > 2


def test_a_voice_too_far_away_is_no_speech() -> None:
    assert speech_seconds(SpeechDetector(), a_voice(120, level=0.002)) == 0
