import json
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from callscribe.errors import PermanentError
from results.composer import compose
from results.parties import CALLER_AND_CALLEE
from results.render import Format, render
from results.testing import a_mark, a_result_file, a_two_channel_file, a_word
from results.transcribe_file import parse
from results.transcript import Transcript

A_CALL = a_two_channel_file(
    [a_word("Hello", 0.0, 0.4), a_mark(","), a_word("hold", 0.5), a_word("on", 3.0, 3.3)],
    [a_word("Yes", 1.5, 1.9), a_mark("?")],
)


def composed(content: bytes, *, language: str | None = None) -> Transcript:
    return compose(
        parse(content),
        recording_id="rec-1",
        conversation_id="CON-1",
        language=language,
        channel_names=CALLER_AND_CALLEE,
    )


def test_a_call_becomes_turns_of_named_parties() -> None:
    transcript = composed(A_CALL)

    assert [(transcript.name_of(turn), turn.text) for turn in transcript.turns] == [
        ("Caller", "Hello, hold"),
        ("Callee", "Yes?"),
        ("Caller", "on"),
    ]


def test_it_lasts_until_the_end_of_the_last_word() -> None:
    assert composed(A_CALL).duration == 3.3


def test_silence_has_parties_and_no_turns_and_no_duration() -> None:
    transcript = composed(a_two_channel_file([], []))

    assert [party.name for party in transcript.parties] == ["Caller", "Callee"]
    assert transcript.turns == ()
    assert transcript.duration is None


def test_the_job_knows_the_language_better_than_the_file() -> None:
    file = a_result_file(language_code="en-US")

    assert composed(file, language="en-GB").language == "en-GB"
    assert composed(file).language == "en-US"


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value, as its container and its key in it."""
    keys: list[Any] = []
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [place for key in keys for place in [(value, key), *places(value[key])]]


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_a_file_with_anything_anywhere_is_understood_or_refused(data: st.DataObject) -> None:
    file = json.loads(A_CALL)
    container, key = data.draw(st.sampled_from(places(file)))
    container[key] = data.draw(anything)

    with suppress(PermanentError):
        transcript = composed(json.dumps(file).encode())

        assert all(render(transcript, form) is not None for form in Format)
