"""Gives the parties of a transcript other names."""

from collections.abc import Sequence
from dataclasses import replace

from results.transcript import Transcript


def renamed(said: Transcript, names: Sequence[str | None]) -> Transcript:
    """Give the parties these names, in their order; ``None`` keeps one, as does a missing name."""
    given = [
        party if name is None else replace(party, name=name)
        for party, name in zip(said.parties, names, strict=False)
    ]
    return replace(said, parties=(*given, *said.parties[len(given) :]))
