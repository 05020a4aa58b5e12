"""Makes the sample calls from their scripts, read aloud by flite.

``call.json`` becomes ``call.mp3``. ``parties.json`` becomes ``parties.ogg``, all sentences one
after the other, and is told where in it each of them is. Needs the ``flite`` command. The same
script and the same versions of flite and libsndfile give the same bytes, but for the serial number
of an Ogg file.
"""

import json
import math
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

PARTIES_COMPRESSION: Final = 0.935
"""What libsndfile makes 22 kbit/s of: with less, PocketSphinx mishears the numbers."""

BETWEEN: Final = 0.2
"""Seconds of silence between two sentences of ``parties.ogg``."""

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


def in_a_row(lines: list[dict[str, Any]]) -> tuple[Sound, list[dict[str, Any]]]:
    """Speak the lines of many parties one after another, and say of each where it is."""
    row: list[Sound] = []
    timed: list[dict[str, Any]] = []
    at = 0.0
    for line in lines:
        words = spoken(line["text"], line["voice"], line.get("pitch"))
        end = at + math.ceil(len(words) / HERTZ * 100) / 100
        timed.append(line | {"start": round(at, 2), "end": round(end, 2)})
        at = end + BETWEEN
        row.append(np.pad(words, (0, round((at - timed[-1]["start"]) * HERTZ) - len(words))))
    return np.concatenate(row), timed


def spoken(text: str, voice: str, pitch: int | None = None) -> Sound:
    """Have a text spoken, without the silence that flite puts before and after it.

    ``pitch`` is in hertz, for a voice that has it as a setting.
    """
    settings = [f"duration_stretch={PACE}", *([f"int_f0_target_mean={pitch}"] if pitch else [])]
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        options = [option for setting in settings for option in ("--setf", setting)]
        subprocess.run(  # noqa: S603 - the texts are our own
            ["flite", "-voice", voice, *options, "-t", text, "-o", file.name],  # noqa: S607 - wherever it is installed
            check=True,
        )
        samples, _ = soundfile.read(file.name, dtype="float32")
    audible = np.flatnonzero(np.abs(samples) > AUDIBLE)
    return np.asarray(samples[audible[0] : audible[-1] + 1] * LOUDNESS, np.float32)


def make_call() -> None:
    """Write ``call.mp3`` beside its script."""
    soundfile.write(
        FOLDER / "call.mp3",
        make(_script("call")),
        HERTZ,
        format="MP3",
        compression_level=COMPRESSION,
        bitrate_mode="CONSTANT",
    )


def make_parties() -> None:
    """Write ``parties.ogg`` beside its script, and the times into that."""
    script = _script("parties")
    sentences, timed = in_a_row(script["lines"])
    soundfile.write(
        FOLDER / "parties.ogg",
        sentences,
        HERTZ,
        format="OGG",
        subtype="OPUS",
        compression_level=PARTIES_COMPRESSION,
    )
    lines = ",\n".join(f"    {json.dumps(line)}" for line in timed)
    text = f'{{\n  "language": "{script["language"]}",\n  "lines": [\n{lines}\n  ]\n}}\n'
    (FOLDER / "parties.json").write_text(text, encoding="utf-8")


def _script(name: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return said


if __name__ == "__main__":
    make_call()
    make_parties()
