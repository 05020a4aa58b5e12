from local.transcribe.recogniser import Recipe, recogniser
from local.transcribe.sphinx import SphinxRecogniser


def test_pocketsphinx_is_the_usual_recogniser_made_once_for_a_process() -> None:
    made = recogniser(Recipe())

    assert isinstance(made, SphinxRecogniser)
    assert recogniser(Recipe()) is made


def test_the_usual_recogniser_needs_nothing_more() -> None:
    assert Recipe().missing == []
