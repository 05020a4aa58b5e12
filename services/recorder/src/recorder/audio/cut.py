"""Cuts a recording into FLAC files, reading it once more in bounded memory.

The files are temporary ones on disk (``TMPDIR``) that have no name, so a process that is killed
leaves none. 16 bits a sample become FLAC of 16; 24, 32 and floats become FLAC of 24; what a lossy
codec gives becomes 16.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryFile
from typing import IO, Any, Final

import numpy as np
from soundfile import SoundFile, SoundFileError

from callscribe.errors import PermanentError, TransientError
from recorder.audio.plan import Piece
from recorder.audio.sound import Samples, Sound

_DEEP: Final = frozenset({"PCM_24", "PCM_32", "FLOAT", "DOUBLE"})
"""What becomes FLAC of 24 bits a sample."""

ENCODERS: Final = 2
"""Threads that encode, which is most of the work; libsndfile lets go of the interpreter's lock."""

FileMaker = Callable[[], IO[bytes]]
"""Makes an empty file on disk that goes away when it is closed."""


def cut(
    sound: Sound, pieces: Sequence[Piece], *, make_file: FileMaker = TemporaryFile
) -> Iterator[tuple[Piece, IO[bytes]]]:
    """Write a FLAC file for each piece, and give each as soon as it is complete.

    Pieces of the same time are written side by side; a file is closed when the next is asked for.

    :raises PermanentError: if the audio is damaged.
    :raises TransientError: if it could not be read, or the disk is full.
    """
    at, waiting, open_ones = 0, list(pieces), dict[Piece, _Writer]()
    with ExitStack() as stack, ThreadPoolExecutor(ENCODERS, "encoder") as pool:
        for block in sound.blocks():
            end = at + len(block)
            for piece in [piece for piece in waiting if piece.start < end]:
                waiting.remove(piece)
                open_ones[piece] = stack.enter_context(_writing(sound, piece, make_file))
            _write(pool, open_ones, block, at)
            for piece in [piece for piece in open_ones if piece.end <= end]:
                writer = open_ones.pop(piece)
                yield piece, writer.finished()
                writer.discard()
            at = end
    if waiting or open_ones:
        raise PermanentError("the recording ends earlier than when it was measured")


def _write(pool: Executor, writers: Mapping[Piece, "_Writer"], block: Samples, at: int) -> None:
    written = [
        pool.submit(writer.write, block[max(piece.start - at, 0) : piece.end - at])
        for piece, writer in writers.items()
    ]
    for future in written:
        future.result()


class _Writer:
    def __init__(self, sound: Any, file: IO[bytes], channels: Sequence[int]) -> None:
        self._sound = sound
        self._file = file
        self._channels = list(channels)

    def write(self, block: Samples) -> None:
        with _disk_errors():
            self._sound.write(np.ascontiguousarray(block[:, self._channels]))

    def finished(self) -> IO[bytes]:
        with _disk_errors():
            self._sound.close()
        self._file.seek(0)
        return self._file

    def discard(self) -> None:
        self._file.close()


@contextmanager
def _writing(sound: Sound, piece: Piece, make_file: FileMaker) -> Iterator[_Writer]:
    with make_file() as file:
        with _disk_errors():
            flac = SoundFile(
                file.fileno(),
                mode="w",
                samplerate=sound.sample_rate,
                channels=len(piece.channels),
                format="FLAC",
                subtype="PCM_24" if sound.subtype in _DEEP else "PCM_16",
                closefd=False,
            )
        with flac:
            yield _Writer(flac, file, piece.channels)


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except (SoundFileError, OSError, AssertionError) as error:
        raise TransientError("a part could not be written to disk: is it full?") from error
