from pathlib import Path

import pytest

from local.demo.parties import WrongNumberError, how_many, overrides
from local.vonage.testing import an_audio_file
from webhook_gateway.settings import Settings
from webhook_gateway.testing import some_settings


def gateway(count: int) -> Settings:
    return some_settings(parties=overrides(count)["webhook-gateway"]["WEBHOOK_GATEWAY_PARTIES"])


def test_without_a_word_two_are_on_a_call() -> None:
    assert how_many("", None) == 2


@pytest.mark.parametrize(("asked", "count"), [("1", 1), ("5", 5), ("32", 32), ("05", 5)])
def test_as_many_are_on_a_call_as_are_asked_for(asked: str, count: int) -> None:
    assert how_many(asked, None) == count


@pytest.mark.parametrize(("channels", "count"), [(1, 2), (2, 2), (6, 6), (32, 32), (40, 32)])
def test_a_file_has_somebody_on_each_of_its_channels(
    channels: int, count: int, tmp_path: Path
) -> None:
    path = an_audio_file(tmp_path / "call.wav", channels=channels)

    assert how_many("", path) == count


def test_what_is_asked_for_counts_more_than_the_file(tmp_path: Path) -> None:
    path = an_audio_file(tmp_path / "call.wav", channels=6)

    assert how_many("3", path) == 3


def test_what_is_no_audio_is_left_to_the_phone_to_refuse(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    path.write_text("not audio", encoding="utf-8")

    assert how_many("", path) == 2


@pytest.mark.parametrize("asked", ["0", "33", "abc", "-1", "2.5", "\u00b2", "9" * 30])
def test_a_number_that_vonage_does_not_record_is_refused_in_plain_words(asked: str) -> None:
    with pytest.raises(WrongNumberError, match="PARTIES must be a whole number from 1 to 32"):
        how_many(asked, None)


@pytest.mark.parametrize("count", [1, 2, 3, 32])
def test_the_gateway_connects_everybody_but_the_caller(count: int) -> None:
    parties = gateway(count).parties

    assert len(set(parties)) == count - 1
    assert "447700900123" not in parties


def test_only_a_call_with_many_legs_is_told_quickly() -> None:
    assert "LOCAL_VONAGE_PACE" not in overrides(5)["vonage"]
    assert "LOCAL_VONAGE_PACE" in overrides(6)["vonage"]
