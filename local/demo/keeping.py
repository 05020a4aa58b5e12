"""Keeps the demo's pages up until somebody has seen enough."""

import signal
from collections.abc import Callable

from local.demo.screen import Screen
from local.stack.environment import Places


def keep_up(screen: Screen, places: Places, wait: Callable[[], object] = signal.pause) -> None:
    """Tell where the pages are and how to log in, and wait for Ctrl-C."""
    screen.line(f"The calls are at {places.at('web')}")
    screen.line(f"The access token is {places.access_token}")
    screen.line("Ctrl-C ends it.")
    try:
        wait()
    except KeyboardInterrupt:
        screen.line("Stopping.")
