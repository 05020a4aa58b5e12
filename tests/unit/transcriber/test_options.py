import re
from typing import Any, get_args

import botocore.session
import pytest
from pydantic import ValidationError

from transcriber.options import JobOptions
from transcriber.pii import PiiType


def options(**chosen: Any) -> JobOptions:
    return JobOptions(transcripts_bucket="transcripts", **chosen)


def test_calls_are_in_british_english_unless_somebody_says_otherwise() -> None:
    assert options().language == "en-GB"
    assert not options().identifies


def test_another_language_can_be_chosen() -> None:
    assert options(language_code="es-US").language == "es-US"


def test_the_language_can_be_identified_among_some() -> None:
    chosen = options(identify_language=True, language_options="en-GB, cy-GB")

    assert chosen.identifies
    assert chosen.language_options == ("en-GB", "cy-GB")


@pytest.mark.parametrize(
    ("setting", "chosen", "why"),
    [
        ("language_code", {"language_code": "english"}, "pattern"),
        (
            "identify_language",
            {"language_code": "en-GB", "identify_language": True},
            "cannot be used together with LANGUAGE_CODE",
        ),
        (
            "identify_multiple_languages",
            {"language_code": "en-GB", "identify_multiple_languages": True},
            "cannot be used together with LANGUAGE_CODE",
        ),
        (
            "identify_multiple_languages",
            {"identify_language": True, "identify_multiple_languages": True},
            "cannot be used together with IDENTIFY_LANGUAGE",
        ),
        (
            "language_options",
            {"language_options": "en-GB,cy-GB"},
            "needs IDENTIFY_LANGUAGE or IDENTIFY_MULTIPLE_LANGUAGES",
        ),
        (
            "language_options",
            {"identify_language": True, "language_options": "en-GB"},
            "at least two languages",
        ),
        (
            "vocabulary_name",
            {"identify_language": True, "vocabulary_name": "trains"},
            "cannot be used together with IDENTIFY_LANGUAGE",
        ),
        (
            "vocabulary_filter_name",
            {"identify_multiple_languages": True, "vocabulary_filter_name": "rude"},
            "cannot be used together with IDENTIFY_MULTIPLE_LANGUAGES",
        ),
        (
            "language_model_name",
            {"identify_language": True, "language_model_name": "calls"},
            "cannot be used together with IDENTIFY_LANGUAGE",
        ),
        ("vocabulary_name", {"vocabulary_name": "two words"}, "pattern"),
        ("max_speakers", {"max_speakers": 1}, "0 for none, or at least 2"),
        ("max_speakers", {"max_speakers": 31}, "less than or equal to 30"),
        (
            "redaction",
            {"identify_multiple_languages": True, "redaction": "redacted"},
            "cannot be used together with IDENTIFY_MULTIPLE_LANGUAGES",
        ),
        ("redaction", {"redaction": "on"}, "'off', 'redacted' or 'redacted_and_unredacted'"),
        ("redaction_types", {"redaction_types": "NAME"}, "needs REDACTION"),
        (
            "data_access_role_arn",
            {"allow_deferred_execution": True},
            "is needed by ALLOW_DEFERRED_EXECUTION",
        ),
        (
            "data_access_role_arn",
            {"data_access_role_arn": "arn:aws:iam::000000000000:role/transcribe"},
            "needs ALLOW_DEFERRED_EXECUTION",
        ),
    ],
)
def test_what_aws_refuses_is_refused_by_the_name_of_the_setting(
    setting: str, chosen: dict[str, Any], why: str
) -> None:
    with pytest.raises(ValidationError, match=re.escape(why)) as raised:
        options(**chosen)

    [wrong] = raised.value.errors()
    assert wrong["loc"][0] == setting


def test_a_kind_of_personal_data_that_aws_does_not_know_is_refused() -> None:
    with pytest.raises(ValidationError, match="redaction_types"):
        options(redaction="redacted", redaction_types="NAME,SHOE_SIZE")


def test_the_kinds_of_personal_data_are_those_that_aws_knows() -> None:
    model = botocore.session.get_session().get_service_model("transcribe")
    known: Any = model.shape_for("PiiEntityType")

    assert set(get_args(PiiType)) == set(known.enum)
