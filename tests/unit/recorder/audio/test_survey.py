import numpy as np
import pytest

from callscribe.errors import PermanentError
from recorder.audio.sound import Samples
from recorder.audio.survey import SILENCE_DBFS, survey
from recorder.testing import HERTZ, audio, noise, ranges, written
from tests.unit.recorder.audio.test_ends import frames_only
from tests.unit.recorder.audio.test_sound import KINDS

A_FEW_FRAMES = 0.1
"""Seconds that an mp3 encoder adds."""

LOSSLESS_AND_NOT = [("WAV", "PCM_16"), ("MP3", None), ("OGG", "VORBIS"), ("OGG", "OPUS")]


def a_tone(decibels: float, *, seconds: float = 1.0) -> Samples:
    """Make one channel of a tone with so much power, in dBFS."""
    power = 10 ** (decibels / 10)
    at = np.arange(round(HERTZ * seconds)) / HERTZ
    tone: Samples = np.sin(2 * np.pi * 440 * at)[:, np.newaxis] * np.sqrt(2 * power)
    return tone


def twice(samples: Samples) -> Samples:
    """Put the same on two channels."""
    return np.repeat(samples, 2, axis=1)


def in_sentences(samples: Samples) -> Samples:
    """Let a sound come and go, as speech does."""
    at = np.arange(len(samples)) / HERTZ
    loud: Samples = samples * np.clip(np.sin(2 * np.pi * at / 3), 0, 1)[:, np.newaxis]
    return loud


@pytest.mark.parametrize(("file_format", "subtype", "channels", "name"), KINDS)
def test_every_kind_of_recording_is_measured(
    file_format: str, subtype: str, channels: int, name: str
) -> None:
    content = audio(file_format, subtype, channels=channels, seconds=2.5)

    found = survey(ranges(content))

    assert (found.media_format, found.channels) == (name, channels)
    assert (found.sample_rate, found.size) == (16_000, len(content))
    assert found.duration == pytest.approx(2.5, abs=A_FEW_FRAMES)
    assert (found.audible, found.silent) == (tuple(range(channels)), ())
    assert not found.same_sound


def test_an_mp3_without_a_xing_header_is_as_long_as_it_is() -> None:
    content = frames_only(audio("MP3", channels=2, seconds=60))

    assert survey(ranges(content)).duration == pytest.approx(60, abs=A_FEW_FRAMES)


def test_a_wav_of_a_writer_that_streamed_is_as_long_as_its_file() -> None:
    content = bytearray(audio("WAV", "PCM_16", channels=2, seconds=2))
    content[40:44] = bytes(4)

    assert survey(ranges(bytes(content))).duration == 2.0


@pytest.mark.parametrize("file_format", ["WAV", "RF64", "FLAC", "OGG"])
def test_channels_without_any_sound_are_told_apart(file_format: str) -> None:
    samples = noise(channels=5, seconds=3, silent=[1, 4])

    found = survey(ranges(written(samples, file_format)))

    assert (found.audible, found.silent) == ((0, 2, 3), (1, 4))


@pytest.mark.parametrize("file_format", ["MP3", "OGG", "WAV"])
def test_a_silent_channel_beside_a_loud_one_is_silent(file_format: str) -> None:
    voice = in_sentences(a_tone(-12, seconds=3))
    samples = np.hstack([voice, np.zeros_like(voice)])

    found = survey(ranges(written(samples, file_format)))

    assert (found.audible, found.same_sound) == ((0,), False)


@pytest.mark.parametrize(("louder", "audible"), [(3, (0,)), (-3, ())])
def test_the_quietest_sound_is_where_the_telephone_has_its_smallest_step(
    louder: float, audible: tuple[int, ...]
) -> None:
    content = written(a_tone(SILENCE_DBFS + louder), "WAV", "FLOAT")

    assert survey(ranges(content)).audible == audible


def test_one_quiet_word_in_a_long_silence_is_heard() -> None:
    samples = np.zeros((60 * HERTZ, 1))
    samples[40 * HERTZ : 40 * HERTZ + HERTZ // 5] = a_tone(-55, seconds=0.2)

    assert survey(ranges(written(samples, "WAV", "PCM_16"))).audible == (0,)


def test_what_is_said_in_the_last_moment_is_heard() -> None:
    samples = np.zeros((10 * HERTZ + 100, 1))
    samples[-100:] = 0.1

    assert survey(ranges(written(samples, "FLAC"))).audible == (0,)


@pytest.mark.parametrize("subtype", ["ULAW", "ALAW"])
def test_the_idle_noise_of_a_telephone_codec_is_silence(subtype: str) -> None:
    idle = np.random.default_rng(2).choice([-8, 0, 8], (3 * HERTZ, 2)) / 32768

    assert survey(ranges(written(idle, "WAV", subtype))).audible == ()


def test_samples_that_are_no_numbers_count_as_sound() -> None:
    samples = np.zeros((HERTZ, 2))
    samples[100, 1] = np.nan

    found = survey(ranges(written(samples, "WAV", "FLOAT")))

    assert (found.audible, found.same_sound) == ((1,), False)


@pytest.mark.parametrize(("file_format", "subtype"), LOSSLESS_AND_NOT)
def test_the_same_sound_on_both_channels_is_recognised(
    file_format: str, subtype: str | None
) -> None:
    samples = twice(in_sentences(noise(seconds=10)))

    assert survey(ranges(written(samples, file_format, subtype))).same_sound


@pytest.mark.parametrize(("file_format", "subtype"), LOSSLESS_AND_NOT)
def test_a_word_of_a_second_party_alone_makes_the_channels_two(
    file_format: str, subtype: str | None
) -> None:
    samples = twice(in_sentences(noise(seconds=10)))
    pause = slice(int(1.8 * HERTZ), int(2.1 * HERTZ))
    samples[pause, 1] += a_tone(-45, seconds=0.3)[:, 0]

    assert not survey(ranges(written(samples, file_format, subtype))).same_sound


@pytest.mark.parametrize(("below", "same"), [(13, True), (3, False)])
def test_a_hiss_of_each_channel_own_does_not_make_two_of_them(below: float, same: bool) -> None:  # noqa: FBT001 - a parameter
    speech = noise(seconds=2)
    hiss = (
        np.random.default_rng(7).normal(size=(len(speech), 1)) * speech.std() / 10 ** (below / 20)
    )
    samples = np.hstack([speech, speech + hiss])

    assert survey(ranges(written(samples, "WAV", "FLOAT"))).same_sound is same


@pytest.mark.parametrize("channels", [1, 3])
def test_only_two_channels_can_be_the_same(channels: int) -> None:
    samples = np.repeat(noise(seconds=1), channels, axis=1)

    assert not survey(ranges(written(samples, "WAV"))).same_sound


def test_loudness_is_kept_over_time() -> None:
    samples = np.concatenate([a_tone(-20), a_tone(-80), a_tone(-40)])

    loudness = survey(ranges(written(samples, "WAV", "FLOAT"))).loudness

    levels = 10 * np.log10(loudness.power)
    assert loudness.step == HERTZ // 10
    assert levels == pytest.approx([-20.0] * 10 + [-80.0] * 10 + [-40.0] * 10, abs=0.5)


@pytest.mark.parametrize(
    ("file_format", "subtype", "left"),
    [
        ("MP3", None, 0.6),
        ("WAV", "PCM_16", 0.6),
        ("WAV", "PCM_24", 0.99),
        ("WAVEX", "FLOAT", 0.6),
        ("RF64", "PCM_16", 0.6),
        ("FLAC", "PCM_16", 0.6),
        ("FLAC", "PCM_24", 0.99),
        ("OGG", "OPUS", 0.6),
        ("OGG", "VORBIS", 0.99),
    ],
)
def test_a_recording_that_is_cut_short_is_given_up_on(
    file_format: str, subtype: str | None, left: float
) -> None:
    content = audio(file_format, subtype, channels=2, seconds=10)

    with pytest.raises(PermanentError, match="cut short"):
        survey(ranges(content[: int(len(content) * left)]))


@pytest.mark.parametrize("file_format", ["FLAC", "OGG"])
def test_a_recording_with_a_hole_is_given_up_on(file_format: str) -> None:
    content = bytearray(audio(file_format, channels=2, seconds=30))
    middle = len(content) // 2
    content[middle : middle + 50_000] = bytes(50_000)

    with pytest.raises(PermanentError, match="damaged"):
        survey(ranges(bytes(content)))


@pytest.mark.parametrize("file_format", ["WAV", "FLAC"])
def test_a_recording_without_audio_in_it_is_given_up_on(file_format: str) -> None:
    with pytest.raises(PermanentError, match=r"holds no audio|damaged"):
        survey(ranges(audio(file_format, seconds=0)))
