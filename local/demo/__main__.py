"""Runs the demo: ``python -m local.demo``, or ``make demo``."""

import argparse
import signal
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

from local.demo.calls import DemoFailedError, Ended, RefusedCallError, endings, jobs_of, place
from local.demo.keeping import keep_up
from local.demo.parties import FEW, USUAL, WrongNumberError, how_many, overrides
from local.demo.report import Report, tell
from local.demo.screen import Screen
from local.demo.watch import Watch
from local.stack.children import ROOT, ChildFailedError
from local.stack.resources import Route
from local.stack.stack import Stack, running_stack

OUT = ROOT / "out"
PATIENCE = {"sphinx": 120.0, "whisper": 600.0}
"""Seconds without a step after which the demo gives up, by recogniser."""

INTERRUPTED = 130
MAX_CALLS = 1000


def main() -> int:
    """Run the demo and give the exit status: 0 only when every call has its transcript."""
    wishes = _arguments()
    screen = Screen()
    watch = Watch(screen, quiet=wishes.calls > 1, legs=wishes.parties <= FEW)
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with tempfile.TemporaryDirectory(prefix="callscribe-") as folder:
            return _show(wishes, screen, watch, Path(folder))
    except RefusedCallError as error:
        screen.line(f"This call cannot be placed: {error}")
        return 1
    except (DemoFailedError, ChildFailedError) as error:
        screen.progress_done()
        for line in watch.untold:
            screen.line(f"  {line}")
        screen.line(f"The demo failed: {error}")
        return 1
    except KeyboardInterrupt:
        screen.progress_done()
        screen.line("Stopped; nothing is left running.")
        return INTERRUPTED


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--call", type=Path, help="a recording: wav, mp3, ogg or flac")
    parser.add_argument("--parties", default="", help="how many people are on a call: 1 to 32")
    parser.add_argument("--calls", type=int, default=1, help="how many calls to place at once")
    parser.add_argument("--keep", action="store_true", help="keep the pages up until Ctrl-C")
    parser.add_argument("--route", type=Route, choices=list(Route), default=Route.SQS)
    parser.add_argument("--asr", choices=sorted(PATIENCE), default="sphinx")
    wishes = parser.parse_args()
    if wishes.call and not wishes.call.is_file():
        parser.error(f"there is no file {wishes.call}")
    if not 1 <= wishes.calls <= MAX_CALLS:
        parser.error(f"CALLS must be from 1 to {MAX_CALLS}")
    try:
        wishes.parties = how_many(wishes.parties.strip(), wishes.call)
    except WrongNumberError as error:
        parser.error(str(error))
    return wishes


def _show(wishes: argparse.Namespace, screen: Screen, watch: Watch, folder: Path) -> int:
    screen.title("Callscribe: from a ringing phone to a transcript")
    variables = {
        **overrides(wishes.parties),
        "transcribe": {"LOCAL_TRANSCRIBE_ASR": wishes.asr},
    }
    with running_stack(folder, on_line=watch, route=wishes.route, overrides=variables) as stack:
        ended = _follow(stack, wishes, screen, watch)
        reports = [Report.of(stack, one, OUT) for one in ended]
        jobs = jobs_of(stack)
        if wishes.keep:
            tell(screen, reports, jobs=jobs)
            keep_up(screen, stack.places)
            return 0 if all(one.transcript for one in ended) else 1
    # Told once everything is stopped: what stands last on the screen is the result.
    tell(screen, reports, jobs=jobs)
    if wishes.call and wishes.asr == "sphinx":
        screen.line(
            "These are PocketSphinx's words; ASR=whisper hears more, for a larger download."
        )
    screen.line(f"The page was at {stack.places.at('web')}; KEEP=1 keeps it up to look at.")
    return 0 if all(one.transcript for one in ended) else 1


def _follow(stack: Stack, wishes: argparse.Namespace, screen: Screen, watch: Watch) -> list[Ended]:
    # Two have a whole conversation ready; any other number says a sentence each.
    parties = None if wishes.call or wishes.parties == USUAL else wishes.parties
    calls = [place(stack, wishes.call, parties) for _ in range(wishes.calls)]
    ended = []
    for one in endings(stack, calls, watch, patience=PATIENCE[wishes.asr]):
        ended.append(one)
        if len(calls) > 1:
            screen.progress(f"{len(ended)} of {len(calls)} calls have ended")
    screen.progress_done()
    return sorted(ended, key=lambda one: one.call.at)


def _interrupt(*_: object) -> NoReturn:
    # Deaf from here on: a second Ctrl-C must not stop the clean-up halfway.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
