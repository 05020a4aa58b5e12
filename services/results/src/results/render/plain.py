"""Makes text fit on a line of any format."""

import re
from typing import Final

_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
"""Characters that end a line, steer a terminal, or that XML does not have."""


def plain(text: str) -> str:
    """Put a space in place of whatever does not fit on a line."""
    return _UNFIT.sub(" ", text)


def clock(seconds: float) -> str:
    """Write a time as people read it: minutes and seconds, and from one hour on the hours."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
