"""Jobs over the wire, as boto3 and a queue behind EventBridge see them."""

import io

import numpy as np
import pytest
import soundfile

from tests.integration.local_transcribe.harness import TRANSCRIPTS, LocalTranscribe

pytestmark = pytest.mark.emulator


def silence(*, channels: int = 2, seconds: float = 2.0) -> bytes:
    file = io.BytesIO()
    samples = np.zeros((round(seconds * 16_000), channels), np.int16)
    soundfile.write(file, samples, 16_000, format="WAV")
    return file.getvalue()


def test_a_call_becomes_a_transcript_and_an_event_says_so(transcribe: LocalTranscribe) -> None:
    started = transcribe.start(Tags=[{"Key": "recording_id", "Value": "rec-1"}])

    [event] = transcribe.events(1)
    job = transcribe.ended()
    name = started["TranscriptionJobName"]
    file = transcribe.file(f"{name}/transcript.json")

    assert started["TranscriptionJobStatus"] == "IN_PROGRESS"
    assert (event["source"], event["detail-type"]) == (
        "callscribe.transcribe",
        "Transcribe Job State Change",
    )
    assert event["detail"] == {
        "TranscriptionJobName": name,
        "TranscriptionJobStatus": "COMPLETED",
    }
    assert job["Tags"] == [{"Key": "recording_id", "Value": "rec-1"}]
    assert (job["MediaFormat"], job["MediaSampleRateHertz"]) == ("mp3", 16_000)
    assert job["Transcript"]["TranscriptFileUri"] == (
        f"https://s3.eu-west-1.amazonaws.com/{TRANSCRIPTS}/{name}/transcript.json"
    )
    assert file["jobName"] == name
    said = [segment["transcript"] for segment in file["results"]["audio_segments"]]
    assert said[:2] == ["Hello.", "Welcome to the garden shop."]


def test_the_words_of_a_call_are_on_the_channel_of_who_said_them(
    transcribe: LocalTranscribe,
) -> None:
    name = transcribe.start()["TranscriptionJobName"]
    transcribe.ended()

    channels = transcribe.file(f"{name}/transcript.json")["results"]["channel_labels"]["channels"]

    caller, callee = (
        {item["alternatives"][0]["content"] for item in channel["items"]} for channel in channels
    )
    assert {"apple", "trees", "Yes"} <= caller
    assert {"Friday", "morning", "pounds"} <= callee
    assert not caller & {"Friday", "pounds"}


def test_the_trace_of_the_write_check_is_left_beside_the_transcript(
    transcribe: LocalTranscribe,
) -> None:
    name = transcribe.start()["TranscriptionJobName"]
    transcribe.ended()

    listed = transcribe.aws.client("s3").list_objects_v2(Bucket=TRANSCRIPTS, Prefix=name)

    assert {entry["Key"].removeprefix(f"{name}/") for entry in listed["Contents"]} == {
        ".write_access_check_file.temp",
        "transcript.json",
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (silence(channels=3), "Invalid number of channels: number of channels too large."),
        (silence(seconds=0.3), "The input media file length is too small."),
        (b"no sound", "Unsupported media format."),
    ],
)
def test_a_call_that_cannot_be_transcribed_fails_with_the_reason(
    transcribe: LocalTranscribe, content: bytes, reason: str
) -> None:
    uri = transcribe.put(transcribe.prefix, content)

    transcribe.start(Media={"MediaFileUri": uri})

    [event] = transcribe.events(1)
    assert event["detail"]["TranscriptionJobStatus"] == "FAILED"
    assert event["detail"]["FailureReason"].startswith(reason)
    assert transcribe.ended()["FailureReason"] == event["detail"]["FailureReason"]


def test_silence_is_a_transcript_without_words(transcribe: LocalTranscribe) -> None:
    uri = transcribe.put(transcribe.prefix, silence())

    name = transcribe.start(Media={"MediaFileUri": uri})["TranscriptionJobName"]

    assert transcribe.ended()["TranscriptionJobStatus"] == "COMPLETED"
    results = transcribe.file(f"{name}/transcript.json")["results"]
    assert (results["transcripts"], results["items"]) == ([{"transcript": ""}], [])


def test_jobs_are_listed_and_deleted(transcribe: LocalTranscribe) -> None:
    client = transcribe.client()
    for name in ("first", "second"):
        transcribe.start(name)
        transcribe.ended(name)

    listed = client.list_transcription_jobs(JobNameContains=transcribe.prefix, MaxResults=1)
    client.delete_transcription_job(TranscriptionJobName=transcribe.prefix + "second")
    left = client.list_transcription_jobs(JobNameContains=transcribe.prefix)

    assert [job["TranscriptionJobName"] for job in listed["TranscriptionJobSummaries"]] == [
        transcribe.prefix + "second"
    ]
    assert listed["NextToken"]
    assert [job["TranscriptionJobName"] for job in left["TranscriptionJobSummaries"]] == [
        transcribe.prefix + "first"
    ]


def test_a_redacted_transcript_is_a_file_of_its_own(transcribe: LocalTranscribe) -> None:
    redaction = {"RedactionType": "PII", "RedactionOutput": "redacted"}

    name = transcribe.start(ContentRedaction=redaction)["TranscriptionJobName"]

    assert transcribe.ended()["Transcript"] == {
        "RedactedTranscriptFileUri": (
            f"https://s3.eu-west-1.amazonaws.com/{TRANSCRIPTS}/{name}/redacted-transcript.json"
        )
    }
    assert transcribe.file(f"{name}/redacted-transcript.json")["isRedacted"] is True


def test_speakers_of_a_mixed_call_are_told_apart(transcribe: LocalTranscribe) -> None:
    settings = {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 2}

    name = transcribe.start(Settings=settings)["TranscriptionJobName"]
    transcribe.ended()

    results = transcribe.file(f"{name}/transcript.json")["results"]
    speakers = {one["transcript"]: one["speaker_label"] for one in results["audio_segments"]}
    assert results["speaker_labels"]["speakers"] == 2
    assert speakers["Welcome to the garden shop."] == "spk_0"
    assert speakers["That would be perfect."] == "spk_1"
