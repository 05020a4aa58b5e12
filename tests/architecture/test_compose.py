"""docker-compose.yml sets what there is to set, by the names that Terraform gives."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic_settings import BaseSettings

import local.transcribe.settings
import local.vonage.settings
import recorder.settings
import results.notify.settings
import results.settings
import results.web.settings
import transcriber.settings
import webhook_gateway.settings
from callscribe.names import QueueName, dead_letter_name
from callscribe.settings import WorkerSettings
from local.stack.resources import AUDIO_BUCKET, CALLS_TABLE, TRANSCRIPTS_BUCKET, queue_name

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]

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
WORKERS = ["recorder", "transcriber", "results", "notify"]
OURS = ["webhook-gateway", "web", *WORKERS]


def variables(service: str) -> dict[str, str]:
    return {name: str(value) for name, value in SERVICES[service]["environment"].items()}


def own_variables(service: str) -> dict[str, str]:
    prefix = SETTINGS[service].model_config.get("env_prefix", "")
    return {
        name.removeprefix(prefix).lower(): value
        for name, value in variables(service).items()
        if name.startswith(prefix)
    }


@pytest.mark.parametrize("service", SETTINGS)
def test_compose_sets_only_variables_that_there_are(service: str) -> None:
    assert set(own_variables(service)) <= set(SETTINGS[service].model_fields)


@pytest.mark.parametrize("service", SETTINGS)
def test_compose_sets_every_variable_that_must_be_set(service: str) -> None:
    fields = SETTINGS[service].model_fields

    required = {name for name, field in fields.items() if field.is_required()}

    assert required <= set(own_variables(service))


@pytest.mark.parametrize("service", OURS)
def test_every_queue_that_compose_names_is_one_of_terraforms(service: str) -> None:
    made = {queue_name(queue) for queue in QueueName}
    made |= {dead_letter_name(name) for name in made}

    named = {
        value.rpartition("/")[2]
        for name, value in own_variables(service).items()
        if name.endswith(("queue_url", "dead_letter_url", "parked_url"))
    }

    assert named
    assert named <= made


def test_each_queue_has_one_reader_and_its_own_dead_letter_queue() -> None:
    read = {
        variables(service)[name].rpartition("/")[2]: value.rpartition("/")[2]
        for service in WORKERS
        for name, value in variables(service).items()
        for name in [name.replace("DEAD_LETTER_URL", "QUEUE_URL")]
        if "-dead-letter" in value
    }

    assert read == {queue_name(q): dead_letter_name(queue_name(q)) for q in QueueName}


def test_buckets_and_table_are_terraforms() -> None:
    named = {
        value
        for service in OURS
        for name, value in own_variables(service).items()
        if name.endswith(("_bucket", "_table"))
    }

    assert named == {AUDIO_BUCKET, TRANSCRIPTS_BUCKET, CALLS_TABLE}


@pytest.mark.parametrize("service", WORKERS)
def test_a_worker_has_time_to_end_its_poll_and_to_drain(service: str) -> None:
    said = own_variables(service)
    drain = WorkerSettings.model_fields["drain"].default

    needed = float(said["poll_wait"]) + float(said.get("drain", drain))

    assert float(SERVICES[service]["stop_grace_period"].removesuffix("s")) > needed


@pytest.mark.parametrize("service", [*OURS, "vonage", "transcribe", "ministack"])
def test_what_is_ours_runs_confined(service: str) -> None:
    said = SERVICES[service]

    assert said["read_only"]
    assert said["cap_drop"] == ["ALL"]
    assert said["security_opt"] == ["no-new-privileges:true"]


def test_nothing_can_be_reached_from_another_machine() -> None:
    published = [port for said in SERVICES.values() for port in said.get("ports", [])]

    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_the_recorder_trusts_the_local_vonage_and_nobody_else_in_the_clear() -> None:
    vonage = own_variables("vonage")

    assert own_variables("recorder")["insecure_hosts"] == f"vonage:{vonage['port']}"
    assert vonage["public_url"] == f"http://vonage:{vonage['port']}"


def test_vonage_and_the_services_know_the_same_application() -> None:
    vonage, gateway = own_variables("vonage"), own_variables("webhook-gateway")

    assert gateway["application_id"] == vonage["application_id"]
    assert own_variables("recorder")["application_id"] == vonage["application_id"]
    assert gateway["signature_secrets"] == vonage["signature_secret"]
    assert gateway["api_key"] == vonage["api_key"]
    assert own_variables("recorder")["private_key_path"] == vonage["private_key_path"]
