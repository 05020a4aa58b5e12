"""Reads the user's audio file, and writes what a telephone network would have recorded of it.

Everything goes block by block, so that a call of any length takes the same memory.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile
import soxr

from local.vonage.ncco import MediaFormat

SAMPLE_RATE: Final = 16_000
"""Hertz, in all three formats. Source: Vonage's recording guide, "File formats"."""

BLOCK_FRAMES = 65_536

KNOWN_FORMATS = {"MP3": "mp3", "WAV": "wav", "WAVEX": "wav", "OGG": "ogg", "FLAC": "flac"}
"""By libsndfile's names."""

MP3_COMPRESSION = {1: 0.84, 2: 0.63}
"""By the number of channels, the level at which libsndfile writes 32 kbit/s for each (measured)."""

WRITERS: Final[dict[MediaFormat, dict[str, str]]] = {
    "mp3": {"format": "MP3", "subtype": "MPEG_LAYER_III"},
    "wav": {"format": "WAV", "subtype": "PCM_16"},
    "ogg": {"format": "OGG", "subtype": "OPUS"},
}


class UnreadableAudioError(Exception):
    """The file is no audio that can be played into a call."""


@dataclass(frozen=True)
class Audio:
    """An audio file, and what it holds."""

    path: Path
    media_format: str
    channels: int
    sample_rate: int
    frames: int

    @property
    def length(self) -> timedelta:
        """How long it plays."""
        return timedelta(seconds=self.frames / self.sample_rate)


def probe(path: Path) -> Audio:
    """Look into a file.

    :raises UnreadableAudioError: if it holds no audio of a format we know.
    """
    if not path.is_file():
        raise UnreadableAudioError("there is no such audio file")
    try:
        said = soundfile.info(path)
    except soundfile.SoundFileError as error:
        raise UnreadableAudioError("the file is not audio that can be read") from error
    if said.format not in KNOWN_FORMATS:
        raise UnreadableAudioError("the file is neither wav, mp3, ogg nor flac")
    if said.frames <= 0:
        raise UnreadableAudioError("the file holds no sound")
    return Audio(path, KNOWN_FORMATS[said.format], said.channels, said.samplerate, said.frames)


def transcode(
    audio: Audio, target: Path, *, media_format: MediaFormat, channels: int, length: timedelta
) -> None:
    """Write the beginning of a file in another format and with so many channels.

    :raises UnreadableAudioError: if the file is damaged further on.
    """
    frames = round(length.total_seconds() * audio.sample_rate)
    resampler = soxr.ResampleStream(audio.sample_rate, SAMPLE_RATE, channels, dtype="float32")
    try:
        with (
            soundfile.SoundFile(audio.path) as source,
            _writer(target, media_format, channels) as written,
        ):
            for block in source.blocks(
                BLOCK_FRAMES, frames=frames, dtype="float32", always_2d=True
            ):
                written.write(resampler.resample_chunk(mixed(block, channels)))
            rest = np.zeros((0, channels), dtype=np.float32)
            written.write(resampler.resample_chunk(rest, last=True))
    except soundfile.SoundFileError as error:
        raise UnreadableAudioError("the audio file cannot be read to its end") from error


def write_silence(
    target: Path, *, media_format: MediaFormat, channels: int, length: timedelta
) -> None:
    """Write a recording on which nobody speaks."""
    frames = round(length.total_seconds() * SAMPLE_RATE)
    with _writer(target, media_format, channels) as written:
        for start in range(0, frames, BLOCK_FRAMES):
            size = min(BLOCK_FRAMES, frames - start)
            written.write(np.zeros((size, channels), dtype=np.float32))


def mixed(block: Any, channels: int) -> Any:
    """Give a block of shape (frames, channels) so many channels.

    Surplus ones are mixed into the last one wanted; missing ones are silent.
    """
    if block.shape[1] == channels:
        return block
    if block.shape[1] < channels:
        return np.pad(block, ((0, 0), (0, channels - block.shape[1])))
    # A sum, as on a telephone: the average of many would make each of them too soft to hear.
    last = block[:, channels - 1 :].sum(axis=1, keepdims=True, dtype=np.float32)
    return np.ascontiguousarray(np.hstack([block[:, : channels - 1], np.clip(last, -1, 1)]))


def _writer(target: Path, media_format: MediaFormat, channels: int) -> Any:
    compressed = media_format == "mp3"
    return soundfile.SoundFile(
        target,
        "w",
        samplerate=SAMPLE_RATE,
        channels=channels,
        compression_level=MP3_COMPRESSION[channels] if compressed else None,
        bitrate_mode="CONSTANT" if compressed else None,
        **WRITERS[media_format],
    )
