"""Stand-ins for tests: Vonage and the bucket in memory, and real audio of any kind."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import soundfile

from callscribe.contracts import MediaFormat
from callscribe.names import audio_key, audio_prefix
from recorder.address import Address
from recorder.answer import Answer
from recorder.ranged import RangedFile

CHUNK = 4096

MP3_COMPRESSION = {1: 0.84, 2: 0.63}
"""By the number of channels, the level at which libsndfile writes Vonage's 32 kbit/s for each."""


def audio(
    file_format: str, subtype: str | None = None, *, channels: int = 1, seconds: float = 1.0
) -> bytes:
    """Make an audio file of 16 kHz; ``file_format`` and ``subtype`` are libsndfile's names."""
    samples = np.random.default_rng(seed=1).normal(0, 0.1, (round(16_000 * seconds), channels))
    file = io.BytesIO()
    soundfile.write(
        file,
        samples,
        16_000,
        format=file_format,
        subtype=subtype,
        compression_level=MP3_COMPRESSION[channels] if file_format == "MP3" else None,
        bitrate_mode="CONSTANT" if file_format == "MP3" else None,
    )
    return file.getvalue()


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

    def open(self, key: str) -> RangedFile:
        """Open a recording to read some of it."""
        content = self.objects[key]
        return RangedFile(len(content), lambda start, length: content[start : start + length])
