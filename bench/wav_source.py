"""Serves recordings of any length from memory: valid WAV files of two silent channels."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

HERTZ: Final = 16_000
CHANNELS: Final = 2
SAMPLE_BYTES: Final = 2
HEADER_BYTES: Final = 44
SILENCE: Final = memoryview(bytes(1024**2))


def wav_header(size: int) -> bytes:
    """Write the header of a WAV file that has so many bytes in all."""
    frame = CHANNELS * SAMPLE_BYTES
    form = (16, 1, CHANNELS, HERTZ, HERTZ * frame, frame, SAMPLE_BYTES * 8)
    riff = struct.pack("<4sI4s", b"RIFF", size - 8, b"WAVE")
    return (
        riff
        + struct.pack("<4sIHHIIHH", b"fmt ", *form)
        + struct.pack("<4sI", b"data", size - HEADER_BYTES)
    )


class WavSource(BaseHTTPRequestHandler):
    """Answers ``GET /<bytes>`` with a recording of so many bytes."""

    def do_GET(self) -> None:
        """Send the recording as fast as it is taken."""
        size = int(self.path.rpartition("/")[2])
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.end_headers()
        self.wfile.write(wav_header(size))
        left = size - HEADER_BYTES
        while left:
            left -= self.wfile.write(SILENCE[:left])

    def log_message(self, format: str, *_: Any) -> None:  # noqa: A002 - http.server's name
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    """Serves each connection in a thread."""

    def handle_error(self, *_: Any) -> None:
        """Keep quiet: who hung up has said why."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve in threads for as long as the block lasts, and give ``host:port``."""
    server = Server(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
