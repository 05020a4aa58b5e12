"""Keeps the application's key pair: the recorder signs with the one half, we check with the other.

At Vonage the private half is downloaded once, when the application is created.
"""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from callscribe.errors import PermanentError

KEY_BITS = 2048
OWNER_ONLY = 0o600


def application_key(path: Path) -> RSAPublicKey:
    """Give the public half of the private key in a file, which is made if it does not exist.

    :raises PermanentError: if the file is no private RSA key in PEM form.
    """
    if not path.exists():
        _make(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise PermanentError("the application's private key cannot be read") from error
    if not isinstance(key, RSAPrivateKey):
        raise PermanentError("the application's private key is not an RSA key")
    return key.public_key()


def new_key_pair() -> tuple[str, str]:
    """Make a key pair: the public and the private half, as PEM."""
    key = generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return public.decode(), private.decode()


def _make(path: Path) -> None:
    pem = new_key_pair()[1].encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Under another name first: whoever waits for the file must never read half of it.
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT, OWNER_ONLY), "wb") as file:
        file.write(pem)
    unfinished.replace(path)
