"""A gateway that only listens, and a local Vonage that calls it, both on loopback."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import urllib3
from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

from local.stack.ports import free_port
from local.vonage.server import QuietHandler, assemble
from local.vonage.settings import Settings
from local.vonage.testing import a_connect, a_record, an_audio_file

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Received:
    path: str
    method: str
    authorization: str
    body: bytes
    query: dict[str, str]
    said: dict[str, Any]


@dataclass
class Gateway:
    """What our webhook gateway would be; ``statuses`` are answered first, path by path."""

    url: str
    received: list[Received] = field(default_factory=list)
    statuses: dict[str, list[int]] = field(default_factory=dict)
    record: dict[str, Any] = field(default_factory=dict)

    def take(self) -> Response:
        query = request.args.to_dict()
        self.received.append(
            Received(
                path=request.path,
                method=request.method,
                authorization=request.headers.get("Authorization", ""),
                body=request.get_data(),
                query=query,
                said=request.get_json(silent=True) or query,
            )
        )
        waiting = self.statuses.get(request.path)
        status = waiting.pop(0) if waiting else 200
        if request.path != "/answer" or status != 200:
            return Response(status=status)
        recordings = [f"{self.url}/recordings?tenant=7"]
        return jsonify([a_record(**({"eventUrl": recordings} | self.record)), a_connect()])

    def at(self, path: str) -> list[Received]:
        return [received for received in self.received if received.path == path]


@dataclass(frozen=True)
class Vonage:
    """A running local Vonage."""

    url: str
    settings: Settings
    http: urllib3.PoolManager

    def call(self, **asked: Any) -> dict[str, Any]:
        """Place a call and give its page when it is over."""
        return self.end_of(self.place(**asked))

    def place(self, **asked: Any) -> dict[str, Any]:
        placed: dict[str, Any] = self.http.request(
            "POST", f"{self.url}/local/calls", json=asked
        ).json()
        return placed

    def end_of(self, placed: dict[str, Any]) -> dict[str, Any]:
        address = f"{self.url}/local/calls/{placed['call']}"
        for _ in range(500):
            page: dict[str, Any] = self.http.request("GET", address).json()
            if page["state"] != "running":
                return page
            time.sleep(0.02)
        raise AssertionError("the call does not end")


def serving(app: Flask, port: int) -> Iterator[None]:
    server = make_server(HOST, port, app, threaded=True, request_handler=QuietHandler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    port = free_port()
    gateway = Gateway(f"http://{HOST}:{port}")
    app = Flask("gateway")
    app.add_url_rule("/<path:_>", "take", lambda _: gateway.take(), methods=["GET", "POST"])
    for _ in serving(app, port):
        yield gateway


@pytest.fixture
def settings(tmp_path: Path, gateway: Gateway) -> Settings:
    return Settings(
        port=free_port(),
        answer_url=f"{gateway.url}/answer",
        event_url=f"{gateway.url}/events",
        private_key_path=tmp_path / "application.key",
        audio=an_audio_file(tmp_path / "sample.mp3", sample_rate=16_000),
        pace=0,
        retry_delay=0,
    )


@pytest.fixture
def vonage(settings: Settings, tmp_path: Path) -> Iterator[Vonage]:
    folder = tmp_path / "recordings"
    folder.mkdir()
    with urllib3.PoolManager(retries=False, timeout=10) as http:
        for _ in serving(assemble(settings, folder), settings.port):
            yield Vonage(settings.base_url, settings, http)
