"""Tells when an HTTP message is whole, as far as the benchmarks' own peers need to know."""

from typing import Final

END_OF_HEAD: Final = b"\r\n\r\n"
LENGTH: Final = b"content-length:"


def whole(message: bytes) -> bool:
    """Tell whether a message has its head, and as many bytes after it as the head states."""
    head, end, body = message.partition(END_OF_HEAD)
    return bool(end) and len(body) >= _stated(head)


def body_of(message: bytes) -> bytes:
    """Give what comes after the head."""
    return message.partition(END_OF_HEAD)[2]


def _stated(head: bytes) -> int:
    return int(head.lower().partition(LENGTH)[2].partition(b"\r\n")[0] or 0)
