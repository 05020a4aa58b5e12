import json
from pathlib import Path

import pytest

from results.render.__main__ import main
from results.testing import a_mark, a_result_file, a_two_channel_file, a_word

A_CALL = a_two_channel_file(
    [a_word("Hello", 0.5), a_mark(",")], [a_word("Certainly", 6.2), a_mark(".")]
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "call.json"
    path.write_bytes(A_CALL)
    return path


def test_a_result_file_is_rendered_as_text(
    file: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    status = main([str(file)])

    assert status == 0
    assert capsysbinary.readouterr().out == (
        b" 0:00  Caller   Hello,\n"  # the layout of the exports
        b" 0:06  Callee   Certainly.\n"
    )


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("txt", b" 0:00"),
        ("json", b"{"),
        ("vtt", b"WEBVTT"),
        ("srt", b"1\n00:"),
        ("csv", b'\xef\xbb\xbf"start"'),
        ("docx", b"PK"),
        ("md", b"# "),
    ],
)
def test_every_format_can_be_asked_for(
    file: Path, form: str, begins: bytes, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    main([str(file), "--format", form])

    assert capsysbinary.readouterr().out.startswith(begins)


def test_a_job_of_ours_names_the_recording(
    file: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    main([str(file), "--format", "json"])

    said = json.loads(capsysbinary.readouterr().out)
    assert (said["recording_id"], said["conversation_id"]) == ("rec-1", None)


def test_the_parties_can_be_named(file: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    main([str(file), "--names", "Ann,Ben"])

    assert b"Ann   Hello," in capsysbinary.readouterr().out


def test_parties_without_a_given_name_keep_theirs(
    file: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    main([str(file), "--names", "Ann"])

    assert b"Callee   Certainly." in capsysbinary.readouterr().out


def test_speakers_can_be_named_too(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "mono.json"
    file.write_bytes(a_result_file([a_word("Hello", 0, speaker_label="spk_0")]))

    main([str(file), "--names", "Ann"])

    assert capsysbinary.readouterr().out == b" 0:00  Ann   Hello\n"


def test_a_transcript_of_ours_is_rendered_as_well(
    file: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    main([str(file), "--format", "json"])
    ours = tmp_path / "transcript.json"
    ours.write_bytes(capsysbinary.readouterr().out)

    main([str(ours), "--names", "Ann,Ben"])

    assert capsysbinary.readouterr().out == b" 0:00  Ann   Hello,\n 0:06  Ben   Certainly.\n"


def test_a_file_that_is_no_transcript_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "job.json"
    file.write_text('{"TranscriptionJob": {}}')

    status = main([str(file)])

    said = capsys.readouterr()
    assert status == 1
    assert said.out == ""
    assert said.err == (f"{file}: not a transcript of Amazon Transcribe: jobName: Field required\n")


def test_a_file_that_is_not_there_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["nowhere.json"])

    assert status == 1
    assert capsys.readouterr().err == "nowhere.json: No such file or directory\n"


@pytest.mark.parametrize(
    "wrong", [[], ["f", "--format", "pdf"], ["f", "--names", "Ann,,Ben"], ["f", "--nmes", "Ann"]]
)
def test_a_wrong_use_has_a_status_of_its_own(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)

    assert ended.value.code == 2
    assert "usage: python -m results.render" in capsys.readouterr().err
