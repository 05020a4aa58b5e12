"""A recording's sound, read from S3 as libsndfile asks for it."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import boto3
import numpy as np
import pytest
import soundfile
from moto import mock_aws

from callscribe.errors import PermanentError, TransientError
from results.peaks import peaks_of
from results.peaks_audio import BLOCK_BYTES, KEPT_BLOCKS, AudioBucket, Sound, StreamedFile

BUCKET = "callscribe-audio"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket=BUCKET)
        yield s3


def a_file(form: str, *, seconds: int = 3, channels: int = 2) -> bytes:
    times = np.arange(seconds * 8000) / 8000
    tone = (np.sin(2 * np.pi * 440 * times) * 16000).astype(np.int16)
    samples = np.stack([tone * (place == 0) for place in range(channels)], axis=1)
    file = BytesIO()
    soundfile.write(file, samples, 8000, format=form)
    return file.getvalue()


@pytest.mark.parametrize("form", ["MP3", "WAV", "OGG", "FLAC"])
def test_every_container_is_measured_from_the_bucket(client: Any, form: str) -> None:
    client.put_object(Bucket=BUCKET, Key="a", Body=a_file(form))

    peaks = peaks_of("rec-1", AudioBucket(client, BUCKET).open(BUCKET, "a"))

    loud, silent = peaks.channels
    assert peaks.duration == pytest.approx(3.0, abs=0.2)
    assert 55 <= max(loud.high) <= 75
    assert max(silent.high) <= 2


def test_a_recording_in_another_bucket_is_not_read(client: Any) -> None:
    with pytest.raises(PermanentError, match="not in our bucket"):
        AudioBucket(client, BUCKET).open("other", "a")


def test_a_recording_that_was_deleted_is_given_up_on(client: Any) -> None:
    with pytest.raises(PermanentError, match="not there any more"):
        AudioBucket(client, BUCKET).open(BUCKET, "a")


def test_what_is_not_audio_is_given_up_on(client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key="a", Body=b"not audio")

    with pytest.raises(PermanentError, match="cannot be read"):
        AudioBucket(client, BUCKET).open(BUCKET, "a")


def test_a_bucket_that_does_not_answer_is_tried_again(client: Any) -> None:
    with pytest.raises(TransientError, match="NoSuchBucket"):
        AudioBucket(client, "missing").open("missing", "a").blocks(1)


def test_a_connection_that_breaks_is_no_end_of_the_audio() -> None:
    audio = a_file("WAV", seconds=200)

    def fetch(start: int, length: int) -> bytes:
        if start:
            raise TransientError("S3 has gone away")
        return audio[start : start + length]

    sound = Sound(StreamedFile(len(audio), fetch))

    with pytest.raises(TransientError, match="gone away"):
        list(sound.blocks(8000))


def test_a_long_recording_is_fetched_once_and_never_held_whole() -> None:
    audio = a_file("WAV", seconds=400)
    fetched: list[int] = []

    def fetch(start: int, length: int) -> bytes:
        fetched.append(start // BLOCK_BYTES)
        return audio[start : start + length]

    file = StreamedFile(len(audio), fetch)
    frames = sum(len(block) for block in Sound(file).blocks(8000))

    assert frames == 400 * 8000
    assert len(audio) > KEPT_BLOCKS * BLOCK_BYTES
    assert len(fetched) == len(set(fetched)) == -(-len(audio) // BLOCK_BYTES)
    assert len(file._blocks) <= KEPT_BLOCKS
