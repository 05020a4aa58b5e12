import pytest

from callscribe.errors import PermanentError
from recorder.audio.sniff import HEAD_BYTES, sniff
from recorder.testing import audio


@pytest.mark.parametrize(
    ("file_format", "subtype", "name"),
    [
        ("MP3", "MPEG_LAYER_III", "mp3"),
        ("WAV", "PCM_16", "wav"),
        ("WAV", "PCM_24", "wav"),
        ("WAV", "FLOAT", "wav"),
        ("WAVEX", "PCM_16", "wav"),
        ("RF64", "PCM_16", "wav"),
        ("OGG", "VORBIS", "ogg"),
        ("OGG", "OPUS", "ogg"),
        ("FLAC", "PCM_16", "flac"),
    ],
)
def test_audio_is_known_by_its_first_bytes(file_format: str, subtype: str, name: str) -> None:
    assert sniff(audio(file_format, subtype)[:HEAD_BYTES]) == name


@pytest.mark.parametrize(
    "header",
    [
        b"\xff\xfb\x90\x64",  # MPEG 1, 128 kbit/s, 44.1 kHz
        b"\xff\xf3\x48\xc4",  # MPEG 2, 32 kbit/s, 16 kHz: Vonage's
        b"\xff\xe3\x18\xc4",  # MPEG 2.5, 8 kHz
        b"ID3\x04",
    ],
)
def test_an_mp3_begins_with_a_frame_or_with_a_tag(header: bytes) -> None:
    assert sniff(header + bytes(12)) == "mp3"


@pytest.mark.parametrize(
    "header",
    [
        b"\xff\xf1\x50\x80",  # AAC in ADTS
        b"\xff\xeb\x90\x64",  # reserved version
        b"\xff\xfb\xf0\x64",  # forbidden bit rate
        b"\xff\xfb\x9c\x64",  # reserved sample rate
        b"\xff\xfe<\x00",  # a byte order mark
        b"\xff",
        b"RIFF\x00\x00\x00\x00AVI ",
        b"\x1aE\xdf\xa3",  # WebM
        b"\x1f\x8b\x08\x00",  # gzip
        b"hello",
    ],
)
def test_what_only_looks_like_audio_is_refused(header: bytes) -> None:
    with pytest.raises(PermanentError, match="not audio of a format we know"):
        sniff(header + bytes(4))


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html>", "a web page"),
        (b"\r\n  <HTML><head>", "a web page"),
        (b'{"type": "error"}', "a JSON message"),
        (b"[]", "a JSON message"),
        (b"<?xml version='1'", "an XML message"),
    ],
)
def test_the_reason_says_what_came_instead(head: bytes, why: str) -> None:
    with pytest.raises(PermanentError, match=why):
        sniff(head)
