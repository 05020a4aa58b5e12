import pytest

from local.transcribe.places import (
    Place,
    address,
    media_place,
    output_place,
    redacted,
    write_check,
)
from local.transcribe.testing import a_request

CALL = Place("audio", "2026/call 1.mp3")


@pytest.mark.parametrize(
    "uri",
    [
        "s3://audio/2026/call 1.mp3",
        "https://s3.eu-west-1.amazonaws.com/audio/2026/call%201.mp3",
        "https://audio.s3.eu-west-1.amazonaws.com/2026/call%201.mp3",
        "https://audio.s3.amazonaws.com/2026/call%201.mp3",
        "http://127.0.0.1:4566/audio/2026/call%201.mp3",
    ],
)
def test_a_media_uri_names_an_object_in_any_of_its_forms(uri: str) -> None:
    assert media_place(uri) == CALL


@pytest.mark.parametrize("uri", ["s3://audio", "s3://audio/", "https://s3.amazonaws.com/audio", ""])
def test_a_media_uri_without_an_object_names_none(uri: str) -> None:
    assert media_place(uri) is None


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("results/one.json", "results/one.json"),
        ("results", "results/callscribe-1.json"),
        (None, "callscribe-1.json"),
    ],
)
def test_an_output_key_is_a_folder_unless_it_ends_in_json(key: str | None, expected: str) -> None:
    assert output_place(a_request(OutputKey=key)) == Place("transcripts", expected)


def test_the_other_files_of_a_job_lie_beside_its_transcript() -> None:
    place = Place("transcripts", "results/one.json")

    assert redacted(place).key == "results/redacted-one.json"
    assert write_check(place).key == "results/.write_access_check_file.temp"


def test_a_transcript_has_an_address_in_the_form_of_aws() -> None:
    place = Place("transcripts", "results/one.json")

    assert address(place, "eu-west-1") == (
        "https://s3.eu-west-1.amazonaws.com/transcripts/results/one.json"
    )
