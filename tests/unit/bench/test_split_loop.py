import json
from pathlib import Path

import pytest

from bench.file_s3 import FileS3
from bench.many_channels import make_recording
from bench.program import run
from bench.report import CannotMeasureError
from bench.split_loop import BUCKET, KEY
from bench.wav_source import serving
from callscribe.contracts import StoredRecording
from callscribe.names import description_key


def test_both_loops_split_and_tell_what_that_took(tmp_path: Path) -> None:
    FileS3.recording, FileS3.key = tmp_path / "call.wav", f"{BUCKET}/{KEY}"
    make_recording(FileS3.recording, 10)

    with serving(FileS3) as s3:
        said = [
            json.loads(
                run(
                    "bench.split_loop",
                    *(loop, str(FileS3.recording)),
                    environment={"AWS_ENDPOINT_URL_S3": f"http://{s3}"},
                )
            )
            for loop in ("ours", "bare")
        ]

    described = FileS3.beginnings[f"{BUCKET}/{description_key('split')}"]
    parts = StoredRecording.model_validate_json(described).parts
    assert len(parts) == 16
    assert {f"{BUCKET}/{part.key}": part.size for part in parts}.items() <= FileS3.sizes.items()
    assert all(run["seconds"] > 0 and run["peak"] > 20 for run in said)


def test_a_recording_that_is_not_there_cannot_be_measured() -> None:
    FileS3.key = "another"

    with serving(FileS3) as s3, pytest.raises(CannotMeasureError, match="404"):
        run("bench.split_loop", "ours", "", environment={"AWS_ENDPOINT_URL_S3": f"http://{s3}"})
