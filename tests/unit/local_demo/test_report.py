from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from local.demo.calls import Ended, Placed
from local.demo.report import Report, tell
from local.demo.screen import Screen


def a_transcript(**changes: Any) -> dict[str, Any]:
    parties = [{"name": "Caller"}, {"name": "Callee"}]
    return {"parties": parties, "turns": [{"words": [{}, {}]}, {"words": [{}]}]} | changes


def a_report(folder: Path | None = None, **changes: Any) -> Report:
    fields: dict[str, Any] = {
        "call": Placed("call-1", "rec-1", at=0.0),
        "seconds": 4.56,
        "transcript": a_transcript(),
    }
    files = []
    if folder:
        (folder / "transcript.txt").write_text(" 0:00  Caller   Hello.\n", encoding="utf-8")
        files = [folder / "transcript.txt", folder / "transcript.vtt"]
    return Report(Ended(**(fields | changes)), files)


def told(*reports: Report, jobs: int = 1) -> str:
    out = StringIO()
    tell(Screen(out), list(reports), jobs=jobs)
    return out.getvalue()


def test_one_call_ends_with_its_conversation_and_its_files(tmp_path: Path) -> None:
    text = told(a_report(tmp_path))

    assert " 0:00  Caller   Hello." in text
    assert f"  vtt  {tmp_path / 'transcript.vtt'}" in text


@pytest.mark.parametrize(
    ("parties", "jobs", "line"),
    [(1, 1, "1 party, 1 job."), (2, 1, "2 parties, 1 job."), (5, 3, "5 parties, 3 jobs.")],
)
def test_one_call_says_how_many_jobs_it_took(
    tmp_path: Path, parties: int, jobs: int, line: str
) -> None:
    transcript = a_transcript(parties=[{}] * parties)

    text = told(a_report(tmp_path, transcript=transcript), jobs=jobs)

    assert f"\n{line}\n" in text


def test_silence_is_said_in_words(tmp_path: Path) -> None:
    report = a_report(tmp_path)
    (tmp_path / "transcript.txt").write_text("", encoding="utf-8")

    assert "Nobody said anything." in told(report)


def test_one_call_that_failed_says_why() -> None:
    text = told(a_report(transcript={}, reason="Unsupported media format"))

    assert "There is no transcript: Unsupported media format" in text


def test_many_calls_end_with_a_table_and_their_sum(tmp_path: Path) -> None:
    failed = a_report(transcript={}, reason="too short")

    text = told(a_report(tmp_path), failed, jobs=1)

    assert "rec-1      4.6 s  2        2      3      transcript" in text
    assert "failed: too short" in text
    assert "2 calls, 1 jobs, 1 transcripts; 4.6 s in all." in text
