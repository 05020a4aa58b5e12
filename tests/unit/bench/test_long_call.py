import json

import pytest

from bench.long_call import SECONDS, lines, result_file
from bench.results import export
from local.transcribe.scenario import Era


def test_the_call_lasts_four_hours_and_has_about_forty_thousand_words() -> None:
    said = list(lines())

    assert said[-1].utterance.end == pytest.approx(SECONDS, abs=60)
    assert sum(len(line.utterance.words) for line in said) == pytest.approx(40_000, rel=0.05)
    assert {line.channel for line in said} == {0, 1}


def test_the_call_is_the_same_every_time() -> None:
    assert result_file(Era.A) == result_file(Era.A)


def test_every_form_of_the_transcript_is_made() -> None:
    made = export(result_file(Era.C))

    assert len(made) == 4
    assert b"WEBVTT" in b"".join(made)
    assert len(json.loads(made[-1])["turns"]) > 1000
