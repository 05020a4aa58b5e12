"""Writes the OpenAPI 3.1 document from the operations."""

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from results.web.api.operations import Answer, Operation
from results.web.problems import PROBLEM_JSON, Problem

PARAMETER: Final = re.compile(r"{(\w+)}")
REF: Final = "#/components/schemas/{model}"

DESCRIPTION: Final = """Every call that Callscribe has heard of, its transcripts and its audio.

Programs show a key as bearer token; `python -m results.web.keys add NAME` makes one. People who are
logged in may try it here: what changes something then needs the header `X-CSRFToken`."""

Json = dict[str, Any]


def document(operations: Sequence[Operation], prefix: str) -> Json:
    """Write the document of all operations, whose paths begin with ``prefix``."""
    schemas, definitions = _schemas(operations)
    paths: dict[str, Json] = {}
    for operation in operations:
        path = paths.setdefault(prefix + operation.path, {})
        path[operation.method.lower()] = _operation(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Callscribe", "version": "1", "description": DESCRIPTION},
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "callscribe"},
            },
        },
        "security": [{"key": []}, {"session": []}],
    }


Schemas = dict[tuple[str, str], Json]


def _schemas(operations: Iterable[Operation]) -> tuple[Schemas, Json]:
    """Describe every type once, by the operation and the place that use it."""
    inputs: list[tuple[tuple[str, str], JsonSchemaMode, TypeAdapter[Any]]] = [
        (("", "problem"), "serialization", TypeAdapter(Problem))
    ]
    for it in operations:
        if it.body is not None:
            inputs.append(((it.name, "body"), "validation", TypeAdapter(it.body)))
        for status, answer in it.answers.items():
            if answer.model is not None:
                key = (it.name, str(int(status)))
                inputs.append((key, "serialization", TypeAdapter(answer.model)))
    found, rest = TypeAdapter.json_schemas(inputs, ref_template=REF)
    schemas: Any = {key: schema for (key, _), schema in found.items()}
    return schemas, rest.get("$defs", {})


def _operation(it: Operation, schemas: Schemas) -> Json:
    summary, description = it.words
    said: Json = {
        "operationId": it.name,
        "summary": summary,
        "parameters": [*_path_parameters(it), *_query_parameters(it)],
        "responses": {
            **{
                str(int(status)): _answer(it, status, a, schemas)
                for status, a in it.answers.items()
            },
            **{str(status): _problem(status, schemas) for status in _problems(it)},
        },
    }
    if description:
        said["description"] = description
    if it.body is not None:
        content = {"application/json": {"schema": schemas[it.name, "body"]}}
        said["requestBody"] = {"required": True, "content": content}
    if it.is_open:
        said["security"] = []
    return said


def _problems(it: Operation) -> list[int]:
    """List how an operation may fail, by what it takes."""
    found = set(it.problems)
    if not it.is_open:
        found |= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.SERVICE_UNAVAILABLE}
    if it.query is not None or it.body is not None:
        found |= {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}
    if it.body is not None:
        found |= {HTTPStatus.UNSUPPORTED_MEDIA_TYPE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
    if PARAMETER.search(it.path):
        found.add(HTTPStatus.NOT_FOUND)
    return sorted(int(status) for status in found)


def _answer(it: Operation, status: int, answer: Answer, schemas: Schemas) -> Json:
    said: Json = {"description": answer.description}
    schema = schemas.get((it.name, str(int(status))))
    if answer.model is not None or answer.media_types != ("application/json",):
        said["content"] = {
            kind: {"schema": schema if kind == "application/json" and schema else {}}
            for kind in answer.media_types
        }
    if answer.headers:
        said["headers"] = {
            name: {"description": text, "schema": {"type": "string"}}
            for name, text in answer.headers.items()
        }
    return said


def _problem(status: int, schemas: Schemas) -> Json:
    return {
        "description": HTTPStatus(status).phrase,
        "content": {PROBLEM_JSON: {"schema": schemas["", "problem"]}},
    }


def _path_parameters(it: Operation) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in PARAMETER.findall(it.path)
    ]


def _query_parameters(it: Operation) -> list[Json]:
    if it.query is None:
        return []
    schema = it.query.model_json_schema()
    required = schema.get("required", ())
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": said.get("description", ""),
            "schema": _plain(said, schema.get("$defs", {})),
        }
        for name, said in schema.get("properties", {}).items()
    ]


def _plain(said: Json, definitions: Json) -> Json:
    """Write a parameter's type without null, which a query cannot say, and without references."""
    kinds = [kind for kind in said.get("anyOf", [said]) if kind.get("type") != "null"]
    found = kinds[0]
    if "$ref" in found:
        found = definitions[found["$ref"].rpartition("/")[2]]
    return {name: it for name, it in found.items() if name not in ("title", "description")}
