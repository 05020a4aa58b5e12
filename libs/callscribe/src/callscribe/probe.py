"""Asks a process of the same container whether it is alive: ``python -m callscribe.probe URL``."""

import sys
from collections.abc import Sequence
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Final
from urllib.parse import urlsplit

PATIENCE: Final = 3
"""Seconds. Less than the container's own time-out, so that it is this program that says why."""


def main(arguments: Sequence[str]) -> int:
    """Give 0 if the address answers 200, else 1 and a line that says why."""
    [url] = arguments
    if reason := trouble(url):
        sys.stderr.write(f"{reason}\n")
        return 1
    return 0


def trouble(url: str) -> str | None:
    """Tell what is wrong with what an address answers, if anything is."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        connection.request("GET", parts.path)
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        return f"no answer: {type(error).__name__}"
    finally:
        connection.close()
    return None if status == HTTPStatus.OK else f"answered {status}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
