"""Recordings of every shape that a call may have, and what is to become of each."""

from dataclasses import dataclass

import numpy as np

from recorder.testing import HERTZ, audio, noise, written

MP3 = "audio.mp3"
WAV = "audio.wav"
OGG = "audio.ogg"
FLAC = "audio.flac"


@dataclass(frozen=True)
class Shape:
    """A file, the channels of each part that it is to be transcribed in, and who is silent."""

    content: bytes
    name: str
    parts: tuple[tuple[int, ...], ...]
    silent: tuple[int, ...] = ()

    @property
    def is_cut(self) -> bool:
        """Whether its parts are files of their own."""
        return len(self.parts) > 0 and max(max(part) for part in self.parts) > 1


def pairs(channels: int) -> tuple[tuple[int, ...], ...]:
    """Pair channels up in their order; an odd last one is alone."""
    numbers = tuple(range(channels))
    return tuple(numbers[at : at + 2] for at in range(0, channels, 2))


SECOND = noise(seconds=1)

SHAPES = {
    "one channel": Shape(audio("MP3"), MP3, ((0,),)),
    "two channels": Shape(audio("MP3", channels=2), MP3, ((0, 1),)),
    "three channels": Shape(audio("WAV", channels=3), WAV, pairs(3)),
    "five channels": Shape(audio("WAV", channels=5), WAV, pairs(5)),
    "32 channels": Shape(audio("WAVEX", channels=32), WAV, pairs(32)),
    "five channels, two silent": Shape(
        written(noise(channels=5, silent=[1, 2]), "WAV"), WAV, ((0, 3), (4,)), (1, 2)
    ),
    "two channels, one silent": Shape(
        written(noise(channels=2, silent=[1]), "WAV"), WAV, ((0, 1),), (1,)
    ),
    "mono on two channels, wav": Shape(written(np.repeat(SECOND, 2, axis=1), "WAV"), WAV, ((0,),)),
    "mono on two channels, mp3": Shape(written(np.repeat(SECOND, 2, axis=1), "MP3"), MP3, ((0,),)),
    "silence on two": Shape(written(np.zeros((HERTZ, 2)), "MP3"), MP3, (), (0, 1)),
    "silence on five": Shape(written(np.zeros((HERTZ, 5)), "WAV"), WAV, (), (0, 1, 2, 3, 4)),
    "under half a second": Shape(audio("WAV", channels=2, seconds=0.4), WAV, ()),
    "24 bit": Shape(audio("WAV", "PCM_24", channels=3), WAV, pairs(3)),
    "floats": Shape(audio("WAV", "FLOAT", channels=3), WAV, pairs(3)),
    "extensible, 24 bit": Shape(audio("WAVEX", "PCM_24", channels=4), WAV, pairs(4)),
    "RF64": Shape(audio("RF64", channels=3), WAV, pairs(3)),
    "opus": Shape(audio("OGG", "OPUS", channels=2), OGG, ((0, 1),)),
    "vorbis": Shape(audio("OGG", "VORBIS", channels=2), OGG, ((0, 1),)),
    "vorbis of three": Shape(audio("OGG", "VORBIS", channels=3), OGG, pairs(3)),
    "flac": Shape(audio("FLAC", channels=2), FLAC, ((0, 1),)),
    "flac of four": Shape(audio("FLAC", "PCM_24", channels=4), FLAC, pairs(4)),
}
