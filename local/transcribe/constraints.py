"""Holds a request against Amazon Transcribe's service model, and words its faults as AWS does.

Source: botocore's copy of the service model for what is allowed; for the wording, errors of AWS
such as "1 validation error detected: Value '31' at 'settings.maxSpeakerLabels' failed to satisfy
constraint: Member must have value less than or equal to 30".
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape
from botocore.session import get_session

from local.transcribe.errors import BadRequestError, RefusedError

OPERATIONS: Final = (
    "StartTranscriptionJob",
    "GetTranscriptionJob",
    "ListTranscriptionJobs",
    "DeleteTranscriptionJob",
)
"""Those of its operations that the local Transcribe has."""

PYTHON_TYPES: Final[Mapping[str, type]] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "list": list,
    "map": dict,
    "structure": dict,
}

NULL: Final = "Value null at '{}' failed to satisfy constraint: Member must not be null"


@cache
def shape(name: str) -> StructureShape:
    """Give a structure of the service model by its name."""
    found = get_session().get_service_model("transcribe").shape_for(name)
    assert isinstance(found, StructureShape)  # noqa: S101 - only structures are asked for
    return found


def check(operation: str, request: Any) -> None:
    """Refuse a request that the service model does not allow.

    :raises RefusedError: with every fault that was found, in one text.
    """
    faults = list(_faults(shape(f"{operation}Request"), request, ""))
    if faults:
        noun = "error" if len(faults) == 1 else "errors"
        raise BadRequestError(f"{len(faults)} validation {noun} detected: {'; '.join(faults)}")


def _faults(expected: Shape, value: Any, path: str) -> Iterator[str]:
    if not _has_type(expected, value):
        raise RefusedError("SerializationException", f"{path or 'The body'} has the wrong type")
    yield from _own_faults(expected, value, path)
    if isinstance(expected, StructureShape):
        yield from _member_faults(expected, value, path)
    elif isinstance(expected, ListShape):
        for number, member in enumerate(value, start=1):
            yield from _faults(expected.member, member, f"{path}.{number}.member")
    elif isinstance(expected, MapShape):
        for key, member in value.items():
            yield from _faults(expected.key, key, f"{path}.key")
            yield from _faults(expected.value, member, f"{path}.{key}.member")


def _has_type(expected: Shape, value: Any) -> bool:
    # Not isinstance: to Python a boolean is an integer, too.
    return type(value) is PYTHON_TYPES[expected.type_name]


def _member_faults(expected: StructureShape, value: dict[str, Any], path: str) -> Iterator[str]:
    for name, member in expected.members.items():
        inner = f"{path}.{_lower(name)}" if path else _lower(name)
        if value.get(name) is not None:
            yield from _faults(member, value[name], inner)
        elif name in expected.required_members:
            yield NULL.format(inner)


def _own_faults(expected: Shape, value: Any, path: str) -> Iterator[str]:
    for constraint in _constraints_broken(expected, value):
        yield f"Value '{value}' at '{path}' failed to satisfy constraint: Member must {constraint}"


def _constraints_broken(expected: Shape, value: Any) -> Iterator[str]:
    least, most = expected.metadata.get("min"), expected.metadata.get("max")
    kind = "value" if expected.type_name == "integer" else "length"
    size = value if kind == "value" else len(value) if hasattr(value, "__len__") else 0
    if least is not None and size < least:
        yield f"have {kind} greater than or equal to {least}"
    if most is not None and size > most:
        yield f"have {kind} less than or equal to {most}"
    if isinstance(expected, StringShape) and expected.enum and value not in expected.enum:
        yield f"satisfy enum value set: [{', '.join(expected.enum)}]"
    pattern = expected.metadata.get("pattern")
    if pattern and not re.fullmatch(pattern, value):
        yield f"satisfy regular expression pattern: {pattern}"


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]
