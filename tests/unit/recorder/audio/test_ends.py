import pytest

from recorder.audio.ends import mp3_states_its_length, ogg_breaks_off
from recorder.audio.ranged import RangedFile
from recorder.testing import audio, ranges

STEREO = audio("MP3", channels=2, seconds=2)


def a_file(content: bytes) -> RangedFile:
    return RangedFile(ranges(content))


def frames_only(mp3: bytes) -> bytes:
    """Take off the first frame, which carries the Xing header that tells the length."""
    bit_rates = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    padding = mp3[2] >> 1 & 1
    rest = mp3[72 * bit_rates[mp3[2] >> 4] * 1000 // 16_000 + padding :]
    assert rest[:2] == mp3[:2]
    return rest


def test_an_mp3_with_a_tag_in_its_first_frame_states_its_length() -> None:
    assert mp3_states_its_length(a_file(STEREO))


def test_an_id3_tag_before_the_first_frame_is_passed_over() -> None:
    assert mp3_states_its_length(a_file(b"ID3\4\0\0\0\0\1\2" + bytes(130) + STEREO))


@pytest.mark.parametrize("content", [frames_only(STEREO), b"", b"ID3"])
def test_an_mp3_of_frames_alone_does_not(content: bytes) -> None:
    assert not mp3_states_its_length(a_file(content))


@pytest.mark.parametrize("subtype", ["OPUS", "VORBIS"])
@pytest.mark.parametrize("seconds", [0.1, 20])
def test_an_ogg_that_is_whole_does_not_break_off(subtype: str, seconds: float) -> None:
    assert not ogg_breaks_off(a_file(audio("OGG", subtype, channels=2, seconds=seconds)))


@pytest.mark.parametrize("subtype", ["OPUS", "VORBIS"])
@pytest.mark.parametrize("part", [0.1, 0.6, 0.99])
def test_an_ogg_that_ends_within_a_page_breaks_off(subtype: str, part: float) -> None:
    content = audio("OGG", subtype, channels=2, seconds=20)

    assert ogg_breaks_off(a_file(content[: int(len(content) * part)]))


def test_an_ogg_that_ends_within_the_head_of_a_page_breaks_off() -> None:
    content = audio("OGG", "OPUS", seconds=20)

    assert ogg_breaks_off(a_file(content[: content.rindex(b"OggS") + 20]))
