"""Says in plain words why a file is refused."""

from pydantic import ValidationError


def first_fault(error: ValidationError) -> str:
    """Say where a file is first not as it must be, and why; nothing of the file is repeated."""
    fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in fault["loc"]) or "file"
    return f"{where}: {fault['msg']}"
