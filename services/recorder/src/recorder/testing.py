"""Stand-ins for tests: Vonage and the bucket in memory, and real audio of any kind."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import soundfile

from callscribe.contracts import MediaFormat
from callscribe.errors import TransientError
from callscribe.names import audio_key, audio_prefix, description_key
from recorder.address import Address
from recorder.answer import Answer
from recorder.audio.ranged import Ranges
from recorder.audio.sound import Samples
from recorder.prepare import StoredPart

CHUNK = 4096
HERTZ = 16_000

MP3_COMPRESSION = {1: 0.84, 2: 0.63}
"""By the number of channels, the level at which libsndfile writes Vonage's 32 kbit/s for each."""


def audio(
    file_format: str, subtype: str | None = None, *, channels: int = 1, seconds: float = 1.0
) -> bytes:
    """Make an audio file of 16 kHz, with another noise on each channel.

    ``file_format`` and ``subtype`` are libsndfile's names.
    """
    return written(noise(channels=channels, seconds=seconds), file_format, subtype)


def noise(*, channels: int = 1, seconds: float = 1.0, silent: Sequence[int] = ()) -> Samples:
    """Make samples of 16 kHz with another noise on each channel, and none on the silent ones."""
    samples = np.random.default_rng(seed=1).normal(0, 0.1, (round(HERTZ * seconds), channels))
    samples[:, list(silent)] = 0
    return samples


def written(samples: Samples, file_format: str, subtype: str | None = None) -> bytes:
    """Write samples of 16 kHz as an audio file; mp3 as Vonage does, at a constant bit rate."""
    file = io.BytesIO()
    soundfile.write(
        file,
        samples,
        HERTZ,
        format=file_format,
        subtype=subtype,
        compression_level=MP3_COMPRESSION[samples.shape[1]] if file_format == "MP3" else None,
        bitrate_mode="CONSTANT" if file_format == "MP3" else None,
    )
    return file.getvalue()


def ranges(content: bytes) -> Ranges:
    """Give bytes in memory as an object that is read by ranges."""
    return Ranges(len(content), lambda start, length: content[start : start + length])


class FakeVonage:
    """Gives its answers in turn, the last one for ever, and keeps who was shown the token."""

    def __init__(self) -> None:
        self.asked: list[Address] = []
        self._answers: list[tuple[int, bytes, int | None, str | None]] = []

    def will_answer(
        self,
        body: bytes = b"",
        *,
        status: int = 200,
        stated: int | None = None,
        retry_after: str | None = None,
    ) -> "FakeVonage":
        """Add an answer, whose Content-Length is ``stated``."""
        self._answers.append((status, body, stated, retry_after))
        return self

    @contextmanager
    def open(self, address: Address) -> Iterator[Answer]:
        """Give the next answer."""
        self.asked.append(address)
        status, body, stated, retry_after = self._answers[0]
        del self._answers[: len(self._answers) > 1]
        chunks = (body[at : at + CHUNK] for at in range(0, len(body), CHUNK))
        yield Answer(status, chunks, stated, retry_after)


class FakeStore:
    """Recordings in memory, the first writer's."""

    bucket = "audio"

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.pieces: dict[str, str] = {}
        self.opened: list[str] = []
        self.written: list[str] = []
        self.on_write: Callable[[], None] = lambda: None
        self._parts_left = 100

    def will_take_parts(self, number: int) -> None:
        """Take so many parts more, then refuse."""
        self._parts_left = number

    def find(self, recording_id: str) -> str | None:
        """Tell the key of a recording's audio, if it is there."""
        prefix = audio_prefix(recording_id)
        return next((key for key in self.objects if key.startswith(prefix)), None)

    def write(self, recording_id: str, media_format: MediaFormat, chunks: Iterator[bytes]) -> str:
        """Write a recording unless it is there; a broken stream leaves nothing."""
        content = b"".join(chunks)
        key = audio_key(recording_id, media_format)
        self.objects.setdefault(key, content)
        return key

    def open(self, key: str) -> Ranges:
        """Open a recording to read it."""
        self.opened.append(key)
        return ranges(self.objects[key])

    def part(self, key: str) -> StoredPart | None:
        """Tell what is there of a part."""
        if key not in self.objects:
            return None
        return StoredPart(len(self.objects[key]), self.pieces[key])

    def write_part(self, key: str, chunks: Iterator[bytes], *, piece: str) -> None:
        """Write a part unless it is there."""
        if not self._parts_left:
            raise TransientError("S3 did not take the recording")
        self._parts_left -= 1
        self._write(key, b"".join(chunks))
        self.pieces.setdefault(key, piece)

    def description(self, recording_id: str) -> str | None:
        """Give a recording's description, if it is there."""
        text = self.objects.get(description_key(recording_id))
        return None if text is None else text.decode()

    def write_description(self, recording_id: str, text: str) -> str:
        """Write a recording's description unless it is there, and give what is there then."""
        key = description_key(recording_id)
        self._write(key, text.encode())
        return self.objects[key].decode()

    def _write(self, key: str, content: bytes) -> None:
        self.on_write()
        if key not in self.objects:
            self.objects[key] = content
            self.written.append(key)
