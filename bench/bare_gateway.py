"""Is the gateway's baseline: a route that sends one message for each request, and nothing else.

It runs under the gateway's own gunicorn settings, with a connection for every thread. It looks at
no signature, checks no field and writes no log line.
"""

from contextlib import ExitStack
from functools import partial

import boto3
from botocore.config import Config
from flask import Flask, request

from callscribe.settings import read
from webhook_gateway.ncco import EVENTS, RECORDING
from webhook_gateway.server import Server
from webhook_gateway.settings import Settings


def assemble(settings: Settings, _: ExitStack) -> Flask:
    """Put one worker's app together."""
    client = boto3.client("sqs", config=Config(max_pool_connections=settings.threads))
    app = Flask(__name__)

    def take() -> str:
        body = request.get_data(as_text=True)
        client.send_message(QueueUrl=settings.call_events_queue_url, MessageBody=body)
        return ""

    for path in (EVENTS, RECORDING):
        app.add_url_rule(path, path, take, methods=["POST"])
    app.add_url_rule("/health", "health", lambda: "")
    return app


if __name__ == "__main__":
    settings = read(Settings)
    Server(settings, partial(assemble, settings)).run()
