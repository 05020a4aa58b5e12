from typing import Any

import pytest

from callscribe.names import JobId, job_name, transcribe_output_key
from local.transcribe.constraints import OPERATIONS, check
from local.transcribe.errors import BadRequestError, RefusedError
from local.transcribe.testing import a_request

START = "StartTranscriptionJob"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_the_service_model_allows_passes(operation: str) -> None:
    request = {} if operation.startswith("List") else {"TranscriptionJobName": "callscribe-1"}

    check(operation, a_request() if operation == START else request)


def test_the_longest_names_of_a_part_and_of_its_file_pass() -> None:
    job = JobId("r" * 150, run=999, part=16, parts=16)

    check(
        START, a_request(TranscriptionJobName=job_name(job), OutputKey=transcribe_output_key(job))
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"TranscriptionJobName": "a/b"},
            "Value 'a/b' at 'transcriptionJobName' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: ^[0-9a-zA-Z._-]+",
        ),
        (
            {"TranscriptionJobName": "a" * 201},
            "failed to satisfy constraint: Member must have length less than or equal to 200",
        ),
        (
            {"Settings": {"MaxSpeakerLabels": 31}},
            "Value '31' at 'settings.maxSpeakerLabels' failed to satisfy constraint: "
            "Member must have value less than or equal to 30",
        ),
        (
            {"Settings": {"MaxSpeakerLabels": 1}},
            "Value '1' at 'settings.maxSpeakerLabels' failed to satisfy constraint: "
            "Member must have value greater than or equal to 2",
        ),
        (
            {"MediaFormat": "aiff"},
            "Value 'aiff' at 'mediaFormat' failed to satisfy constraint: "
            "Member must satisfy enum value set: [mp3, mp4, wav, flac, ogg, amr, webm, m4a]",
        ),
        (
            {"Media": {"MediaFileUri": "audio/call.mp3"}},
            "Value 'audio/call.mp3' at 'media.mediaFileUri' failed to satisfy constraint",
        ),
        (
            {"Tags": [{"Key": "recording_id", "Value": "1"}, {"Key": "", "Value": "2"}]},
            "Value '' at 'tags.2.member.key' failed to satisfy constraint: "
            "Member must have length greater than or equal to 1",
        ),
        (
            {"LanguageIdSettings": {"en-XX": {}}},
            "Value 'en-XX' at 'languageIdSettings.key' failed to satisfy constraint",
        ),
        (
            {"ContentRedaction": {"RedactionType": "PII"}},
            "Value null at 'contentRedaction.redactionOutput' failed to satisfy constraint: "
            "Member must not be null",
        ),
    ],
)
def test_what_the_service_model_forbids_is_refused_in_the_words_of_aws(
    changes: dict[str, Any], fault: str
) -> None:
    with pytest.raises(BadRequestError) as refusal:
        check(START, a_request(**changes))

    assert refusal.value.text.startswith("1 validation error detected: ")
    assert fault in refusal.value.text


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(BadRequestError) as refusal:
        check(START, {})

    assert refusal.value.text == (
        "2 validation errors detected: "
        "Value null at 'transcriptionJobName' failed to satisfy constraint: "
        "Member must not be null; "
        "Value null at 'media' failed to satisfy constraint: Member must not be null"
    )


@pytest.mark.parametrize(
    "request_",
    [
        [],
        a_request(Settings=True),
        a_request(Settings={"MaxSpeakerLabels": True}),
        a_request(IdentifyLanguage="yes"),
        a_request(TranscriptionJobName=7),
    ],
)
def test_a_member_of_the_wrong_type_cannot_be_read(request_: Any) -> None:
    with pytest.raises(RefusedError) as refusal:
        check(START, request_)

    assert refusal.value.code == "SerializationException"
