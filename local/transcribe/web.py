"""The HTTP side: the AWS JSON 1.1 protocol, a health check, and the scenario of the moment.

Requests are not checked for their signature: whoever reaches the port may use it.
"""

from uuid import uuid4

from flask import Flask, Response, json, jsonify, request
from pydantic import ValidationError

from local.transcribe.errors import RefusedError
from local.transcribe.operations import Answer, Operations
from local.transcribe.scenario import Scenario, Stage

TARGET = "X-Amz-Target"
SERVICE = "Transcribe."
CONTENT_TYPE = "application/x-amz-json-1.1"


def create_app(operations: Operations, stage: Stage) -> Flask:
    """Put the web application together."""
    app = Flask("local.transcribe")

    @app.post("/")
    def serve() -> Response:
        try:
            answer = operations.serve(_operation(), _body())
        except RefusedError as error:
            return _response({"__type": error.code, "Message": error.text}, error.status)
        return _response(answer, 200)

    @app.get("/health")
    def health() -> Response:
        return jsonify(alive=True)

    _add_scenario(app, stage)
    return app


def _add_scenario(app: Flask, stage: Stage) -> None:
    @app.get("/local/scenario")
    def scenario() -> Response:
        return jsonify(stage.scenario.model_dump(mode="json"))

    @app.put("/local/scenario")
    def play() -> tuple[Response, int]:
        try:
            stage.play(Scenario.model_validate_json(request.get_data()))
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False, include_input=False)
            return jsonify(faults), 400
        return jsonify(stage.scenario.model_dump(mode="json")), 200


def _operation() -> str:
    target = request.headers.get(TARGET, "")
    if not target.startswith(SERVICE):
        raise RefusedError("UnknownOperationException")
    return target.removeprefix(SERVICE)


def _body() -> object:
    try:
        return json.loads(request.get_data() or b"{}")
    except ValueError:
        raise RefusedError("SerializationException", "The body is not JSON") from None


def _response(answer: Answer, status: int) -> Response:
    response = Response(json.dumps(answer), status, content_type=CONTENT_TYPE)
    response.headers["x-amzn-RequestId"] = str(uuid4())
    return response
