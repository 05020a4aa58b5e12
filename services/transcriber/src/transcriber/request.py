"""Writes a job as Amazon Transcribe takes it."""

from typing import Any

from transcriber.job import TranscriptionJob
from transcriber.options import JobOptions


def request(job: TranscriptionJob) -> dict[str, Any]:
    """Write the job as StartTranscriptionJob takes it, without what nobody chose.

    ``MediaSampleRateHertz`` is left for AWS to find out: a wrong one would fail the job.
    """
    options = job.options
    asked = {
        "TranscriptionJobName": job.name,
        "Media": {"MediaFileUri": job.media_uri},
        "MediaFormat": job.media_format,
        "OutputBucketName": options.transcripts_bucket,
        "OutputKey": job.output_key,
        "OutputEncryptionKMSKeyId": options.output_encryption_kms_key_id,
        "Settings": _parties(job) | _words(options),
        "ModelSettings": _chosen(LanguageModelName=options.language_model_name),
        "ContentRedaction": _redaction(options),
        "JobExecutionSettings": _queueing(options),
        "Tags": [{"Key": name, "Value": value} for name, value in job.tags.items()],
    }
    return _chosen(**asked, **_language(options))


def _language(options: JobOptions) -> dict[str, Any]:
    if not options.identifies:
        return {"LanguageCode": options.language}
    return {
        "IdentifyLanguage": options.identify_language,
        "IdentifyMultipleLanguages": options.identify_multiple_languages,
        "LanguageOptions": list(options.language_options),
    }


def _parties(job: TranscriptionJob) -> dict[str, Any]:
    """Tell the parties apart by their channels, or by their voices if they share one."""
    if job.split_channels:
        return {"ChannelIdentification": True}
    if job.tell_voices and job.options.max_speakers:
        return {"ShowSpeakerLabels": True, "MaxSpeakerLabels": job.options.max_speakers}
    return {}


def _words(options: JobOptions) -> dict[str, Any]:
    words = _chosen(VocabularyName=options.vocabulary_name)
    if options.vocabulary_filter_name:
        words["VocabularyFilterName"] = options.vocabulary_filter_name
        words["VocabularyFilterMethod"] = options.vocabulary_filter_method
    return words


def _redaction(options: JobOptions) -> dict[str, Any]:
    if options.redaction == "off":
        return {}
    types = list(options.redaction_types)
    return _chosen(RedactionType="PII", RedactionOutput=options.redaction, PiiEntityTypes=types)


def _queueing(options: JobOptions) -> dict[str, Any]:
    if not options.allow_deferred_execution:
        return {}
    return {"AllowDeferredExecution": True, "DataAccessRoleArn": options.data_access_role_arn}


def _chosen(**asked: Any) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value}
