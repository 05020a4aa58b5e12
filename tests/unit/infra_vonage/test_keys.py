from pathlib import Path

import pytest

from callscribe.errors import PermanentError
from infra.vonage.keys import FileKeys, new_key, public_half


def test_a_kept_key_is_read_again_and_is_its_owners_alone(tmp_path: Path) -> None:
    keys = FileKeys(tmp_path / "deep" / "key.pem")
    pem = new_key()

    keys.write(pem)

    assert keys.read() == pem
    assert keys.path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in keys.path.parent.iterdir()] == ["key.pem"]


def test_without_a_file_there_is_no_key(tmp_path: Path) -> None:
    assert FileKeys(tmp_path / "key.pem").read() is None


def test_the_public_half_is_always_the_same() -> None:
    pem = new_key()

    assert public_half(pem) == public_half(pem)
    assert public_half(pem).startswith("-----BEGIN PUBLIC KEY-----")


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(PermanentError, match="private key is none"):
        public_half("hello")
