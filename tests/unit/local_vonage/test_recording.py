from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from local.vonage.audio import probe
from local.vonage.ncco import PlannedRecording
from local.vonage.recording import record, record_ringing
from local.vonage.testing import a_plan, a_record, an_audio_file


def asked(**changes: Any) -> PlannedRecording:
    return a_plan(a_record(**changes)).recordings[0]


@pytest.mark.parametrize("media_format", ["mp3", "wav", "ogg"])
def test_a_file_that_is_what_was_asked_for_is_served_byte_for_byte(
    media_format: str, tmp_path: Path
) -> None:
    path = an_audio_file(tmp_path / f"call.{media_format}", sample_rate=16_000)

    recorded = record(probe(path), asked(format=media_format), tmp_path / "target")

    assert recorded.path == path
    assert recorded.size == path.stat().st_size


def test_another_format_is_made_of_it(tmp_path: Path) -> None:
    path = an_audio_file(tmp_path / "call.wav")

    recorded = record(probe(path), asked(format="mp3"), tmp_path / "target")

    assert recorded.path == tmp_path / "target"
    assert probe(recorded.path).media_format == recorded.media_format == "mp3"
    assert recorded.size == recorded.path.stat().st_size


def test_a_split_file_is_mixed_if_nobody_asked_to_split(tmp_path: Path) -> None:
    path = an_audio_file(tmp_path / "call.wav", channels=2)

    recorded = record(probe(path), asked(format="wav", split=None), tmp_path / "target")

    assert probe(recorded.path).channels == 1


def test_everybody_has_a_channel_and_whoever_is_too_many_shares_the_last(tmp_path: Path) -> None:
    quiet = np.arange(1, 35, dtype=np.float32) / 200
    path = tmp_path / "call.wav"
    soundfile.write(path, np.tile(quiet, (16_000, 1)), 16_000)

    recorded = record(probe(path), asked(channels=32), tmp_path / "target")

    samples, _ = soundfile.read(recorded.path)
    middle = samples[len(samples) // 2]
    assert recorded.media_format == "wav"
    assert middle.shape == (32,)
    assert middle[:31] == pytest.approx(quiet[:31], abs=0.01)
    assert middle[31] == pytest.approx(quiet[31:].sum(), abs=0.01)


def test_a_leg_that_the_file_has_no_channel_for_is_silent(tmp_path: Path) -> None:
    path = an_audio_file(tmp_path / "call.wav", channels=2)

    recorded = record(probe(path), asked(channels=5), tmp_path / "target")

    samples, _ = soundfile.read(recorded.path)
    assert samples.shape[1] == 5
    assert not samples[:, 2:].any()
    assert samples[:, :2].any()


def test_a_file_of_one_channel_stays_as_it_is(tmp_path: Path) -> None:
    path = an_audio_file(tmp_path / "call.wav", channels=1)

    recorded = record(probe(path), asked(format="wav", channels=2), tmp_path / "target")

    assert recorded.path == path


def test_a_recording_ends_at_its_time_out(tmp_path: Path) -> None:
    path = an_audio_file(tmp_path / "call.wav", seconds=5)

    recorded = record(probe(path), asked(format="wav", timeOut=3), tmp_path / "target")

    assert recorded.length == timedelta(seconds=3)
    assert probe(recorded.path).length == timedelta(seconds=3)


def test_a_time_out_that_is_not_reached_changes_nothing(tmp_path: Path) -> None:
    path = an_audio_file(tmp_path / "call.wav", seconds=2)

    recorded = record(probe(path), asked(format="wav", timeOut=3), tmp_path / "target")

    assert recorded.path == path


def test_ringing_is_recorded_in_all_the_channels_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "target"

    recorded = record_ringing(asked(channels=3), target, length=timedelta(seconds=2))

    assert (recorded.media_format, probe(target).channels) == ("wav", 3)
    assert recorded.length == timedelta(seconds=2)
