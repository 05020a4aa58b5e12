"""Starts fauxqs: SQS in one Node.js process, fast enough not to be what is measured."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

BENCH: Final = Path(__file__).parent
NODE: Final = BENCH / "node_modules/.bin/node"

PROGRAM: Final = """
import { buildApp } from "fauxqs";
const app = buildApp({ logger: false });
await app.listen({ host: "127.0.0.1", port: 0 });
console.log(app.server.address().port);
"""
"""Its own command would listen on every interface."""


class CannotStartError(Exception):
    """Something the emulator needs is missing, or it did not start."""


@contextmanager
def fauxqs() -> Iterator[str]:
    """Run fauxqs on a free port and give its address.

    :raises CannotStartError: if npm is missing, or the registry cannot be reached the first time.
    """
    _install()
    command = [str(NODE), "--no-warnings", "--input-type=module", "--eval", PROGRAM]
    with subprocess.Popen(command, cwd=BENCH, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own program
        try:
            assert server.stdout  # noqa: S101 - opened as a pipe above
            port = server.stdout.readline().strip()
            if not port:
                raise CannotStartError("fauxqs ended before it listened")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _install() -> None:
    if NODE.exists() and (BENCH / "node_modules/fauxqs").is_dir():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise CannotStartError("Node.js is missing: install node and npm, then try again")
    command = [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=BENCH, check=False).returncode:  # noqa: S603 - pinned in package.json
        raise CannotStartError("npm could not install bench/package.json")
