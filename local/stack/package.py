"""Builds the notifier's deployable zip from its source, the same bytes each time."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from local.stack.children import ROOT

NOTIFIER_TREES: Final = (ROOT / "lambda/notifier/src", ROOT / "libs/callscribe/src")

READABLE_BY_ALL: Final = 0o644 << 16
"""Lambda runs as a user who does not own the files, so it needs more than the owner's right."""


def notifier_package() -> bytes:
    """Give the zip of the notifier and of what it shares, without what it needs from PyPI.

    MiniStack runs it with its own interpreter, which has that; for AWS ``infra.package`` adds it.
    """
    return zipped(NOTIFIER_TREES)


def zipped(trees: Sequence[Path]) -> bytes:
    """Zip the packages in each folder, with every time and order the same whoever builds it."""
    archive = BytesIO()
    # Stored, because what deflate makes of the same bytes differs between versions of zlib.
    with ZipFile(archive, "w", ZIP_STORED) as file:
        for name, source in sorted(_sources(trees)):
            entry = ZipInfo(name)
            entry.external_attr = READABLE_BY_ALL
            file.writestr(entry, source.read_bytes())
    return archive.getvalue()


def _sources(trees: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    for tree in trees:
        for source in tree.rglob("*"):
            if source.is_file() and "__pycache__" not in source.parts:
                yield source.relative_to(tree).as_posix(), source
