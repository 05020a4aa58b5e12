import pytest

from callscribe.errors import PermanentError
from results.testing import a_mark, a_result_file, a_word, channel_labels
from results.transcribe_file import parse


def test_numbers_are_strings_in_the_file_and_numbers_here() -> None:
    [item] = parse(a_result_file([a_word("Hello", 0.49, 0.7)])).results.items

    assert (item.start_time, item.end_time) == (0.49, 0.7)
    assert item.alternatives[0].confidence == 0.9


def test_a_mark_has_no_times() -> None:
    [item] = parse(a_result_file([a_mark(",")])).results.items

    assert item.start_time is None


def test_a_redacted_word_has_no_confidence() -> None:
    redactions = [{"confidence": "0.9", "type": "NAME", "category": "PII"}]
    hidden = a_word("", 1, alternatives=[{"content": "[PII]", "redactions": redactions}])

    [item] = parse(a_result_file([hidden])).results.items

    assert item.alternatives[0].content == "[PII]"
    assert item.alternatives[0].confidence is None


def test_the_first_alternative_is_the_one_that_was_heard_best() -> None:
    others = [{"transcript": "halo", "items": [{"confidence": "0.1", "content": "halo"}]}]
    file = a_result_file([a_word("Hello", 1)], segments=[{"alternatives": others}])

    [item] = parse(file).results.items

    assert item.alternatives[0].content == "Hello"


def test_silence_is_a_result() -> None:
    file = parse(a_result_file(audio_segments=[], speaker_labels=None))

    assert file.results.items == ()
    assert file.results.speaker_labels is None


def test_a_fixed_language_is_not_named() -> None:
    assert parse(a_result_file()).language is None


def test_an_identified_language_is_named() -> None:
    scores = [{"score": "0.98", "code": "en-GB"}, {"score": "0.02", "code": "de-DE"}]
    file = a_result_file(language_code="en-GB", language_identification=scores)

    assert parse(file).language == "en-GB"


def test_of_several_languages_the_one_spoken_longest_counts() -> None:
    spoken = [
        {"language_code": "en-US", "duration_in_seconds": 2.45},
        {"language_code": "hi-IN", "duration_in_seconds": 12.1},
    ]

    assert parse(a_result_file(language_codes=spoken)).language == "hi-IN"


def test_fields_that_are_not_known_are_left_alone() -> None:
    item = a_word("Hello", 1, id=0, vocabularyFilterMatch=True, language_code="en-US")

    assert len(parse(a_result_file([item], toxicity_detection=[{}])).results.items) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "file: Invalid JSON"),
        (b"\x00\xffRIFF", "file: Invalid JSON"),
        (b"[" * 100_000, "file: Invalid JSON"),
        (b"[]", "file: Input should be"),
        (b"null", "file: Input should be"),
        (b'{"jobName": "a"}', "results: Field required"),
        (b'{"jobName": "a", "results": {"items": 3}}', "results.items: Input should be"),
        (b'{"JobName": "a", "Transcript": [], "Participants": []}', "jobName: Field required"),
        (a_result_file([a_word("a", float("nan"))]), "results.items.0.start_time: "),
        (a_result_file([a_word("a", -1)]), "results.items.0.start_time: "),
        (a_result_file([a_word("a", 1, float("inf"))]), "results.items.0.end_time: "),
        (a_result_file([{"type": "pronunciation"}]), "results.items.0.alternatives: "),
        (
            a_result_file(channel_labels={"number_of_channels": 10**9}),
            "results.channel_labels.number_of_channels: ",
        ),
    ],
)
def test_what_is_no_result_file_is_refused_with_the_place(content: bytes, why: str) -> None:
    with pytest.raises(PermanentError) as refused:
        parse(content)

    assert str(refused.value).startswith(f"not a transcript of Amazon Transcribe: {why}")


def test_a_refusal_repeats_nothing_that_was_said() -> None:
    file = a_result_file([a_word("0123456789", 1) | {"start_time": "my number is 0123456789"}])

    with pytest.raises(PermanentError) as refused:
        parse(file)

    assert "0123456789" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_silent_channel_may_have_no_items_at_all() -> None:
    labels = channel_labels([a_word("Hello", 1)], [])
    del labels["channels"][1]["items"]

    file = parse(a_result_file(channel_labels=labels))

    assert file.results.channel_labels is not None
    assert file.results.channel_labels.number_of_channels == 2
