"""Binds a view to what is written of it: document and checks come from one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from inspect import getdoc
from typing import Any, Final

from flask import Response, request
from pydantic import BaseModel, TypeAdapter
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

JSON: Final = "application/json"

View = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation may answer: in words, of what type, and as which media types."""

    description: str
    model: Any = None
    media_types: tuple[str, ...] = (JSON,)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path; ``path`` has its parameters in braces, as OpenAPI does."""

    method: str
    path: str
    view: View
    answers: Mapping[HTTPStatus, Answer]
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    problems: tuple[int, ...] = ()
    is_open: bool = False

    @property
    def name(self) -> str:
        """The operation's id."""
        return self.view.__name__.strip("_")

    @property
    def words(self) -> tuple[str, str]:
        """The first line of what is said of the view, and the rest."""
        first, _, rest = (getdoc(self.view) or "").partition("\n\n")
        return first, rest

    def rule(self) -> str:
        """Write the path as Flask does."""
        return self.path.replace("{", "<").replace("}", ">")

    def __call__(self, **path: str) -> Response:
        """Check what came, and answer."""
        given: dict[str, Any] = dict(path)
        if self.query is not None:
            given["query"] = self.query.model_validate(_query())
        if self.body is not None:
            given["body"] = self.body.model_validate(_body())
        return self.view(**given)


def _query() -> dict[str, str]:
    for name, values in request.args.lists():
        if len(values) > 1:
            raise BadRequest(f"{name} is given more than once")
    return request.args.to_dict()


def _body() -> Any:
    if request.mimetype != JSON:
        raise UnsupportedMediaType(f"the body must be {JSON}")
    return request.get_json()


def as_json(said: Any, kind: Any, status: int = HTTPStatus.OK) -> Response:
    """Answer with a value in JSON."""
    return Response(TypeAdapter(kind).dump_json(said), status, mimetype=JSON)
