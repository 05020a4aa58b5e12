"""What ``docs/transcript-format.md`` shows is what the code reads and writes."""

import json
import re
from dataclasses import replace
from pathlib import Path

from results.failure import Failure
from results.render import Format, render
from results.transcript import Missing, Party, read, write

NAMES = ("Caller", "Callee", "Party 3", "Party 4")
DOCUMENT = Path(__file__).parents[3] / "docs" / "transcript-format.md"


def example(heading: str) -> str:
    section = DOCUMENT.read_text(encoding="utf-8").split(f"## {heading}\n")[1]
    [block] = re.findall(r"```(?:json|text)\n(.*?)```", section.split("\n## ")[0], re.DOTALL)
    return str(block)


def test_the_documented_transcript_is_read_and_written_as_documented() -> None:
    documented = example("transcript.json")

    assert json.loads(write(read(documented.encode()))) == json.loads(documented)


def test_the_documented_exports_are_those_of_the_documented_transcript() -> None:
    transcript = read(example("transcript.json").encode())

    for form in (Format.TXT, Format.VTT, Format.SRT):
        assert render(transcript, form).decode() == example(f"transcript.{form}")


def test_the_documented_notes_are_those_of_such_a_transcript() -> None:
    documented = example("A recording in parts")
    transcript = replace(
        read(example("transcript.json").encode()),
        parties=tuple(Party(name, channel=place) for place, name in enumerate(NAMES)),
        missing=(Missing((2, 3), 0.0, 4 * 3600.0, "Unsupported media format"),),
        silent=(1,),
    )

    assert render(transcript, Format.TXT).decode().startswith(documented + "\n")


def test_the_documented_failure_is_written_as_documented() -> None:
    documented = json.loads(example("failure.json"))

    assert json.loads(Failure.model_validate(documented).model_dump_json()) == documented
