import pytest

from results.render.names import renamed
from results.transcript import Party, Transcript


def of(*names: str) -> Transcript:
    return Transcript(
        recording_id="rec-1",
        conversation_id=None,
        language=None,
        duration=None,
        parties=tuple(Party(name, channel=place) for place, name in enumerate(names)),
        turns=(),
    )


@pytest.mark.parametrize(
    ("names", "then"),
    [
        ([], ["Caller", "Callee"]),
        (["Ann"], ["Ann", "Callee"]),
        ([None, "Ben"], ["Caller", "Ben"]),
        (["Ann", "Ben", "Carl"], ["Ann", "Ben"]),
    ],
)
def test_parties_are_renamed_in_their_order(names: list[str | None], then: list[str]) -> None:
    said = of("Caller", "Callee")

    given = renamed(said, names)

    assert [party.name for party in given.parties] == then
    assert [party.channel for party in given.parties] == [0, 1]


def test_the_transcript_given_stays_as_it_is() -> None:
    said = of("Caller")

    renamed(said, ["Ann"])

    assert said.parties[0].name == "Caller"
