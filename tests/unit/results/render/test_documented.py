"""What ``docs/transcript-format.md`` shows of formats made on demand is what they look like."""

import json
import re
from pathlib import Path

import pytest

from results.peaks import Peaks
from results.render import Format, render
from results.transcript import read

DOCUMENT = Path(__file__).parents[4] / "docs" / "transcript-format.md"


def example(language: str, after: str) -> str:
    section = DOCUMENT.read_text(encoding="utf-8").split(f"{after}\n")[1]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(("form", "language"), [(Format.CSV, "csv"), (Format.MD, "markdown")])
def test_the_documented_export_is_that_of_the_documented_transcript(
    form: Format, language: str
) -> None:
    transcript = read(example("json", "## transcript.json").encode())

    made = render(transcript, form).decode("utf-8-sig").replace("\r\n", "\n")

    assert made == example(language, f"### {form}")


def test_the_documented_peaks_are_read_and_written_as_documented() -> None:
    documented = json.loads(example("json", "## peaks.json"))

    assert json.loads(Peaks.model_validate(documented).model_dump_json()) == documented
