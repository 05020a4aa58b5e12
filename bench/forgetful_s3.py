"""Stands in for S3 where storing costs nothing: takes every byte, keeps the beginning of an object.

The rest it gives back as zeros, which is what a silent recording holds. An emulator that stores and
hashes a GB takes several times as long as the copy that is measured.
"""

import re
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar, Final
from urllib.parse import parse_qs, urlsplit

KEPT: Final = 64 * 1024
BLOCK: Final = bytearray(8 * 1024**2)
"""Where bytes go that nobody wants: written over by everybody, and never read."""

XMLNS: Final = "http://s3.amazonaws.com/doc/2006-03-01/"


class ForgetfulS3(BaseHTTPRequestHandler):
    """Knows the eight operations that it takes to store a recording and to look at its head."""

    protocol_version = "HTTP/1.1"
    beginnings: ClassVar[dict[str, bytes]] = {}
    sizes: ClassVar[dict[str, int]] = {}

    def do_GET(self) -> None:
        """List nothing, or give a range of an object."""
        if "list-type" in self._query:
            return self._answer(200, _xml("ListBucketResult", KeyCount="0", IsTruncated="false"))
        start, end = map(int, re.findall(r"\d+", self.headers["Range"]))
        kept = self.beginnings[self._key][start : end + 1]
        return self._answer(206, kept.ljust(end + 1 - start, b"\0"))

    def do_HEAD(self) -> None:
        """Tell the size of an object."""
        self.send_response(200)
        self.send_header("Content-Length", str(self.sizes[self._key]))
        self.end_headers()

    def do_PUT(self) -> None:
        """Take a part."""
        beginning, size = self._take()
        if self._query["partNumber"] == ["1"]:
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
        return self._answer(200, _xml("CompleteMultipartUploadResult", **names, ETag="none"))

    @property
    def _key(self) -> str:
        return urlsplit(self.path).path.lstrip("/")

    @property
    def _query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.path).query, keep_blank_values=True)

    def _take(self) -> tuple[bytes, int]:
        """Read the body; give its beginning and its size."""
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
