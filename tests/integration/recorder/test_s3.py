from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from callscribe.errors import PermanentError, TransientError
from recorder.audio.survey import survey
from recorder.parts import PART_BYTES
from recorder.prepare import StoredPart
from recorder.s3 import S3Audio
from recorder.testing import audio

LARGE = 2 * PART_BYTES + 1234
KEY = "recordings/rec-1/audio.mp3"


def chunks_of(content: bytes) -> Iterator[bytes]:
    return (content[at : at + 100_000] for at in range(0, len(content), 100_000))


def content_of(s3: Any, key: str) -> bytes:
    content: bytes = s3.get_object(Bucket="audio", Key=key)["Body"].read()
    return content


def unfinished(s3: Any) -> list[Any]:
    uploads: list[Any] = s3.list_multipart_uploads(Bucket="audio").get("Uploads", [])
    return uploads


@pytest.mark.parametrize("size", [1, 1000, PART_BYTES, PART_BYTES + 1, LARGE])
def test_a_recording_of_any_size_is_written_as_it_is(s3: Any, size: int) -> None:
    content = (b"a recording of some length" * (size // 26 + 1))[:size]

    key = S3Audio(s3, "audio").write("rec-1", "mp3", chunks_of(content))

    assert key == KEY
    assert content_of(s3, KEY) == content
    assert unfinished(s3) == []


@pytest.mark.parametrize("size", [1000, LARGE])
def test_a_recording_says_what_it_is(s3: Any, size: int) -> None:
    key = S3Audio(s3, "audio").write("rec-1", "wav", chunks_of(bytes(size)))

    assert s3.head_object(Bucket="audio", Key=key)["ContentType"] == "audio/wav"


@pytest.mark.parametrize("size", [1000, LARGE])
def test_the_first_to_write_a_recording_wins(s3: Any, size: int) -> None:
    store = S3Audio(s3, "audio")
    store.write("rec-1", "mp3", iter([b"the first"]))

    key = store.write("rec-1", "mp3", chunks_of(bytes(size)))

    assert content_of(s3, key) == b"the first"
    assert unfinished(s3) == []


@pytest.mark.parametrize("error", [TransientError("broke off"), PermanentError("too large")])
@pytest.mark.parametrize("size", [1000, LARGE])
def test_a_stream_that_fails_leaves_nothing_behind(s3: Any, size: int, error: Exception) -> None:
    def failing() -> Iterator[bytes]:
        yield from chunks_of(bytes(size))
        raise error

    with pytest.raises(type(error), match=str(error)):
        S3Audio(s3, "audio").write("rec-1", "mp3", failing())

    assert "Contents" not in s3.list_objects_v2(Bucket="audio")
    assert unfinished(s3) == []


def test_a_recording_is_found_whatever_its_format(s3: Any) -> None:
    store = S3Audio(s3, "audio")
    store.write("rec-1", "ogg", iter([b"x"]))

    assert store.find("rec-1") == "recordings/rec-1/audio.ogg"


def test_a_recording_is_not_found_under_the_beginning_of_its_name(s3: Any) -> None:
    store = S3Audio(s3, "audio")
    store.write("rec-10", "ogg", iter([b"x"]))

    assert store.find("rec-1") is None


def test_a_recording_is_described_where_it_lies(s3: Any) -> None:
    store = S3Audio(s3, "audio")
    content = audio("OGG", "OPUS", channels=2, seconds=60)
    key = store.write("rec-1", "ogg", chunks_of(content))

    described = survey(store.open(key))

    assert (described.channels, described.size) == (2, len(content))
    assert described.duration == pytest.approx(60)


def test_a_recording_that_went_away_is_not_taken_for_damaged(s3: Any) -> None:
    store = S3Audio(s3, "audio")
    opened = store.open(store.write("rec-1", "wav", iter([audio("WAV")])))
    s3.delete_object(Bucket="audio", Key="recordings/rec-1/audio.wav")

    with pytest.raises(TransientError, match="S3 did not give the recording: NoSuchKey"):
        survey(opened)


def test_a_bucket_that_is_not_there_may_be_there_later(s3: Any) -> None:
    store = S3Audio(s3, "elsewhere")

    with pytest.raises(TransientError, match="S3 did not list the recordings: NoSuchBucket"):
        store.find("rec-1")
    with pytest.raises(TransientError, match="S3 did not take the recording: NoSuchBucket"):
        store.write("rec-1", "mp3", iter([b"x"]))
    with pytest.raises(TransientError, match="S3 did not take the recording: NoSuchBucket"):
        store.write("rec-1", "mp3", chunks_of(bytes(LARGE)))
    with pytest.raises(TransientError, match="S3 did not show the recording"):
        store.open("recordings/rec-1/audio.mp3")
    with pytest.raises(TransientError, match="S3 did not give the description: NoSuchBucket"):
        store.description("rec-1")


@pytest.mark.parametrize("size", [1000, LARGE])
def test_a_part_says_which_piece_it_is_and_is_the_first_writers(s3: Any, size: int) -> None:
    store, key = S3Audio(s3, "audio"), "recordings/rec-1/parts/1.flac"
    store.write_part(key, chunks_of(bytes(size)), piece="channels 0-1 frames 0-9")

    store.write_part(key, iter([b"another"]), piece="channels 2 frames 0-9")

    assert store.part(key) == StoredPart(size, "channels 0-1 frames 0-9")
    assert s3.head_object(Bucket="audio", Key=key)["ContentType"] == "audio/flac"


def test_a_part_that_is_not_there_is_none(s3: Any) -> None:
    assert S3Audio(s3, "audio").part("recordings/rec-1/parts/1.flac") is None


def test_the_first_description_is_what_there_is(s3: Any) -> None:
    store = S3Audio(s3, "audio")

    before = store.description("rec-1")
    first = store.write_description("rec-1", '{"first": true}')
    second = store.write_description("rec-1", '{"second": true}')

    assert before is None
    assert first == second == store.description("rec-1") == '{"first": true}'
    head = s3.head_object(Bucket="audio", Key="recordings/rec-1/recording.json")
    assert head["ContentType"] == "application/json"


def test_two_writers_at_the_same_moment_may_have_to_try_again() -> None:
    make: Any = boto3.client
    client = make("s3", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")

    with Stubber(client) as answers:
        answers.add_client_error("put_object", "ConditionalRequestConflict", http_status_code=409)
        with pytest.raises(TransientError, match="ConditionalRequestConflict"):
            S3Audio(client, "audio").write("rec-1", "mp3", iter([b"x"]))


def test_an_s3_out_of_reach_may_be_reached_later() -> None:
    make: Any = boto3.client
    client = make(
        "s3",
        region_name="us-east-1",
        aws_access_key_id="x",
        aws_secret_access_key="x",
        endpoint_url="http://127.0.0.1:1",
        config=Config(retries={"total_max_attempts": 1}),
    )

    with pytest.raises(TransientError, match="S3 did not list the recordings: EndpointConnection"):
        S3Audio(client, "audio").find("rec-1")
