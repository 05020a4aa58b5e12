"""Builds the notifier's zip for Lambda: ``python -m infra.package out/notifier.zip``."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from local.stack.children import ROOT
from local.stack.package import NOTIFIER_TREES, notifier_package, zipped

REQUIREMENTS: Final = ROOT / "requirements/lambda.txt"
"""What the notifier needs and Lambda does not bring; boto3 it brings."""

PYTHON: Final = "3.13"
"""The runtime in the function module of Terraform; a test compares the two."""

WHEELS: Final = {"X86_64": "manylinux2014_x86_64", "ARM64": "manylinux2014_aarch64"}
"""The platform that pip takes wheels for, by Terraform's name of the architecture."""


def main(arguments: Sequence[str]) -> int:
    """Write the zip; the same bytes whoever builds it."""
    asked = _parser().parse_args(arguments)
    asked.file.parent.mkdir(parents=True, exist_ok=True)
    package = notifier_package() if asked.bare else whole_package(asked.architecture)
    asked.file.write_bytes(package)
    sys.stdout.write(f"{asked.file}: {len(package) / 1024**2:.1f} MiB\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.package", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--bare", action="store_true", help="without dependencies, for an emulator that has them"
    )
    parser.add_argument("--architecture", choices=WHEELS, default="X86_64")
    return parser


def whole_package(architecture: str) -> bytes:
    """Zip the notifier with what it needs, built for Lambda's machines and not for this one."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(  # noqa: S603 - our own pip, with a file of ours
            [
                *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
                *("--no-deps", "--no-compile", "--only-binary", ":all:", "--require-hashes"),
                *("--implementation", "cp", "--python-version", PYTHON),
                *("--platform", WHEELS[architecture]),
                *("--target", folder, "--requirement", str(REQUIREMENTS)),
            ],
            check=True,
        )
        return zipped([Path(folder), *NOTIFIER_TREES])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
