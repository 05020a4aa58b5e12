"""Checks the bytes of a recording as they pass.

Vonage announces a size in its webhook, and the answer states another in Content-Length. Fewer bytes
than the answer states is a broken transfer. An answer that states another size than the webhook is
taken for a recording still being written, and waited for: keeping what is there now would keep a
part of the call for good, as the first object written wins.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from callscribe.errors import PermanentError, TransientError
from recorder.patience import Patience


@dataclass(frozen=True, slots=True)
class Expected:
    """How many bytes should come: as the answer states, as the webhook announced, and at most.

    A webhook that announces nothing, or 0, says nothing: no audio file has 0 bytes.
    """

    stated: int | None
    announced: int | None
    limit: int

    def check(self, patience: Patience) -> None:
        """Compare what was said, before any byte is read.

        :raises PermanentError: if it is more than the limit.
        :raises TransientError: if the recording is still being written.
        """
        if self.stated is None:
            return
        if self.stated > self.limit:
            raise _too_large(self.limit)
        if self.announced and self.announced != self.stated:
            raise patience.not_ready(
                f"Vonage announced {self.announced} bytes and offers {self.stated}"
            )


def head(chunks: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """Read the first bytes, fewer if there are no more, and give the body from its beginning."""
    first = b""
    for chunk in chunks:
        first += chunk
        if len(first) >= size:
            break
    return first[:size], chain([first], chunks)


def whole(chunks: Iterator[bytes], expected: Expected, patience: Patience) -> Iterator[bytes]:
    """Pass a body on, and fail at its end unless it was whole.

    :raises PermanentError: if it is more than the limit.
    :raises TransientError: if it broke off, or is still being written.
    """
    came = 0
    for chunk in chunks:
        came += len(chunk)
        if came > expected.limit:
            raise _too_large(expected.limit)
        yield chunk
    if expected.stated is not None:
        if came < expected.stated:
            raise TransientError(f"the download broke off after {came} of {expected.stated} bytes")
    elif expected.announced and came != expected.announced:
        raise patience.not_ready(f"Vonage announced {expected.announced} bytes and gave {came}")


def _too_large(limit: int) -> PermanentError:
    return PermanentError(f"the recording has more than the {limit} bytes that we take")
