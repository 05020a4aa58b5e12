"""Puts the notifier together for AWS Lambda, which calls ``notifier.function.handler``."""

import logging
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from callscribe.aws import client
from callscribe.contracts import TranscribeJobChanged
from callscribe.errors import CallscribeError
from callscribe.settings import read
from callscribe.sqs import SqsPublisher
from callscribe.telemetry import bound, facts, log_to_stdout
from callscribe.transcribe import describe
from notifier.handler import handle
from notifier.settings import Settings

logger = logging.getLogger(__name__)


def handler(event: Mapping[str, Any], context: object) -> None:  # noqa: ARG001 - Lambda's signature
    """Handle one event of EventBridge; whatever is raised has Lambda try again, then dead-letter.

    :raises CallscribeError: if the event could not be passed on.
    :raises ValidationError: if it is not of a job of ours, which the rule should not let through.
    """
    notify = _notifier()
    changed = TranscribeJobChanged.model_validate(event)
    with bound(**changed.trace):
        try:
            notify(changed)
        except CallscribeError as error:
            # Lambda logs the error too, but without the recording that it is about.
            logger.warning("completion not passed on", extra=facts(reason=str(error)))
            raise


@cache
def _notifier() -> Callable[[TranscribeJobChanged], None]:
    """Read the settings and make the clients, once for each environment that Lambda starts."""
    settings = read(Settings)
    log_to_stdout("notifier", settings.log_level)
    return partial(
        handle,
        describe=partial(describe, client("transcribe")),
        completions=SqsPublisher(client("sqs"), settings.completions_queue_url),
    )
