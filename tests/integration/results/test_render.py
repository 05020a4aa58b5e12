"""The command that needs no AWS, as a person types it."""

import os
import subprocess
import sys
from pathlib import Path

from results.testing import a_mark, a_two_channel_file, a_word

A_CALL = a_two_channel_file(
    [a_word("Hello", 0.5), a_mark(",")], [a_word("Certainly", 6.2), a_mark(".")]
)


def run(*arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    without_aws = {name: value for name, value in os.environ.items() if "AWS" not in name}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "results.render", *arguments],
        input=given,
        env=without_aws,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_file_is_rendered(tmp_path: Path) -> None:
    file = tmp_path / "call.json"
    file.write_bytes(A_CALL)

    ended = run(str(file), "--format", "vtt", "--names", "Ann,Ben")

    assert ended.returncode == 0
    assert b"<v Ann>Hello,\n" in ended.stdout
    assert ended.stderr == b""


def test_standard_input_is_rendered() -> None:
    ended = run("-", given=A_CALL)

    assert ended.stdout.decode() == " 0:00  Caller   Hello,\n 0:06  Callee   Certainly.\n"


def test_what_is_no_transcript_ends_with_one_line_and_no_traceback() -> None:
    ended = run("-", given=b"RIFF")

    assert ended.returncode == 1
    assert ended.stderr.startswith(b"-: not a transcript of Amazon Transcribe: file: Invalid JSON")
    assert ended.stderr.count(b"\n") == 1
