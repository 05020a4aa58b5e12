"""Fetches recordings from Vonage over HTTP.

Vonage's SDK is not used for this: its host check can be tricked, it follows redirects with the
token, applies no time-out, and takes an empty body for a recording.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from urllib3 import BaseHTTPResponse, PoolManager
from urllib3.exceptions import HTTPError
from urllib3.util import Timeout

from callscribe.errors import TransientError
from recorder.address import Address
from recorder.answer import Answer

CHUNK_BYTES: Final = 256 * 1024

Clock = Callable[[], float]
"""Gives seconds that only go forward, as ``time.monotonic`` does."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds to wait for a connection, for any next byte, and for the whole recording."""

    connect: float
    read: float
    deadline: float


class Downloads:
    """Opens recordings with the application's token, which is made only for an allowed address."""

    def __init__(
        self, pools: PoolManager, token: Callable[[], str], waits: Waits, *, clock: Clock
    ) -> None:
        self._pools = pools
        self._token = token
        self._waits = waits
        self._clock = clock

    @contextmanager
    def open(self, address: Address) -> Iterator[Answer]:
        """Ask for a recording; its body is read as it is wanted, and left unread otherwise.

        :raises TransientError: if nobody answers in time; so does reading the body.
        """
        until = self._clock() + self._waits.deadline
        response = self._ask(address)
        try:
            yield Answer(
                status=response.status,
                chunks=self._chunks(response, until),
                length=response.length_remaining,
                retry_after=response.headers.get("Retry-After"),
            )
        finally:
            response.close()

    def _ask(self, address: Address) -> BaseHTTPResponse:
        pool = self._pools.connection_from_host(address.host, address.port, address.scheme)
        headers = {
            "Authorization": f"Bearer {self._token()}",
            "Accept-Encoding": "identity",  # else Content-Length is not the audio's length
            "User-Agent": "callscribe-recorder",
        }
        try:
            return pool.urlopen(
                "GET",
                address.target,
                headers=headers,
                timeout=Timeout(connect=self._waits.connect, read=self._waits.read),
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
                enforce_content_length=False,  # the body's check says how many bytes are missing
            )
        except HTTPError as error:
            raise TransientError(f"Vonage was not reached: {type(error).__name__}") from error

    def _chunks(self, response: BaseHTTPResponse, until: float) -> Iterator[bytes]:
        while chunk := self._next(response):
            if self._clock() > until:
                raise TransientError(f"the download took over {self._waits.deadline:g} s")
            yield chunk

    def _next(self, response: BaseHTTPResponse) -> bytes:
        try:
            # One read of the socket each: a server that trickles can't outstay the deadline.
            return response.read1(CHUNK_BYTES)
        except HTTPError as error:
            raise TransientError(f"the download broke off: {type(error).__name__}") from error
