"""Asks SQS for several messages at once, and again for those it did not take."""

from collections.abc import Callable, Sequence
from typing import Final

from callscribe.sqs import Received, Refused
from callscribe.telemetry import Counters, Metric

PAUSES: Final = (0.1, 0.2, 0.4)
"""Seconds before each further try; botocore has waited longer than that if nobody answered."""

Ask = Callable[[Sequence[Received]], list[Refused]]
"""A batch call, which gives back what SQS refused."""

Pause = Callable[[float], object]
"""Waits for so many seconds, as ``time.sleep`` does."""


def insist(
    ask: Ask, messages: Sequence[Received], *, counters: Counters, pause: Pause
) -> list[Refused]:
    """Ask for up to ten messages until SQS took or refused each; give back those it did not take.

    Asking again for an entry that is the sender's fault cannot help, so that is done once.
    """
    refused = _ask(ask, messages)
    for seconds in PAUSES:
        again = [entry.message for entry in refused if not entry.sender_fault]
        if not again:
            break
        counters.add(Metric.ENTRIES_RETRIED, len(again))
        pause(seconds)
        refused = [entry for entry in refused if entry.sender_fault] + _ask(ask, again)
    return refused


def _ask(ask: Ask, messages: Sequence[Received]) -> list[Refused]:
    try:
        return ask(messages)
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody answered
        code = type(error).__name__
        return [Refused(message, code, sender_fault=False) for message in messages]
