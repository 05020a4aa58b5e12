import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from local.vonage.ensemble import MOST, SENTENCES, conversation, lay_out

HERTZ = 16_000


@pytest.fixture(scope="module")
def script() -> list[dict[str, Any]]:
    said: dict[str, Any] = json.loads(SENTENCES.with_suffix(".json").read_text(encoding="utf-8"))
    return list(said["lines"])


def sounding(call: Any, channel: int) -> tuple[int, int]:
    """When a channel is heard first and last, in samples."""
    heard = np.flatnonzero(np.abs(call[:, channel]) > 300)
    return int(heard[0]), int(heard[-1])


@pytest.mark.parametrize("parties", [1, 3, 5, 32])
def test_everybody_is_heard_on_a_channel_of_its_own_and_at_its_time(
    parties: int, tmp_path: Path, script: list[dict[str, Any]]
) -> None:
    call, hertz = soundfile.read(lay_out(parties, tmp_path / "call.wav"), dtype="int16")

    call = call.reshape(len(call), -1)
    assert (hertz, call.shape[1]) == (HERTZ, parties)
    for line in conversation(parties, script):
        first, last = sounding(call, line.channel)
        assert line.at <= first
        assert last < line.end


def test_what_is_laid_out_is_the_sentence_to_the_sample(
    tmp_path: Path, script: list[dict[str, Any]]
) -> None:
    call, _ = soundfile.read(lay_out(4, tmp_path / "call.wav"), dtype="int16")

    sentences, _ = soundfile.read(SENTENCES, dtype="int16")
    for line in conversation(4, script):
        said = call[line.at : line.end, line.channel]
        assert np.array_equal(said, sentences[line.first : line.last])


def test_some_speak_before_the_one_before_them_has_ended(script: list[dict[str, Any]]) -> None:
    lines = conversation(MOST, script)

    early = [late.channel for first, late in pairwise(lines) if late.at < first.end]

    assert early == [3, 7, 11, 15, 19, 23, 27, 31]


def test_nobody_speaks_twice_and_everybody_joins_in_turn(script: list[dict[str, Any]]) -> None:
    lines = conversation(MOST, script)

    assert [line.channel for line in lines] == list(range(32))
    assert [line.at for line in lines] == sorted(line.at for line in lines)
