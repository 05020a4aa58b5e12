"""Stands in for S3 where storing costs nothing: takes every byte, keeps the beginning of an object.

The rest it gives back as zeros, which is what a silent recording holds. An emulator that stores and
hashes a GB takes several times as long as the copy that is measured.
"""

import re
import time
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar, Final
from urllib.parse import parse_qs, urlsplit

KEPT: Final = 64 * 1024
BLOCK: Final = bytearray(8 * 1024**2)
"""Where bytes go that nobody wants: written over by everybody, and never read."""

MISSING: Final = "NoSuchKey"
PIECE_HEADER: Final = "x-amz-meta-piece"
XMLNS: Final = "http://s3.amazonaws.com/doc/2006-03-01/"


class ForgetfulS3(BaseHTTPRequestHandler):
    """Knows the operations that it takes to store a recording, to read it, and to keep its parts.

    ``completed`` is when an upload in parts was, by ``time.perf_counter``.
    """

    protocol_version = "HTTP/1.1"
    beginnings: ClassVar[dict[str, bytes]] = {}
    sizes: ClassVar[dict[str, int]] = {}
    completed: ClassVar[dict[str, float]] = {}
    pieces: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        """List nothing, or give a range of an object."""
        if "list-type" in self._query:
            return self._answer(200, _xml("ListBucketResult", KeyCount="0", IsTruncated="false"))
        if self.size_of(self._key) is None:
            return self._answer(404, f"<Error><Code>{MISSING}</Code></Error>".encode())
        if "Range" not in self.headers:
            return self._answer(200, self.beginnings[self._key])
        start, end = map(int, re.findall(r"\d+", self.headers["Range"]))
        return self._answer(206, self.range_of(self._key, start, end + 1 - start))

    def do_HEAD(self) -> None:
        """Tell the size of an object, and which piece of a recording it is."""
        size = self.size_of(self._key)
        self.send_response(404 if size is None else 200)
        self.send_header("Content-Length", str(size or 0))
        if piece := self.pieces.get(self._key):
            self.send_header(PIECE_HEADER, piece)
        self.end_headers()

    def do_PUT(self) -> None:
        """Take an object or a part of one."""
        beginning, size = self._take()
        if self._query.get("partNumber", ["1"]) == ["1"]:
            self.beginnings[self._key], self.sizes[self._key] = beginning, 0
        self.sizes[self._key] += size
        self._answer(200, b"", ETag='"none"')

    def do_POST(self) -> None:
        """Begin an upload in parts, or complete it."""
        self._take()
        bucket, _, key = self._key.partition("/")
        names = {"Bucket": bucket, "Key": key}
        if "uploads" in self._query:
            return self._answer(200, _xml("InitiateMultipartUploadResult", **names, UploadId="1"))
        self.completed[self._key] = time.perf_counter()
        return self._answer(200, _xml("CompleteMultipartUploadResult", **names, ETag="none"))

    def size_of(self, key: str) -> int | None:
        """Tell the size of an object, if it is there."""
        return self.sizes.get(key)

    def range_of(self, key: str, start: int, length: int) -> bytes:
        """Give some bytes of an object: what was kept, then zeros."""
        return self.beginnings[key][start : start + length].ljust(length, b"\0")

    @property
    def _key(self) -> str:
        return urlsplit(self.path).path.lstrip("/")

    @property
    def _query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.path).query, keep_blank_values=True)

    def _take(self) -> tuple[bytes, int]:
        """Read the body; give its beginning and its size, and remember which piece it is."""
        if piece := self.headers.get(PIECE_HEADER):
            self.pieces[self._key] = piece
        size = int(self.headers["Content-Length"])
        beginning = self.rfile.read(min(size, KEPT))
        left = size - len(beginning)
        view = memoryview(BLOCK)
        while left:
            came = self.rfile.readinto(view[:left])
            if not came:
                raise ConnectionError("the part broke off")
            left -= came
        return beginning, size

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *_: Any) -> None:  # noqa: A002 - http.server's name
        """Keep quiet."""


def _xml(root: str, **fields: str) -> bytes:
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f'<{root} xmlns="{XMLNS}">{inner}</{root}>'.encode()
