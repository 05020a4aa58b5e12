"""Renders a file on its own, without AWS: ``python -m results.render FILE --format txt``."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from callscribe.errors import PermanentError
from callscribe.names import JOB_PREFIX
from results import transcript
from results.composer import compose
from results.parties import CALLER_AND_CALLEE, PartyNames
from results.render import Format, render
from results.render.names import renamed
from results.transcribe_file import parse
from results.transcript import Transcript

STANDARD_INPUT: Final = "-"

_names = TypeAdapter[tuple[str, ...]](PartyNames)


def main(arguments: Sequence[str]) -> int:
    """Render one file to standard output; the exit status is 1 if it cannot be understood."""
    asked = _parser().parse_args(arguments)
    try:
        said = renamed(_transcript(_content(asked.file)), asked.names)
    except (OSError, PermanentError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        sys.stderr.write(f"{asked.file}: {reason}\n")
        return 1
    sys.stdout.buffer.write(render(said, asked.format))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m results.render",
        description="Render a result file of Amazon Transcribe, or a transcript of Callscribe.",
    )
    parser.add_argument("file", metavar="FILE", help="the file, or - for standard input")
    parser.add_argument("--format", type=Format, choices=list(Format), default=Format.TXT)
    parser.add_argument(
        "--names", type=_given_names, default=(), help="the parties' names, for example Ann,Ben"
    )
    return parser


def _given_names(text: str) -> tuple[str, ...]:
    try:
        return _names.validate_python(text)
    except ValidationError:
        raise argparse.ArgumentTypeError("a name is empty, too long or not plain text") from None


def _content(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()


def _transcript(content: bytes) -> Transcript:
    if transcript.is_ours(content):
        return transcript.read(content)
    file = parse(content)
    return compose(
        file,
        recording_id=file.job_name.removeprefix(JOB_PREFIX),
        conversation_id=None,
        language=None,
        channel_names=CALLER_AND_CALLEE,
    )


if __name__ == "__main__":
    # A reader such as `head` may close the pipe early; that is no error of ours.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    raise SystemExit(main(sys.argv[1:]))
