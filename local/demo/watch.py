"""Follows what the programs log, shows it as it happens, and remembers what matters."""

import time
from threading import Lock

from local.demo.screen import Screen
from local.demo.story import Step, step_of

LINES_KEPT = 30


class Watch:
    """Called with every line that a program prints, from a thread for each program."""

    def __init__(self, screen: Screen, *, quiet: bool = False, legs: bool = True) -> None:
        self._screen = screen
        self._quiet = quiet
        self._legs = legs
        self._legs_untold = 0
        self._lock = Lock()
        self.last_step_at = time.monotonic()
        self.parked: dict[str, str] = {}
        self.untold: list[str] = []

    def __call__(self, program: str, line: str) -> None:
        """Take one line of a program."""
        step = step_of(program, line)
        with self._lock:
            if step is None:
                self.untold = [*self.untold, f"{program}: {line}"][-LINES_KEPT:]
                return
            self.last_step_at = time.monotonic()
            self._remember(step)
            told = self._told(step)
        for one in told:
            self._screen.step(one)

    def _told(self, step: Step) -> list[Step]:
        """Give what is to be shown, with the events of many legs as one step."""
        if step.trouble:
            return [step]
        if self._quiet:
            return []
        if step.leg and not self._legs:
            self._legs_untold += 1
            return []
        count, self._legs_untold = self._legs_untold, 0
        events = Step("webhook-gateway", f"event webhooks of all legs: {count}")
        return [events, step] if count else [step]

    def _remember(self, step: Step) -> None:
        if step.event == "message parked" and step.recording_id:
            self.parked[step.recording_id] = step.text
