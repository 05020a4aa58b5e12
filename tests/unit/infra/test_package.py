"""The notifier's package is the same whoever builds it, and holds what the function imports."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from infra.package import PYTHON, REQUIREMENTS, main


def names_in(file: Path) -> list[str]:
    with ZipFile(BytesIO(file.read_bytes())) as package:
        return package.namelist()


def test_a_bare_package_is_ours_alone(tmp_path: Path) -> None:
    status = main([str(tmp_path / "out/bare.zip"), "--bare"])

    assert status == 0
    tops = {name.partition("/")[0] for name in names_in(tmp_path / "out/bare.zip")}
    assert tops == {"notifier", "callscribe"}


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        main([str(tmp_path / name), "--bare"])

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_an_architecture_that_lambda_has_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path / "any.zip"), "--architecture", "SPARC"])


def test_what_is_added_is_locked_with_hashes_for_the_function_s_python() -> None:
    locked = REQUIREMENTS.read_text(encoding="utf-8")

    pinned = set(re.findall(r"^([a-z-]+)==", locked, re.MULTILINE))

    assert {"pydantic", "pydantic-core", "pydantic-settings"} <= pinned
    assert "boto3" not in pinned  # Lambda brings it
    assert locked.count("==") <= locked.count("--hash=sha256:")
    assert PYTHON.startswith("3.")
