from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from callscribe.errors import PermanentError
from local.vonage.keys import application_key


def test_a_key_that_does_not_exist_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "application.key"

    public_key = application_key(path)

    token = jwt.encode({"jti": "1"}, path.read_bytes(), algorithm="RS256")
    assert jwt.decode(token, public_key, algorithms=["RS256"]) == {"jti": "1"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_key_that_exists_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "application.key"
    first = application_key(path)

    second = application_key(path)

    assert first.public_numbers() == second.public_numbers()


@pytest.mark.parametrize("content", [b"", b"not a key", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_file_that_is_no_key_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "application.key"
    path.write_bytes(content)

    with pytest.raises(PermanentError, match="cannot be read"):
        application_key(path)


def test_a_key_that_is_not_rsa_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "application.key"
    key = generate_private_key(SECP256R1())
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    with pytest.raises(PermanentError, match="not an RSA key"):
        application_key(path)
