"""A stand-in for a login service: OpenID Connect over HTTP, on a thread of its own."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


class Provider(ThreadingHTTPServer):
    """Lets in whoever it is told to, once for each code."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.forger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {}
        self.forged = False
        self.asked: list[dict[str, list[str]]] = []

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, path: str) -> Any:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        if path == "/keys":
            return {"keys": [self._public()]}
        return None

    def token(self, client_id: str) -> Any:
        said = {
            "iss": self.issuer,
            "sub": "1",
            "aud": client_id,
            "iat": int(time.time()),
            "exp": int(time.time()) + 60,
            **self.claims,
        }
        key = self.forger if self.forged else self.key
        signed = jwt.encode(said, key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}

    def _public(self) -> dict[str, str]:
        numbers = self.key.public_key().public_numbers()
        return {
            "kty": "RSA",
            "kid": "1",
            "use": "sig",
            "alg": "RS256",
            "n": _number(numbers.n),
            "e": _number(numbers.e),
        }


def _number(number: int) -> str:
    size = (number.bit_length() + 7) // 8
    return urlsafe_b64encode(number.to_bytes(size, "big")).decode().rstrip("=")


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        self._say(self.server.answer(self.path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(parse_qs(body))
        self._say(self.server.token("callscribe"))

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _say(self, said: Any) -> None:
        self.send_response(404 if said is None else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())


@contextmanager
def running_provider() -> Iterator[Provider]:
    with Provider() as provider:
        thread = Thread(target=provider.serve_forever, daemon=True)
        thread.start()
        yield provider
        provider.shutdown()
        thread.join(5)
