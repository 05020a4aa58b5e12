"""Sends webhooks over a bounded number of connections for a bounded time: ``python -m bench.load``.

A connection sends its next request when it has the answer to the last. Prints one JSON object.
"""

import asyncio
import json
import math
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle
from typing import Any, Final

from bench.http_text import whole
from bench.webhooks import requests

DIFFERENT: Final = 2000
"""Webhooks that are made before the clock starts, and then sent again and again."""

ACCEPTED: Final = b"HTTP/1.1 200 "


@dataclass(frozen=True)
class Load:
    """What came of it; times are in seconds."""

    requests: int
    refused: int
    seconds: float
    p99: float


class Connection(asyncio.Protocol):
    """Sends one webhook after the other until the time is over; ``done`` then says so."""

    def __init__(self, webhooks: Iterator[bytes], *, until: float) -> None:
        self.times: list[float] = []
        self.refused = 0
        self.done = asyncio.get_running_loop().create_future()
        self._webhooks = webhooks
        self._until = until

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first."""
        self._transport: Any = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        """Send the next one when the answer is whole."""
        self._received += data
        if whole(self._received):
            self.times.append(time.perf_counter() - self._sent)
            self.refused += not self._received.startswith(ACCEPTED)
            self._send()

    def connection_lost(self, error: Exception | None) -> None:
        """Fail if the gateway hung up before the time was over."""
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the gateway hung up"))

    def _send(self) -> None:
        self._received = b""
        self._sent = time.perf_counter()
        if self._sent < self._until:
            self._transport.write(next(self._webhooks))
        else:
            self.done.set_result(None)
            self._transport.close()


def percentile(values: Sequence[float], share: float) -> float:
    """Give the smallest value that at least so large a share of the values does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


async def load(port: int, *, connections: int, seconds: float) -> Load:
    """Send webhooks from this process."""
    webhooks = cycle(list(requests(DIFFERENT, port=port)))
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    opened = [
        await loop.create_connection(
            lambda: Connection(webhooks, until=start + seconds), "127.0.0.1", port
        )
        for _ in range(connections)
    ]
    senders = [sender for _, sender in opened]
    await asyncio.gather(*(sender.done for sender in senders))
    took = time.perf_counter() - start
    times = [one for sender in senders for one in sender.times]
    refused = sum(sender.refused for sender in senders)
    return Load(len(times), refused, took, percentile(times, 0.99))


def main() -> None:
    """Send as the arguments say."""
    options = ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--connections", type=int, required=True)
    options.add_argument("--seconds", type=float, required=True)
    asked = options.parse_args()
    done = asyncio.run(load(asked.port, connections=asked.connections, seconds=asked.seconds))
    print(json.dumps(asdict(done)))


if __name__ == "__main__":
    main()
