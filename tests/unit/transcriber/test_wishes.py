from typing import Any

import pytest

from callscribe.contracts import Wishes
from callscribe.errors import PermanentError
from transcriber.options import JobOptions
from transcriber.wishes import wished


def options(**chosen: Any) -> JobOptions:
    return JobOptions(transcripts_bucket="transcripts", **chosen)


def test_without_a_wish_everything_is_as_it_is_set() -> None:
    set_for_all = options(vocabulary_name="trains")

    assert wished(set_for_all, Wishes()) is set_for_all


def test_another_number_of_speakers_changes_nothing_else() -> None:
    asked = wished(options(vocabulary_name="trains", max_speakers=2), Wishes(max_speakers=5))

    assert asked == options(vocabulary_name="trains", max_speakers=5)


def test_another_language_does_not_keep_the_words_of_the_first() -> None:
    asked = wished(options(vocabulary_name="trains"), Wishes(language_code="cy-GB"))

    assert asked == options(language_code="cy-GB")


def test_the_same_language_keeps_its_words() -> None:
    asked = wished(options(vocabulary_name="trains"), Wishes(language_code="en-GB"))

    assert asked.vocabulary_name == "trains"


def test_a_language_takes_the_place_of_finding_it_out() -> None:
    set_for_all = options(identify_language=True, language_options="en-GB,cy-GB")

    asked = wished(set_for_all, Wishes(language_code="cy-GB", vocabulary_name="choirs"))

    assert asked == options(language_code="cy-GB", vocabulary_name="choirs")


def test_finding_the_language_out_takes_the_place_of_a_language() -> None:
    set_for_all = options(language_code="en-GB", vocabulary_filter_name="rude")

    asked = wished(set_for_all, Wishes(identify_language=True))

    assert asked == options(identify_language=True)


@pytest.mark.parametrize(
    ("wishes", "name"),
    [
        (Wishes(max_speakers=1), "max_speakers"),
        (Wishes(language_code="Welsh"), "language_code"),
        (Wishes(identify_language=True, vocabulary_name="trains"), "vocabulary_name"),
        (Wishes(identify_language=True, language_code="cy-GB"), "identify_language"),
    ],
)
def test_a_wish_that_cannot_be_met_is_given_up_on_with_its_name(wishes: Wishes, name: str) -> None:
    with pytest.raises(PermanentError, match=f"the wish for {name} cannot be met"):
        wished(options(), wishes)


def test_what_cannot_be_met_is_not_repeated_in_the_reason() -> None:
    with pytest.raises(PermanentError) as raised:
        wished(options(), Wishes(language_code="447700900001"))

    assert "447700900001" not in str(raised.value)
