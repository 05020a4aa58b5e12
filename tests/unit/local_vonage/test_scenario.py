from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from local.vonage.scenario import Scenario

README = Path(__file__).parents[3] / "local" / "vonage" / "README.md"


def test_nothing_goes_wrong_by_default() -> None:
    harmless = {"retry_after"}

    switched_on = {name for name, value in Scenario() if value and name not in harmless}

    assert switched_on == set()


@pytest.mark.parametrize(
    "wrong",
    [{"event_twice": True}, {"events_twice": "yes"}, {"not_ready": -1}, {"slow": 0}],
)
def test_a_switch_that_does_not_exist_or_fit_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Scenario.model_validate(wrong)


@pytest.mark.parametrize("switch", Scenario.model_fields)
def test_every_switch_is_in_the_readme_in_the_same_words(switch: str) -> None:
    field = Scenario.model_fields[switch]

    row = f"| `{switch}` | {field.description} |"

    assert row in README.read_text("utf-8")
