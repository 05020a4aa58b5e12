"""Runs the local Vonage, or places a call on one that runs."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from callscribe.errors import PermanentError
from callscribe.settings import read
from local.vonage.server import serve
from local.vonage.settings import Settings
from local.vonage.terminal import CallNotPlacedError, place_and_follow

INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C ended."""


def main() -> int:
    """Do what the command line says, and give the exit status."""
    parser = ArgumentParser(prog="python -m local.vonage", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    call = commands.add_parser("call", help="place a call and follow its steps")
    call.add_argument(
        "file", nargs="?", type=Path, help="what is said; the sample call if left out"
    )
    call.add_argument("--parties", type=int, help="so many people say a sentence each instead")
    call.add_argument("--to", metavar="URL", help="where the local Vonage runs")
    arguments = parser.parse_args()
    settings = read(Settings)
    try:
        if arguments.command == "call":
            url = arguments.to or settings.base_url
            return 0 if place_and_follow(url, arguments.file, arguments.parties) else 1
        serve(settings)
    except (CallNotPlacedError, PermanentError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
