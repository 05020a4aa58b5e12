"""Reads where Amazon Transcribe says that its file lies."""

from urllib.parse import unquote, urlsplit

from callscribe.errors import PermanentError


def key_in(bucket: str, uri: str) -> str:
    """Give the key of an object in our bucket, by any of the ways to write its address.

    ``https://s3.eu-west-1.amazonaws.com/bucket/key`` is what Amazon Transcribe writes; the bucket
    may also be part of the host, or of an ``s3://`` address, and an emulator has a host of its own.

    :raises PermanentError: if the object is in another bucket; the address may be signed, so it is
        not repeated.
    """
    key = _key(bucket, uri)
    if not key:
        raise PermanentError("the transcript is not in our bucket")
    return key


def _key(bucket: str, uri: str) -> str | None:
    try:
        address = urlsplit(uri)
    except ValueError:
        return None
    host, path = address.hostname or "", unquote(address.path).lstrip("/")
    if address.scheme == "s3":
        return path if host == bucket else None
    if host.startswith((f"{bucket}.s3.", f"{bucket}.s3-")):
        return path
    folder = f"{bucket}/"
    return path.removeprefix(folder) if path.startswith(folder) else None
