"""Manages the keys of programs: ``python -m results.web.keys``, with add, list or revoke.

A key is kept as the SHA-256 of its secret half. That is enough: it has 256 random bits, so nobody
finds it by guessing, fast hash or not.
"""

import argparse
import hmac
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, Literal, Protocol

from callscribe.errors import CallscribeError

PREFIX: Final = "cs"
"""Begins every key, so that one that leaks is recognised."""

Scope = Literal["read", "write"]


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is kept: its name, what it may do, and the hash of its secret."""

    key_id: str
    name: str
    scope: Scope
    secret_hash: str
    created_at: datetime
    revoked: bool = False


class Keys(Protocol):
    """Where keys are kept."""

    def find(self, key_id: str) -> ApiKey | None:
        """Find a key by its id."""

    def put(self, key: ApiKey) -> None:
        """Keep a key."""

    def all(self) -> Sequence[ApiKey]:
        """Give every key, the revoked ones too."""


class NoKeys:
    """No program has a key."""

    def find(self, _key_id: str) -> ApiKey | None:
        """Find none."""
        return None

    def put(self, _key: ApiKey) -> None:
        """Keep none."""

    def all(self) -> Sequence[ApiKey]:
        """Give none."""
        return ()


def new_key(name: str, scope: Scope, *, now: datetime) -> tuple[ApiKey, str]:
    """Make a key, and the text that its program shows; that is told once and kept nowhere."""
    key_id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    return ApiKey(key_id, name, scope, _hash(secret), now), f"{PREFIX}_{key_id}_{secret}"


def find_key(keys: Keys, shown: str) -> ApiKey | None:
    """Find the key that a program shows, if it is genuine and not revoked."""
    prefix, _, rest = shown.partition("_")
    key_id, _, secret = rest.partition("_")
    if prefix != PREFIX or not secret or not key_id.isalnum() or not key_id.isascii():
        return None
    key = keys.find(key_id)
    if key is None or key.revoked or not hmac.compare_digest(key.secret_hash, _hash(secret)):
        return None
    return key


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def run(arguments: Sequence[str], keys: Keys, *, now: Callable[[], datetime]) -> int:
    """Do what the command line asks, and give the exit status."""
    said = _parser().parse_args(arguments)
    if said.command == "add":
        key, shown = new_key(said.name, "write" if said.write else "read", now=now())
        keys.put(key)
        sys.stdout.write(f"{shown}\n")
        return 0
    if said.command == "list":
        for key in keys.all():
            state = "revoked" if key.revoked else key.scope
            sys.stdout.write(f"{key.key_id}  {state:7}  {key.created_at:%Y-%m-%d}  {key.name}\n")
        return 0
    found = keys.find(said.key_id)
    if found is None:
        sys.stderr.write(f"there is no key {said.key_id}\n")
        return 1
    keys.put(replace(found, revoked=True))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m results.web.keys", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="make a key and show it, this once")
    add.add_argument("name", help="which program it is for")
    add.add_argument("--write", action="store_true", help="it may change calls, not only read them")
    commands.add_parser("list", help="list the keys")
    revoke = commands.add_parser("revoke", help="let a key open nothing any more, at once")
    revoke.add_argument("key_id")
    return parser


def main() -> int:
    """Run the command on the table that RESULTS_WEB_CALLS_TABLE names."""
    import os  # noqa: PLC0415 - the command alone reads the environment

    from callscribe.aws import client  # noqa: PLC0415 - the app that checks keys needs no AWS here
    from results.web.keys_table import KeysTable  # noqa: PLC0415 - as above

    table = os.environ.get("RESULTS_WEB_CALLS_TABLE")
    if not table:
        sys.stderr.write("RESULTS_WEB_CALLS_TABLE: Field required\n")
        return 78
    try:
        return run(
            sys.argv[1:], KeysTable(client("dynamodb"), table), now=lambda: datetime.now(UTC)
        )
    except CallscribeError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
