"""Stands between a worker and the emulator, and fails parts of batches as SQS sometimes does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import urllib3

DELETE = "AmazonSQS.DeleteMessageBatch"


class FailingProxy(ThreadingHTTPServer):
    """Fails the first entry of the first batches that delete, and passes on everything else."""

    def __init__(self, target: str, *, failures: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self.failures_left = failures
        self.failed = 0
        self.http = urllib3.PoolManager(maxsize=32)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def pass_on(self, headers: dict[str, str], body: bytes) -> urllib3.BaseHTTPResponse:
        return self.http.request("POST", self.target, body=body, headers=headers)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FailingProxy

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("X-Amz-Target") == DELETE and self.server.failures_left:
            self._fail_one_of(json.loads(body))
        else:
            answer = self.server.pass_on(self._signed_headers(), body)
            self._answer(answer.status, answer.data)

    def _fail_one_of(self, asked: dict[str, Any]) -> None:
        self.server.failures_left -= 1
        self.server.failed += 1
        failed, *rest = asked["Entries"]
        body = json.dumps({**asked, "Entries": rest}).encode()
        answered = (
            json.loads(self.server.pass_on(self._signed_headers(), body).data) if rest else {}
        )
        entry = {"Id": failed["Id"], "Code": "InternalError", "SenderFault": False}
        answered["Failed"] = [*answered.get("Failed", []), entry]
        self._answer(200, json.dumps({"Successful": [], **answered}).encode())

    def _signed_headers(self) -> dict[str, str]:
        return {name: value for name, value in self.headers.items() if name != "Content-Length"}

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def failing_deletes(target: str, *, failures: int) -> Iterator[FailingProxy]:
    with FailingProxy(target, failures=failures) as proxy:
        Thread(target=proxy.serve_forever, args=[0.05], daemon=True).start()
        yield proxy
        proxy.shutdown()
        proxy.http.clear()
