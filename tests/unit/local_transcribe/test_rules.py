from typing import Any

import pytest

from local.transcribe.errors import BadRequestError
from local.transcribe.rules import check_together
from local.transcribe.testing import a_request

IDENTIFIED = {"LanguageCode": None, "IdentifyLanguage": True}
MULTIPLE = {"LanguageCode": None, "IdentifyMultipleLanguages": True}
ROLE = "arn:aws:iam::000000000000:role/transcribe"
REDACTION = {"RedactionType": "PII", "RedactionOutput": "redacted"}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        IDENTIFIED,
        MULTIPLE,
        IDENTIFIED | {"LanguageOptions": ["en-GB", "de-DE"]},
        {"Settings": {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 2}},
        {
            "Settings": {
                "ChannelIdentification": True,
                "ShowSpeakerLabels": True,
                "MaxSpeakerLabels": 2,
            }
        },
        {"Settings": {"ShowAlternatives": False}},
        {"Settings": {"VocabularyFilterName": "rude", "VocabularyFilterMethod": "mask"}},
        {"JobExecutionSettings": {"AllowDeferredExecution": False, "DataAccessRoleArn": ROLE}},
        {"ContentRedaction": REDACTION},
        {"ModelSettings": {"LanguageModelName": "calls"}},
    ],
)
def test_members_that_go_together_pass(changes: dict[str, Any]) -> None:
    check_together(a_request(**changes))


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"LanguageCode": None}, "exactly one of LanguageCode"),
        ({"IdentifyLanguage": True}, "exactly one of LanguageCode"),
        (IDENTIFIED | MULTIPLE, "exactly one of LanguageCode"),
        ({"LanguageOptions": ["en-GB", "de-DE"]}, "LanguageOptions"),
        (IDENTIFIED | {"LanguageOptions": ["en-GB"]}, "two or more language codes"),
        ({"LanguageIdSettings": {"en-GB": {}}}, "LanguageIdSettings"),
        (IDENTIFIED | {"ModelSettings": {"LanguageModelName": "calls"}}, "ModelSettings"),
        (IDENTIFIED | {"Settings": {"VocabularyName": "names"}}, "vocabularies"),
        (MULTIPLE | {"ContentRedaction": REDACTION}, "ContentRedaction"),
        ({"Settings": {"ShowSpeakerLabels": True}}, "MaxSpeakerLabels"),
        ({"Settings": {"MaxSpeakerLabels": 2}}, "ShowSpeakerLabels"),
        ({"Settings": {"ShowAlternatives": True}}, "MaxAlternatives"),
        ({"Settings": {"VocabularyFilterName": "rude"}}, "VocabularyFilterMethod"),
        ({"JobExecutionSettings": {"AllowDeferredExecution": True}}, "DataAccessRoleArn"),
    ],
)
def test_members_that_do_not_go_together_are_refused(changes: dict[str, Any], word: str) -> None:
    with pytest.raises(BadRequestError, match=word):
        check_together(a_request(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"Subtitles": {"Formats": ["vtt"]}},
        {"ToxicityDetection": [{"ToxicityCategories": ["ALL"]}]},
        {"Media": {"MediaFileUri": "s3://a/b", "RedactedMediaFileUri": "s3://a/c"}},
    ],
)
def test_what_is_not_done_here_is_refused_and_not_ignored(changes: dict[str, Any]) -> None:
    with pytest.raises(BadRequestError, match="The local Transcribe"):
        check_together(a_request(**changes))
