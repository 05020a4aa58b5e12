import io
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import numpy as np
import pytest
import soundfile

from callscribe.errors import PermanentError, TransientError
from recorder.audio.cut import cut
from recorder.audio.plan import FLAC_OVERHEAD, Piece
from recorder.audio.ranged import Ranges
from recorder.audio.sound import Samples, opened
from recorder.testing import HERTZ, noise, ranges, written


def cuttings(content: bytes, pieces: Sequence[Piece]) -> dict[Piece, bytes]:
    with opened(ranges(content)) as sound:
        return {piece: file.read() for piece, file in cut(sound, pieces)}


def samples_of(content: bytes) -> Samples:
    samples: Samples = soundfile.read(io.BytesIO(content), dtype="int32", always_2d=True)[0]
    return samples


@pytest.mark.parametrize(
    ("file_format", "subtype", "becomes"),
    [
        ("WAV", "PCM_16", "PCM_16"),
        ("WAV", "PCM_24", "PCM_24"),
        ("WAV", "ULAW", "PCM_16"),
        ("WAVEX", "PCM_16", "PCM_16"),
        ("RF64", "PCM_24", "PCM_24"),
        ("FLAC", "PCM_16", "PCM_16"),
        ("FLAC", "PCM_24", "PCM_24"),
    ],
)
def test_no_sample_is_changed(file_format: str, subtype: str, becomes: str) -> None:
    content = written(noise(channels=3, seconds=12), file_format, subtype)
    pieces = [Piece((0, 1), 0, 12 * HERTZ), Piece((2,), 0, 12 * HERTZ)]

    pair, single = cuttings(content, pieces).values()

    assert soundfile.info(io.BytesIO(pair)).subtype == becomes
    assert soundfile.info(io.BytesIO(pair)).format == "FLAC"
    np.testing.assert_array_equal(samples_of(pair), samples_of(content)[:, :2])
    np.testing.assert_array_equal(samples_of(single), samples_of(content)[:, 2:])


@pytest.mark.parametrize(
    ("file_format", "subtype", "steps"),
    [("WAV", "FLOAT", 2**8), ("WAV", "PCM_32", 2**8), ("OGG", "VORBIS", 2**16)],
)
def test_what_flac_cannot_hold_is_rounded(file_format: str, subtype: str, steps: int) -> None:
    content = written(noise(channels=3, seconds=3), file_format, subtype)

    [piece] = cuttings(content, [Piece((1, 2), 0, 3 * HERTZ)]).values()

    exact = soundfile.read(io.BytesIO(content), dtype="float64")[0][:, 1:] * 2**31
    assert np.abs(samples_of(piece) - exact).max() <= steps


def test_floats_beyond_the_scale_are_held_at_its_end() -> None:
    content = written(np.full((HERTZ, 3), 1.5), "WAV", "FLOAT")

    [piece] = cuttings(content, [Piece((0,), 0, HERTZ)]).values()

    assert samples_of(piece).min() > 0.99 * 2**31


def test_pieces_of_time_fit_together_to_the_sample() -> None:
    content = written(noise(channels=2, seconds=30), "WAV", "PCM_16")
    pieces = [Piece((0, 1), 0, 100_001), Piece((0, 1), 100_001, 300_007)]
    pieces += [Piece((0, 1), 300_007, 30 * HERTZ)]

    found = cuttings(content, pieces)

    assert list(found) == pieces
    joined = np.concatenate([samples_of(piece) for piece in found.values()])
    np.testing.assert_array_equal(joined, samples_of(content))


def test_pieces_that_are_not_wanted_are_left_out() -> None:
    content = written(noise(channels=2, seconds=3), "WAV", "PCM_16")
    wanted = Piece((1,), HERTZ, 2 * HERTZ)

    found = cuttings(content, [wanted])

    np.testing.assert_array_equal(
        samples_of(found[wanted])[:, 0], samples_of(content)[HERTZ : 2 * HERTZ, 1]
    )


def test_a_file_goes_away_before_the_next_piece_is_written() -> None:
    content = written(noise(channels=1, seconds=3), "WAV", "PCM_16")
    pieces = [Piece((0,), second * HERTZ, (second + 1) * HERTZ) for second in range(3)]

    with opened(ranges(content)) as sound:
        files = [file for _, file in cut(sound, pieces)]

    assert all(file.closed for file in files)


def test_noise_that_flac_cannot_compress_is_within_what_the_plan_counts_with() -> None:
    loudest = np.random.default_rng(3).uniform(-1, 1, (20 * HERTZ, 3))
    content = written(loudest, "WAV", "PCM_24")

    [piece] = cuttings(content, [Piece((0, 1), 0, 20 * HERTZ)]).values()

    assert 2 * 3 * 20 * HERTZ * 0.9 < len(piece) < 2 * 3 * 20 * HERTZ * FLAC_OVERHEAD


def test_the_same_piece_is_the_same_file() -> None:
    content = written(noise(channels=3, seconds=3), "WAV", "PCM_16")
    piece = Piece((0, 2), 0, 3 * HERTZ)

    assert cuttings(content, [piece]) == cuttings(content, [piece])


def test_a_recording_that_became_shorter_is_given_up_on() -> None:
    content = written(noise(channels=3, seconds=1), "WAV", "PCM_16")

    with pytest.raises(PermanentError, match="earlier than when it was measured"):
        cuttings(content, [Piece((0, 1), 0, 2 * HERTZ)])


def test_a_recording_that_cannot_be_read_further_now_is_cut_later() -> None:
    content = written(noise(channels=16, seconds=30), "WAV", "PCM_16")

    def fails_later(start: int, length: int) -> bytes:
        if start > 10_000_000:
            raise TransientError("S3 went away")
        return content[start : start + length]

    with (
        opened(Ranges(len(content), fails_later)) as sound,
        pytest.raises(TransientError, match="S3 went away"),
    ):
        list(cut(sound, [Piece((0, 1), 0, 30 * HERTZ)]))


def test_a_full_disk_is_waited_for() -> None:
    content = written(noise(channels=3, seconds=30), "WAV", "PCM_16")

    def full() -> IO[bytes]:
        return Path("/dev/full").open("r+b", buffering=0)

    with (
        opened(ranges(content)) as sound,
        pytest.raises(TransientError, match="could not be written to disk: is it full"),
    ):
        list(cut(sound, [Piece((0, 1), 0, 30 * HERTZ)], make_file=full))


def test_the_files_are_on_disk_and_have_no_name(tmp_path: Path) -> None:
    content = written(noise(channels=3, seconds=3), "WAV", "PCM_16")

    def here() -> IO[bytes]:
        return TemporaryFile(dir=tmp_path)

    with opened(ranges(content)) as sound:
        for _, file in cut(sound, [Piece((0, 1), 0, 3 * HERTZ)], make_file=here):
            assert file.read(4) == b"fLaC"
            assert list(tmp_path.iterdir()) == []
