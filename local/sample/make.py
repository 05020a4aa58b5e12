"""Makes the sample call from its script: ``call.json`` read aloud by flite into ``call.mp3``.

Needs the ``flite`` command. The same script and the same versions of flite and libsndfile give the
same bytes.
"""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import soundfile

FOLDER: Final = Path(__file__).parent
HERTZ: Final = 16_000
VOICES: Final = {"caller": "rms", "callee": "slt"}
CHANNELS: Final = {"caller": 0, "callee": 1}
"""Channel 0 is what the caller says, as on a recording that Vonage splits."""

COMPRESSION: Final = 0.6
"""What libsndfile makes 64 kbit/s of at this rate: Vonage's 32 for each of two channels."""

PACE: Final = 0.96
LOUDNESS: Final = 0.8
AUDIBLE: Final = 0.01

Sound = npt.NDArray[np.float32]


def make(script: dict[str, Any]) -> Sound:
    """Speak every line at its time: samples by channel."""
    call = np.zeros((round(script["seconds"] * HERTZ), len(CHANNELS)), np.float32)
    for line in script["lines"]:
        words = spoken(line["text"], VOICES[line["party"]])
        start = round(line["start"] * HERTZ)
        call[start : start + len(words), CHANNELS[line["party"]]] += words
    return call


def spoken(text: str, voice: str) -> Sound:
    """Have a text spoken, without the silence that flite puts before and after it."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        pace = f"duration_stretch={PACE}"
        subprocess.run(  # noqa: S603 - the texts are our own
            ["flite", "-voice", voice, "--setf", pace, "-t", text, "-o", file.name],  # noqa: S607 - wherever it is installed
            check=True,
        )
        samples, _ = soundfile.read(file.name, dtype="float32")
    audible = np.flatnonzero(np.abs(samples) > AUDIBLE)
    return np.asarray(samples[audible[0] : audible[-1] + 1] * LOUDNESS, np.float32)


def main() -> None:
    """Write ``call.mp3`` beside its script."""
    script = json.loads((FOLDER / "call.json").read_text(encoding="utf-8"))
    soundfile.write(
        FOLDER / "call.mp3",
        make(script),
        HERTZ,
        format="MP3",
        compression_level=COMPRESSION,
        bitrate_mode="CONSTANT",
    )


if __name__ == "__main__":
    main()
