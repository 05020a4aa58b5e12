"""Whatever is said by however many: cut up, heard in parts and merged, it is all there again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from results.merger import Heard, merge
from results.parties import CALLER_AND_CALLEE
from results.testing import a_result_file, a_two_channel_file
from results.transcribe_file import parse
from results.transcript import Transcript
from tests.unit.results.conversations import Conversation, conversations
from tests.unit.results.sets import a_set

PRECISION = 0.02
"""Seconds."""


def heard_in_parts(conversation: Conversation, cuts: list[float]) -> list[Heard]:
    """Hear each pair of channels on which anybody speaks, from cut to cut, perfectly."""
    speak = [p for p in range(conversation.parties) if p not in conversation.silent]
    pairs = [tuple(speak[at : at + 2]) for at in range(0, len(speak), 2)]
    times = list(zip([0.0, *cuts], [*cuts, conversation.duration], strict=True))
    return [
        Heard(parse(heard(conversation, pair, start, end)), pair, start)
        for start, end in times
        for pair in pairs
    ]


def heard(conversation: Conversation, pair: tuple[int, ...], start: float, end: float) -> bytes:
    said = [[w.item(since=start) for w in conversation.of(p, start, end)] for p in pair]
    return a_result_file(said[0]) if len(pair) == 1 else a_two_channel_file(*said)


def merged(conversation: Conversation, parts: list[Heard]) -> Transcript:
    planned = a_set(
        *(part.channels for part in parts),
        channels=conversation.parties,
        silent_channels=conversation.silent,
    )
    return merge(planned, parts, channel_names=CALLER_AND_CALLEE)


def assert_all_is_there(transcript: Transcript, conversation: Conversation) -> None:
    """Hold a transcript to what was said: each word once, in order, on its party, at its time."""
    for party in range(conversation.parties):
        words = [w for turn in transcript.turns if turn.party == party for w in turn.words]
        said = [word for word in conversation.words if word.party == party]
        assert [word.text for word in words] == [word.text for word in said]
        for word, spoken in zip(words, said, strict=True):
            assert abs(word.start - spoken.start) <= PRECISION
            assert abs(word.end - spoken.end) <= PRECISION
    starts = [turn.start for turn in transcript.turns]
    assert starts == sorted(starts)
    assert len(transcript.parties) == conversation.parties


@given(conversations(), st.data())
@settings(deadline=None)
def test_every_word_comes_back_once_in_order_on_its_party_at_its_time(
    conversation: Conversation, data: st.DataObject
) -> None:
    cuts = data.draw(
        st.lists(st.sampled_from(conversation.silences[:-1]), unique=True).map(sorted)
        if conversation.silences[:-1]
        else st.just([])
    )
    parts = data.draw(st.permutations(heard_in_parts(conversation, cuts)))

    transcript = merged(conversation, list(parts))

    assert_all_is_there(transcript, conversation)
    assert transcript.silent == conversation.silent


@given(conversations(fewest=3), st.data())
@settings(deadline=None)
def test_the_order_in_which_parts_are_heard_changes_nothing(
    conversation: Conversation, data: st.DataObject
) -> None:
    parts = heard_in_parts(conversation, list(conversation.silences[:-1]))

    shuffled = data.draw(st.permutations(parts))

    assert merged(conversation, list(shuffled)) == merged(conversation, parts)
