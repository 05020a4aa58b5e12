from functools import cache
from typing import Any

import botocore.session
from botocore.model import Shape
from botocore.validate import ParamValidator

from transcriber.job import TranscriptionJob
from transcriber.options import JobOptions
from transcriber.request import request


@cache
def what_aws_takes() -> Shape:
    model = botocore.session.get_session().get_service_model("transcribe")
    return model.shape_for("StartTranscriptionJobRequest")


def the_request(
    *, split_channels: bool = True, tell_voices: bool = False, **chosen: Any
) -> dict[str, Any]:
    """Write the request for a job with these options, checked against AWS's own model."""
    job = TranscriptionJob(
        name="callscribe-rec-1",
        media_uri="s3://audio/recordings/rec-1/audio.mp3",
        media_format="mp3",
        split_channels=split_channels,
        tell_voices=tell_voices,
        output_key="transcribe/callscribe-rec-1.json",
        tags={"recording_id": "rec-1", "correlation_id": "event-1"},
        options=JobOptions(transcripts_bucket="transcripts", **chosen),
    )
    asked = request(job)
    report = ParamValidator().validate(asked, what_aws_takes())
    assert not report.has_errors(), report.generate_report()
    return asked


def test_a_request_without_choices_says_what_and_where_and_no_more() -> None:
    assert the_request() == {
        "TranscriptionJobName": "callscribe-rec-1",
        "Media": {"MediaFileUri": "s3://audio/recordings/rec-1/audio.mp3"},
        "MediaFormat": "mp3",
        "OutputBucketName": "transcripts",
        "OutputKey": "transcribe/callscribe-rec-1.json",
        "LanguageCode": "en-GB",
        "Settings": {"ChannelIdentification": True},
        "Tags": [
            {"Key": "recording_id", "Value": "rec-1"},
            {"Key": "correlation_id", "Value": "event-1"},
        ],
    }


def test_voices_on_one_channel_are_told_apart() -> None:
    asked = the_request(split_channels=False, tell_voices=True)

    assert asked["Settings"] == {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 2}


def test_voices_are_not_told_apart_if_nobody_wants_that() -> None:
    asked = the_request(split_channels=False, tell_voices=True, max_speakers=0)

    assert "Settings" not in asked


def test_one_party_on_one_channel_is_not_taken_apart() -> None:
    asked = the_request(split_channels=False)

    assert "Settings" not in asked


def test_an_identified_language_takes_the_place_of_a_fixed_one() -> None:
    asked = the_request(identify_language=True, language_options="en-GB,cy-GB")

    assert asked["IdentifyLanguage"] is True
    assert asked["LanguageOptions"] == ["en-GB", "cy-GB"]
    assert "LanguageCode" not in asked
    assert "IdentifyMultipleLanguages" not in asked


def test_several_languages_in_one_call_can_be_identified() -> None:
    asked = the_request(identify_multiple_languages=True)

    assert asked["IdentifyMultipleLanguages"] is True
    assert not {"LanguageCode", "IdentifyLanguage", "LanguageOptions"} & set(asked)


def test_vocabulary_filter_and_model_go_where_aws_wants_them() -> None:
    asked = the_request(
        vocabulary_name="trains",
        vocabulary_filter_name="rude",
        vocabulary_filter_method="remove",
        language_model_name="calls",
    )

    assert asked["Settings"] == {
        "ChannelIdentification": True,
        "VocabularyName": "trains",
        "VocabularyFilterName": "rude",
        "VocabularyFilterMethod": "remove",
    }
    assert asked["ModelSettings"] == {"LanguageModelName": "calls"}


def test_all_personal_data_is_redacted_unless_kinds_are_chosen() -> None:
    asked = the_request(redaction="redacted")

    assert asked["ContentRedaction"] == {"RedactionType": "PII", "RedactionOutput": "redacted"}


def test_chosen_kinds_of_personal_data_are_redacted() -> None:
    asked = the_request(redaction="redacted_and_unredacted", redaction_types="NAME,PHONE")

    assert asked["ContentRedaction"] == {
        "RedactionType": "PII",
        "RedactionOutput": "redacted_and_unredacted",
        "PiiEntityTypes": ["NAME", "PHONE"],
    }


def test_a_job_over_the_quota_may_wait_at_aws() -> None:
    role = "arn:aws:iam::000000000000:role/transcribe"

    asked = the_request(allow_deferred_execution=True, data_access_role_arn=role)

    assert asked["JobExecutionSettings"] == {
        "AllowDeferredExecution": True,
        "DataAccessRoleArn": role,
    }


def test_the_result_is_encrypted_with_the_key_of_the_operator() -> None:
    key = "arn:aws:kms:eu-west-1:000000000000:key/1234abcd"

    assert the_request(output_encryption_kms_key_id=key)["OutputEncryptionKMSKeyId"] == key
