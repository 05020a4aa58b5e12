"""Splits a recording into stereo pairs: as the recorder does, or with a bare loop.

Prints the seconds, the CPU seconds and the MB at the peak that took as one JSON object. The bare
loop reads a file and writes files with the same library, by the same blocks, and does nothing else:
it measures nothing, checks nothing, and speaks to no S3.
"""

import json
import os
import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from tempfile import TemporaryFile
from typing import Final

import numpy as np
import soundfile

from bench.machine import peak_megabytes
from bench.recordings import Run
from callscribe.aws import client
from callscribe.contracts import AvailableRecording
from recorder.audio.sound import BLOCK_SAMPLES
from recorder.prepare import Workshop, prepare
from recorder.s3 import S3Audio

BUCKET: Final = "audio"
RECORDING: Final = "split"
KEY: Final = f"recordings/{RECORDING}/audio.wav"


def ours(_: str) -> None:
    """Split the recording that lies in S3."""
    recording = AvailableRecording(recording_id=RECORDING, conversation_id="CON", url="", raw="")
    store = S3Audio(client("s3", connections=2), BUCKET)
    prepare(recording, KEY, store, Workshop())


def bare(path: str) -> None:
    """Split the recording that is a file."""
    with ExitStack() as stack:
        sound = stack.enter_context(soundfile.SoundFile(path))
        pairs = range(0, sound.channels, 2)
        files = [stack.enter_context(TemporaryFile()) for _ in pairs]
        writers = [
            stack.enter_context(
                soundfile.SoundFile(
                    file.fileno(),
                    mode="w",
                    samplerate=sound.samplerate,
                    channels=2,
                    format="FLAC",
                    subtype="PCM_16",
                    closefd=False,
                )
            )
            for file in files
        ]
        block = np.empty((BLOCK_SAMPLES // sound.channels, sound.channels), "int16")
        while len(read := sound.read(out=block)):
            for first, writer in zip(pairs, writers, strict=True):
                writer.write(np.ascontiguousarray(read[:, first : first + 2]))


LOOPS: Final[dict[str, Callable[[str], None]]] = {"ours": ours, "bare": bare}


def main() -> None:
    """Split as the arguments say."""
    options = ArgumentParser(description=__doc__)
    options.add_argument("loop", choices=LOOPS)
    options.add_argument("path")
    asked = options.parse_args()
    seconds, cpu = time.perf_counter(), time.process_time()
    LOOPS[asked.loop](asked.path)
    seconds, cpu = time.perf_counter() - seconds, time.process_time() - cpu
    print(json.dumps(asdict(Run(seconds, cpu, peak_megabytes(os.getpid())))))


if __name__ == "__main__":
    main()
