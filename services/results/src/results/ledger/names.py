"""Puts the names that somebody gave to the parties into a transcript."""

from collections.abc import Sequence
from dataclasses import replace

from results.transcript import Transcript


def named(transcript: Transcript, names: Sequence[str]) -> Transcript:
    """Give the transcript with its parties renamed, in their order; an empty name changes none."""
    given = dict(enumerate(names))
    return replace(
        transcript,
        parties=tuple(
            replace(party, name=given.get(place) or party.name)
            for place, party in enumerate(transcript.parties)
        ),
    )
