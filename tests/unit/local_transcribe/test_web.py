from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from local.transcribe.jobs import Jobs
from local.transcribe.operations import Operations
from local.transcribe.places import Place
from local.transcribe.scenario import Scenario, Stage
from local.transcribe.testing import NOON, FakeS3, a_request
from local.transcribe.web import create_app


def a_client(scenario: Scenario | None = None) -> FlaskClient:
    stage = Stage(scenario or Scenario())
    operations = Operations(
        Jobs(concurrent=250),
        stage,
        FakeS3({Place("audio", "call.mp3"): b"sound"}),
        begin=lambda _: None,
        account="000000000000",
        region="eu-west-1",
        now=lambda: NOON,
    )
    return create_app(operations, stage).test_client()


def send(client: FlaskClient, operation: str, **body: Any) -> TestResponse:
    return client.post("/", headers={"X-Amz-Target": operation}, **body)


def test_an_operation_is_chosen_by_its_target() -> None:
    response = send(a_client(), "Transcribe.StartTranscriptionJob", json=a_request())

    assert response.status_code == 200
    assert response.content_type == "application/x-amz-json-1.1"
    assert response.headers["x-amzn-RequestId"]
    assert response.get_json(force=True)["TranscriptionJob"]["CreationTime"] == NOON.timestamp()


def test_an_error_has_the_form_of_the_protocol() -> None:
    response = send(
        a_client(), "Transcribe.GetTranscriptionJob", json={"TranscriptionJobName": "callscribe-1"}
    )

    assert response.status_code == 400
    assert response.get_json(force=True) == {
        "__type": "BadRequestException",
        "Message": "The requested job couldn't be found. Check the job name and try your request "
        "again.",
    }


def test_an_internal_failure_is_the_fault_of_the_server() -> None:
    client = a_client(Scenario(internal_failures=1))

    response = send(client, "Transcribe.ListTranscriptionJobs", json={})

    assert response.status_code == 500


@pytest.mark.parametrize("target", ["", "Transcribe", "Comprehend.DetectEntities"])
def test_a_target_of_another_service_is_unknown(target: str) -> None:
    response = send(a_client(), target, json={})

    assert response.status_code == 400
    assert response.get_json(force=True)["__type"] == "UnknownOperationException"


@pytest.mark.parametrize("data", [b"{", b"\xff", b"null"])
def test_a_body_that_is_no_request_cannot_be_read(data: bytes) -> None:
    response = send(a_client(), "Transcribe.ListTranscriptionJobs", data=data)

    assert response.status_code == 400
    assert response.get_json(force=True)["__type"] == "SerializationException"


def test_an_empty_body_is_an_empty_request() -> None:
    response = send(a_client(), "Transcribe.ListTranscriptionJobs")

    assert response.get_json(force=True) == {"TranscriptionJobSummaries": []}


def test_the_health_check_answers() -> None:
    assert a_client().get("/health").status_code == 200


def test_the_scenario_is_changed_and_read_over_the_wire() -> None:
    client = a_client()

    changed = client.put("/local/scenario", json={"event_lost": True, "era": "A", "slow": 2})
    read = client.get("/local/scenario")

    assert changed.status_code == 200
    assert read.get_json() == changed.get_json()
    assert read.get_json()["era"] == "A"
    assert read.get_json()["slow"] == 2


@pytest.mark.parametrize("wish", [{"event_lots": True}, {"era": "D"}, {"slow": -1}, []])
def test_a_scenario_that_does_not_exist_is_refused_and_changes_nothing(wish: Any) -> None:
    client = a_client(Scenario(event_lost=True))

    refused = client.put("/local/scenario", json=wish)

    assert refused.status_code == 400
    assert client.get("/local/scenario").get_json()["event_lost"] is True
