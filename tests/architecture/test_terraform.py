"""Terraform, the settings, the contracts and the containers tell of the same things."""

import importlib
import json
import re
from pathlib import Path
from typing import Any

import hcl2
import pytest
from pydantic_settings import BaseSettings

from callscribe.job import CONVERSATION_TAG, CORRELATION_TAG, RECORDING_TAG
from callscribe.names import JOB_PREFIX, QueueName
from infra.package import PYTHON
from local.stack.resources import MAX_RECEIVE_COUNT, event_pattern, table_definition

ROOT = Path(__file__).parents[2]
TERRAFORM = ROOT / "infra/terraform"
RUNBOOKS = ROOT / "docs/runbooks"
COMPOSE = sorted(ROOT.glob("docker-compose*.yml"))

CALLED = {"web": "results-web"}
"""Programs that Terraform calls otherwise than their package."""


def understood(file: Path) -> dict[str, Any]:
    with file.open(encoding="utf-8") as text:
        return plain(hcl2.load(text))  # type: ignore[no-any-return] # plain keeps the shape


def plain(said: Any) -> Any:
    """Take the quotes off strings and leave out what the parser notes for itself."""
    if isinstance(said, dict):
        return {plain(name): plain(it) for name, it in said.items() if not name.startswith("__")}
    if isinstance(said, list):
        return [plain(it) for it in said]
    return said.strip('"') if isinstance(said, str) else said


def all_locals() -> dict[str, Any]:
    return {
        name: value
        for file in sorted(TERRAFORM.glob("*.tf"))
        for block in understood(file).get("locals", ())
        for name, value in block.items()
    }


def settings() -> dict[str, type[BaseSettings]]:
    """Every deployable's settings, by the program's name in Terraform."""
    found = {}
    for file in sorted(
        [*ROOT.glob("services/*/src/**/settings.py"), *ROOT.glob("lambda/*/src/**/settings.py")]
    ):
        module = ".".join(
            file.with_suffix("")
            .relative_to(file.parents[len(file.parts) - file.parts.index("src") - 2])
            .parts
        )
        package = file.parent.name.replace("_", "-")
        found[CALLED.get(package, package)] = importlib.import_module(module).Settings
    return found


LOCALS = all_locals()
SETTINGS = settings()
ENVIRONMENT: dict[str, dict[str, str]] = LOCALS["required_environment"]
PROGRAMS: dict[str, dict[str, Any]] = LOCALS["programs"]


def variables_of(program: str) -> set[str]:
    kind = SETTINGS[program]
    prefix = kind.model_config.get("env_prefix", "")
    return {prefix + name.upper() for name in kind.model_fields}


def required_of(program: str) -> set[str]:
    kind = SETTINGS[program]
    prefix = kind.model_config.get("env_prefix", "")
    return {prefix + name.upper() for name, it in kind.model_fields.items() if it.is_required()}


def secrets_of(program: str) -> set[str]:
    said = LOCALS["secret_environment"].get(program, {})
    return set(re.findall(r"[A-Z][A-Z_]+", str(said)))


def queues_in(program: str, place: str) -> set[str]:
    found = (
        re.fullmatch(rf'\$\{{local\.{place}\["([a-z-]+)"\]\}}', it)
        for it in ENVIRONMENT[program].values()
    )
    return {match[1] for match in found if match}


def listed(said: Any) -> set[str]:
    if isinstance(said, list):
        return set(said)
    return set(LOCALS[str(said).removeprefix("${local.").removesuffix("}")])


def test_terraform_makes_exactly_the_queues_that_the_code_names() -> None:
    assert set(LOCALS["queues"]) == set(QueueName)


def test_every_program_has_a_role_variables_and_settings() -> None:
    assert set(PROGRAMS) == set(ENVIRONMENT) == set(SETTINGS)


@pytest.mark.parametrize("program", SETTINGS)
def test_terraform_sets_every_variable_that_must_be_set(program: str) -> None:
    assert required_of(program) <= set(ENVIRONMENT[program]) | secrets_of(program)


@pytest.mark.parametrize("program", ENVIRONMENT)
def test_terraform_sets_only_variables_that_there_are(program: str) -> None:
    assert set(ENVIRONMENT[program]) | secrets_of(program) <= variables_of(program)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_may_write_the_queues_whose_addresses_it_has_and_no_others(program: str) -> None:
    rights = listed(PROGRAMS[program]["reads"]) | listed(PROGRAMS[program]["writes"])

    assert queues_in(program, "queue_urls") == rights


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_that_reads_a_queue_can_park_what_it_brings(program: str) -> None:
    assert listed(PROGRAMS[program]["reads"]) <= queues_in(program, "dead_letter_urls")


def test_each_queue_has_one_reader() -> None:
    read = [queue for program in PROGRAMS.values() for queue in listed(program["reads"])]

    assert sorted(read) == sorted(QueueName)


def test_every_program_but_the_function_runs_in_a_container() -> None:
    assert set(LOCALS["workers"]) | set(LOCALS["webs"]) == set(PROGRAMS) - {"notifier"}


def test_the_rule_is_that_of_the_laptop_but_for_who_speaks() -> None:
    pattern, ours = LOCALS["completion_pattern"], event_pattern()

    assert LOCALS["job_prefix"] == JOB_PREFIX
    assert pattern["detail-type"] == ours["detail-type"]
    assert pattern["detail"]["TranscriptionJobStatus"] == ours["detail"]["TranscriptionJobStatus"]
    assert pattern["detail"]["TranscriptionJobName"] == [{"prefix": "${local.job_prefix}"}]


def test_jobs_may_be_tagged_with_what_tags_them() -> None:
    assert LOCALS["job_tags"] == [RECORDING_TAG, CONVERSATION_TAG, CORRELATION_TAG]


def test_the_table_has_the_keys_of_the_laptop() -> None:
    [table] = [
        it["aws_dynamodb_table"]["calls"] for it in understood(TERRAFORM / "table.tf")["resource"]
    ]
    keys = table_definition()
    [index], [ours] = table["global_secondary_index"], keys["GlobalSecondaryIndexes"]

    assert [table["hash_key"], table["range_key"]] == [
        it["AttributeName"] for it in keys["KeySchema"]
    ]
    assert index["name"] == ours["IndexName"]
    assert [index["hash_key"], index["range_key"]] == [
        it["AttributeName"] for it in ours["KeySchema"]
    ]
    assert index["non_key_attributes"] == ours["Projection"]["NonKeyAttributes"]


def test_sqs_gives_up_as_late_as_on_the_laptop() -> None:
    said = understood(TERRAFORM / "modules/work_queue/variables.tf")["variable"]
    [attempts] = [it["attempts"]["default"] for it in said if "attempts" in it]

    assert attempts == MAX_RECEIVE_COUNT


def test_the_function_runs_on_the_python_that_its_package_is_for() -> None:
    said = understood(TERRAFORM / "modules/function/variables.tf")["variable"]
    [runtime] = [it["runtime"]["default"] for it in said if "runtime" in it]

    assert runtime == f"python{PYTHON}"


def test_a_container_stops_later_than_its_worker_drains() -> None:
    waits = [SETTINGS[it].model_fields for it in LOCALS["workers"]]
    longest = max(it["poll_wait"].default + it["drain"].default for it in waits)
    said = re.findall(r"\d+", str(LOCALS["worker_stop_seconds"]))

    assert sum(map(int, said)) > longest


def test_the_image_gives_the_volume_that_a_task_mounts_its_rights() -> None:
    task = (TERRAFORM / "modules/task/main.tf").read_text(encoding="utf-8")
    [mounted] = re.findall(r'containerPath = "([/a-z]+)"', task)

    assert f'VOLUME ["{mounted}"]' in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_a_task_asks_for_its_health_where_the_image_does() -> None:
    gateway = LOCALS["webs"]["webhook-gateway"]
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    assert f"http://127.0.0.1:{gateway['port']}{gateway['health']}" in dockerfile
    assert str(LOCALS["worker_health"]) in dockerfile


def test_every_alarm_has_a_page_and_every_page_an_alarm() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in TERRAFORM.rglob("*.tf"))

    named = set(re.findall(r"\$\{var\.runbooks\}/([a-z-]+\.md)", text))
    alarms = re.findall(r'alarm_description\s*=\s*"(.*)"', text)

    assert named == {page.name for page in RUNBOOKS.glob("*.md")}
    assert all(re.search(r"See \$\{var\.runbooks\}/[a-z-]+\.md\.$", alarm) for alarm in alarms)


def test_the_count_of_failures_looks_for_a_line_that_is_written() -> None:
    said = (TERRAFORM / "alarms.tf").read_text(encoding="utf-8")
    [event] = re.findall(r'\$\.event = \\"([a-z ]+)\\"', said)
    results = "".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "services/results").rglob("*.py")
    )

    assert f'"{event}"' in results


def test_the_recorded_event_of_aws_would_come_through_the_rule() -> None:
    recorded = json.loads(
        (ROOT / "tests/contract/messages/aws.transcribe.json").read_text(encoding="utf-8")
    )
    pattern = LOCALS["completion_pattern"]

    assert recorded["detail-type"] in pattern["detail-type"]
    assert (
        recorded["detail"]["TranscriptionJobStatus"] in pattern["detail"]["TranscriptionJobStatus"]
    )
    assert recorded["detail"]["TranscriptionJobName"].startswith(LOCALS["job_prefix"])


@pytest.mark.parametrize("file", COMPOSE, ids=lambda file: str(file.name))
def test_containers_are_told_only_variables_that_there_are(file: Path) -> None:
    prefixes = tuple(str(it.model_config.get("env_prefix")) for it in SETTINGS.values())
    known = set().union(*map(variables_of, SETTINGS))

    said = {
        name
        for name in re.findall(
            r"^\s+-?\s*([A-Z][A-Z0-9_]+)[:=]", file.read_text(encoding="utf-8"), re.MULTILINE
        )
        if name.startswith(prefixes)
    }

    assert said <= known
