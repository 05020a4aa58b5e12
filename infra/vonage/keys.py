"""Keeps the application's private key where the recorder reads it: a file, or AWS."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from callscribe.errors import PermanentError

KEY_BITS: Final = 2048
OWNER_ONLY: Final = 0o600


class Keys(Protocol):
    """Where a private key is kept."""

    def read(self) -> str | None:
        """Give the key as PEM, if there is one."""

    def write(self, pem: str) -> None:
        """Keep a key."""


@dataclass(frozen=True)
class FileKeys:
    """A file, which only its owner may read."""

    path: Path

    def read(self) -> str | None:
        """Give the key as PEM, if there is one."""
        return self.path.read_text(encoding="ascii") if self.path.exists() else None

    def write(self, pem: str) -> None:
        """Keep a key; the file is there whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT, OWNER_ONLY), "w") as file:
            file.write(pem)
        unfinished.replace(self.path)


@dataclass(frozen=True)
class SecretKeys:
    """A secret of AWS Secrets Manager; Terraform makes it, and never sees what is in it."""

    client: Any
    secret: str

    def read(self) -> str | None:
        """Give the key as PEM, if there is one."""
        try:
            return str(self.client.get_secret_value(SecretId=self.secret)["SecretString"])
        except self.client.exceptions.ResourceNotFoundException:
            return None

    def write(self, pem: str) -> None:
        """Keep a key.

        :raises PermanentError: if Terraform has not made the secret yet.
        """
        try:
            self.client.put_secret_value(SecretId=self.secret, SecretString=pem)
        except self.client.exceptions.ResourceNotFoundException:
            raise PermanentError(
                f"there is no secret {self.secret} yet: `terraform apply` makes it"
            ) from None


@dataclass(frozen=True)
class ParameterKeys:
    """An encrypted parameter of AWS Systems Manager."""

    client: Any
    name: str

    def read(self) -> str | None:
        """Give the key as PEM, if there is one."""
        try:
            said = self.client.get_parameter(Name=self.name, WithDecryption=True)
        except self.client.exceptions.ParameterNotFound:
            return None
        return str(said["Parameter"]["Value"])

    def write(self, pem: str) -> None:
        """Keep a key."""
        self.client.put_parameter(Name=self.name, Value=pem, Type="SecureString", Overwrite=True)


def new_key() -> str:
    """Make a private key, as PEM."""
    key = generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_half(pem: str) -> str:
    """Give the public key of a private one, as PEM.

    :raises PermanentError: if it is no private RSA key.
    """
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise PermanentError("what is kept as the private key is none") from error
    if not isinstance(key, RSAPrivateKey):
        raise PermanentError("what is kept as the private key is no RSA key")
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return public.decode()
