"""Says what a failure of Amazon DynamoDB means."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.errors import PermanentError, TransientError

UNMET: Final = "ConditionalCheckFailedException"
REFUSED: Final = "ValidationException"
"""The item itself is wrong: in practice over the 400 KB that an item may have."""


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn the errors of boto3 into ours.

    :raises TransientError: if DynamoDB cannot do it now.
    :raises PermanentError: if it refuses the item.
    """
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code == REFUSED:
            raise PermanentError("DynamoDB refused the item; it may be too big") from error
        raise TransientError(f"DynamoDB could not answer: {code}") from error
    except BotoCoreError as error:
        raise TransientError(f"DynamoDB was not reached: {type(error).__name__}") from error


def refused_by_condition(write: Callable[[], Any]) -> bool:
    """Write, and tell whether the write's condition was not met."""
    try:
        write()
    except ClientError as error:
        if error.response["Error"]["Code"] != UNMET:
            raise
        return True
    return False
