"""What the API gives beside the views of the ledger."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the service can answer."""

    status: Literal["ok", "unreachable"]


@dataclass(frozen=True, slots=True)
class Retried:
    """How many messages were sent again."""

    retried: int


@dataclass(frozen=True, slots=True)
class Begun:
    """Which run of a recording was begun."""

    run: int
