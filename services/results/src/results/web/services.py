"""What every page and every answer of the API is made from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from results.ledger.calls import Calls, Shelf


@dataclass(frozen=True, slots=True)
class Services:
    """The outside world of the web service; ``reachable`` tells whether it is there."""

    calls: Calls
    shelf: Shelf
    now: Callable[[], datetime]
    reachable: Callable[[], bool] = lambda: True
