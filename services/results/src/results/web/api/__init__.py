"""The JSON API, and the document that describes it."""

from http import HTTPStatus
from importlib.resources import files
from typing import Any, Final

from flask import Blueprint, Response, jsonify, render_template, send_from_directory

from results.web.access import open_to_all
from results.web.api.calls import call_operations
from results.web.api.document import document
from results.web.api.media import media_operations
from results.web.api.operations import Answer, Operation, as_json
from results.web.api.outputs import Health
from results.web.services import Services

PREFIX: Final = "/api/v1"

SWAGGER: Final = str(files("flask_openapi3_swagger") / "templates" / "swagger")
"""Swagger UI's own files, so that nothing is loaded from another host."""


def operations_of(services: Services) -> list[Operation]:
    """Give every operation of the API."""

    def get_health() -> Response:
        """Tell whether the service can answer; open to everybody."""
        if services.reachable():
            return as_json(Health("ok"), Health)
        return as_json(Health("unreachable"), Health, HTTPStatus.SERVICE_UNAVAILABLE)

    health = Operation(
        "GET",
        "/health",
        get_health,
        {
            HTTPStatus.OK: Answer("It can", Health),
            HTTPStatus.SERVICE_UNAVAILABLE: Answer("DynamoDB is out of reach", Health),
        },
        is_open=True,
    )
    return [health, *call_operations(services.calls), *media_operations(services)]


def blueprint_of(services: Services) -> Blueprint:
    """Make the blueprint of the API."""
    api = Blueprint(
        "api",
        __name__,
        url_prefix=PREFIX,
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    operations = operations_of(services)
    for it in operations:
        view = _view(it)
        api.add_url_rule(it.rule(), it.name, view, methods=[it.method])
    said = document(operations, PREFIX)
    api.add_url_rule("/openapi.json", "document", lambda: jsonify(said))
    api.add_url_rule("/docs", "docs", lambda: render_template("docs.html"))
    api.add_url_rule("/docs/<path:name>", "swagger", _swagger)
    return api


def _view(it: Operation) -> Any:
    def view(**path: str) -> Response:
        return it(**path)

    return open_to_all(view) if it.is_open else view


def _swagger(name: str) -> Response:
    return send_from_directory(SWAGGER, name, max_age=3600)
