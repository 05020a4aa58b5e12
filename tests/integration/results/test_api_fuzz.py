"""The API answers whatever is thrown at it as its own document says."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.failures import FailureGroup

from results.ledger.testing import a_call
from tests.unit.results.web.desk import Desk, a_stopped_call

EXAMPLES = 20

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
"""The others are about who may come in, which has tests of its own."""

DESK = Desk()
KEY = DESK.key()
DOCUMENT = DESK.browser.get("/api/v1/openapi.json", headers=KEY).get_json()

KNOWN = {"call_id": ("CON-1", "CON-2"), "recording_id": ("rec-CON-1", "rec-2"), "suffix": ("md",)}
"""What leads somewhere: without these every path would end at 404."""


def operations(document: Any = DOCUMENT) -> Iterator[Any]:
    schema: Any = schemathesis.openapi.from_dict(document)
    schema.app = DESK.app
    for found in schema.get_all_operations():
        yield found.ok()


@pytest.mark.parametrize("operation", list(operations()), ids=lambda it: it.label)
def test_every_answer_is_as_documented_and_none_is_a_fault_of_ours(operation: Any) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def asks(case: Any) -> None:
        DESK.calls.calls = {call.call_id: call for call in (a_call(), a_stopped_call())}
        number = len(repr(case.path_parameters)) % 3
        for name, known in KNOWN.items():
            if name in (case.path_parameters or {}) and number < len(known):
                case.path_parameters[name] = known[number]

        answer = case.call(headers=KEY)

        case.validate_response(answer, checks=CHECKS)

    asks()


def test_the_fuzzer_would_notice_an_answer_that_is_not_documented() -> None:
    document = deepcopy(DOCUMENT)
    del document["paths"]["/api/v1/calls/{call_id}"]["get"]["responses"]["404"]
    labelled = {it.label: it for it in operations(document)}
    operation = labelled["GET /api/v1/calls/{call_id}"]
    case = operation.Case(path_parameters={"call_id": "CON-9"})

    answer = case.call(headers=KEY)

    with pytest.raises(FailureGroup, match="Undocumented status code"):
        case.validate_response(answer, checks=CHECKS)
