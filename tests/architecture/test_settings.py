"""What a program may set, what the local stack sets, and what its README says are the same."""

import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

import local.transcribe.settings
import local.vonage.settings
import notifier.settings
import recorder.settings
import results.notify.settings
import results.settings
import results.web.settings
import transcriber.settings
import webhook_gateway.settings
from callscribe.names import QueueName
from local.stack.environment import Places, environment_of
from local.stack.resources import Resources, queue_name

ROOT = Path(__file__).parents[2]

SETTINGS: dict[str, type[BaseSettings]] = {
    "webhook-gateway": webhook_gateway.settings.Settings,
    "recorder": recorder.settings.Settings,
    "transcriber": transcriber.settings.Settings,
    "results": results.settings.Settings,
    "notify": results.notify.settings.Settings,
    "web": results.web.settings.Settings,
    "vonage": local.vonage.settings.Settings,
    "transcribe": local.transcribe.settings.Settings,
}
READMES: dict[str, type[BaseSettings]] = {
    "services/webhook-gateway": webhook_gateway.settings.Settings,
    "services/recorder": recorder.settings.Settings,
    "services/transcriber": transcriber.settings.Settings,
    "services/results": results.settings.Settings,
    "services/results/src/results/notify": results.notify.settings.Settings,
    "services/results/src/results/web": results.web.settings.Settings,
    "lambda/notifier": notifier.settings.Settings,
}
HEADINGS = ["In", "Out", "Settings", "What can go wrong"]


def prefix_of(settings: type[BaseSettings]) -> str:
    return settings.model_config.get("env_prefix", "")


def variables_of(settings: type[BaseSettings]) -> set[str]:
    return {prefix_of(settings) + name.upper() for name in settings.model_fields}


def required_of(settings: type[BaseSettings]) -> set[str]:
    return {
        prefix_of(settings) + name.upper()
        for name, field in settings.model_fields.items()
        if field.is_required()
    }


def set_by_the_stack(program: str) -> dict[str, str]:
    resources = Resources(
        queue_urls={queue: f"http://sqs/{queue_name(queue)}" for queue in QueueName},
        dead_letter_urls={queue: f"http://sqs/{queue}-dead-letter" for queue in QueueName},
    )
    places = Places(
        aws="http://127.0.0.1:1",
        ports=dict.fromkeys(SETTINGS, 2),
        folder=Path("folder"),
        application_id="application",
        signature_secret="secret",
    )
    return environment_of(program, places, resources)


@pytest.mark.parametrize("program", SETTINGS)
def test_the_stack_sets_only_variables_that_there_are(program: str) -> None:
    settings = SETTINGS[program]

    ours = {name for name in set_by_the_stack(program) if name.startswith(prefix_of(settings))}

    assert ours <= variables_of(settings)


@pytest.mark.parametrize("program", SETTINGS)
def test_the_stack_sets_every_variable_that_must_be_set(program: str) -> None:
    assert required_of(SETTINGS[program]) <= set(set_by_the_stack(program))


def test_each_queue_has_one_reader() -> None:
    readers = [
        url.removesuffix("-dead-letter")
        for program in SETTINGS
        for name, url in set_by_the_stack(program).items()
        if name.endswith("DEAD_LETTER_URL")
    ]

    assert sorted(readers) == sorted(f"http://sqs/{queue}" for queue in QueueName)


@pytest.mark.parametrize("place", READMES)
def test_a_readme_lists_exactly_the_variables_there_are(place: str) -> None:
    settings = READMES[place]
    text = (ROOT / place / "README.md").read_text(encoding="utf-8")
    table = text.partition("## Settings")[2].partition("\n## ")[0]
    rows = "\n".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))

    listed = set(re.findall(rf"`({prefix_of(settings)}[A-Z0-9_]+)`", rows))

    assert listed == variables_of(settings)


@pytest.mark.parametrize("place", READMES)
def test_every_readme_has_the_same_four_headings(place: str) -> None:
    text = (ROOT / place / "README.md").read_text(encoding="utf-8")

    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == HEADINGS
