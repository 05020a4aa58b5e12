"""What every page and every answer of the API is made from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from results.ledger.calls import Calls, Shelf
from results.web.keys import Keys, NoKeys


@dataclass(frozen=True, slots=True)
class Services:
    """The outside world of the web service; ``reachable`` tells whether it is there.

    ``media_origins`` are the hosts that a browser may fetch audio from.
    """

    calls: Calls
    shelf: Shelf
    now: Callable[[], datetime]
    reachable: Callable[[], bool] = lambda: True
    keys: Keys = field(default_factory=NoKeys)
    media_origins: tuple[str, ...] = ()
