"""Decides every variable that each program of the local stack is started with."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from callscribe.names import QueueName
from local.stack.emulator import credentials
from local.stack.ports import LOOPBACK
from local.stack.resources import TRANSCRIBE_SOURCE, Resources

API_KEY = "a1b2c3d4"
CALLEE = 447700900002
"""A number that Ofcom keeps for drama, as those that follow it and all others here are."""


def parties(count: int) -> str:
    """Give so many people to connect, as the gateway's setting wants them."""
    return ",".join(str(CALLEE + number) for number in range(count)) or "none"


@dataclass(frozen=True)
class Places:
    """Where everything is on this machine, and what the local Vonage and we both know."""

    aws: str
    ports: dict[str, int]
    folder: Path
    application_id: str
    signature_secret: str
    access_token: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def private_key(self) -> Path:
        """The application's key, which the local Vonage makes and the recorder signs with."""
        return self.folder / "vonage-private.key"

    def at(self, name: str) -> str:
        """Give the address of a program."""
        return f"http://{LOOPBACK}:{self.ports[name]}"

    @property
    def transcribe(self) -> str:
        """The address of the local Transcribe."""
        return self.at("transcribe")

    @property
    def endpoints(self) -> dict[str, str]:
        """The variables that point boto3 to this machine: all AWS but Transcribe is one place."""
        return {"AWS_ENDPOINT_URL": self.aws, "AWS_ENDPOINT_URL_TRANSCRIBE": self.transcribe}


def environment_of(name: str, places: Places, resources: Resources) -> dict[str, str]:
    """Give all variables of one program, by its name."""
    own = {
        "transcribe": _transcribe,
        "vonage": _vonage,
        "webhook-gateway": _webhook_gateway,
        "recorder": _recorder,
        "transcriber": _transcriber,
        "results": _results,
        "web": _web,
        "notify": _notify,
    }[name](places, resources)
    # What a killed program leaves behind goes with the folder.
    return {**credentials(), **places.endpoints, "TMPDIR": str(places.folder), **own}


def _transcribe(places: Places, _: Resources) -> dict[str, str]:
    return {
        "LOCAL_TRANSCRIBE_HOST": LOOPBACK,
        "LOCAL_TRANSCRIBE_PORT": str(places.ports["transcribe"]),
        "LOCAL_TRANSCRIBE_EVENT_SOURCE": TRANSCRIBE_SOURCE,
    }


def _vonage(places: Places, _: Resources) -> dict[str, str]:
    return {
        "LOCAL_VONAGE_HOST": LOOPBACK,
        "LOCAL_VONAGE_PORT": str(places.ports["vonage"]),
        "LOCAL_VONAGE_ANSWER_URL": f"{places.at('webhook-gateway')}/webhooks/answer",
        "LOCAL_VONAGE_EVENT_URL": f"{places.at('webhook-gateway')}/webhooks/events",
        "LOCAL_VONAGE_API_KEY": API_KEY,
        "LOCAL_VONAGE_APPLICATION_ID": places.application_id,
        "LOCAL_VONAGE_SIGNATURE_SECRET": places.signature_secret,
        "LOCAL_VONAGE_PRIVATE_KEY_PATH": str(places.private_key),
    }


def _webhook_gateway(places: Places, resources: Resources) -> dict[str, str]:
    return {
        "WEBHOOK_GATEWAY_HOST": LOOPBACK,
        "WEBHOOK_GATEWAY_PORT": str(places.ports["webhook-gateway"]),
        "WEBHOOK_GATEWAY_PUBLIC_URL": places.at("webhook-gateway"),
        "WEBHOOK_GATEWAY_PARTIES": parties(1),
        "WEBHOOK_GATEWAY_SIGNATURE_SECRETS": places.signature_secret,
        "WEBHOOK_GATEWAY_APPLICATION_ID": places.application_id,
        "WEBHOOK_GATEWAY_API_KEY": API_KEY,
        "WEBHOOK_GATEWAY_RECORDINGS_QUEUE_URL": resources.queue_urls[QueueName.RECORDINGS],
        "WEBHOOK_GATEWAY_CALL_EVENTS_QUEUE_URL": resources.queue_urls[QueueName.CALL_EVENTS],
    }


def _recorder(places: Places, resources: Resources) -> dict[str, str]:
    return {
        **_reader("RECORDER", QueueName.RECORDINGS, resources),
        **_worker("RECORDER", places.ports["recorder"]),
        "RECORDER_TRANSCRIPTIONS_QUEUE_URL": resources.queue_urls[QueueName.TRANSCRIPTIONS],
        "RECORDER_CALL_EVENTS_QUEUE_URL": resources.queue_urls[QueueName.CALL_EVENTS],
        "RECORDER_AUDIO_BUCKET": resources.audio_bucket,
        "RECORDER_APPLICATION_ID": places.application_id,
        "RECORDER_PRIVATE_KEY_PATH": str(places.private_key),
        "RECORDER_INSECURE_HOSTS": f"{LOOPBACK}:{places.ports['vonage']}",
    }


def _transcriber(places: Places, resources: Resources) -> dict[str, str]:
    return {
        **_reader("TRANSCRIBER", QueueName.TRANSCRIPTIONS, resources),
        **_worker("TRANSCRIBER", places.ports["transcriber"]),
        "TRANSCRIBER_CALL_EVENTS_QUEUE_URL": resources.queue_urls[QueueName.CALL_EVENTS],
        "TRANSCRIBER_COMPLETIONS_QUEUE_URL": resources.queue_urls[QueueName.COMPLETIONS],
        "TRANSCRIBER_TRANSCRIPTS_BUCKET": resources.transcripts_bucket,
        "TRANSCRIBER_LANGUAGE_CODE": "en-US",
    }


def _results(places: Places, resources: Resources) -> dict[str, str]:
    return {
        **_reader("RESULTS_COMPLETIONS", QueueName.COMPLETIONS, resources),
        **_reader("RESULTS_CALL_EVENTS", QueueName.CALL_EVENTS, resources),
        **_worker("RESULTS", places.ports["results"]),
        "RESULTS_NOTIFICATIONS_QUEUE_URL": resources.queue_urls[QueueName.NOTIFICATIONS],
        "RESULTS_AUDIO_BUCKET": resources.audio_bucket,
        "RESULTS_TRANSCRIPTS_BUCKET": resources.transcripts_bucket,
        "RESULTS_CALLS_TABLE": resources.calls_table,
    }


def _web(places: Places, resources: Resources) -> dict[str, str]:
    # What notify parks is shown as deliveries, not as something that stops a call.
    shown = [queue for queue in QueueName if queue is not QueueName.NOTIFICATIONS]
    queues = {f"RESULTS_WEB_{queue.name}_QUEUE_URL": resources.queue_urls[queue] for queue in shown}
    parked = {
        f"RESULTS_WEB_{queue.name}_PARKED_URL": resources.dead_letter_urls[queue] for queue in shown
    }
    return {
        **queues,
        **parked,
        "RESULTS_WEB_HOST": LOOPBACK,
        "RESULTS_WEB_PORT": str(places.ports["web"]),
        "RESULTS_WEB_CALLS_TABLE": resources.calls_table,
        "RESULTS_WEB_AUDIO_BUCKET": resources.audio_bucket,
        "RESULTS_WEB_TRANSCRIPTS_BUCKET": resources.transcripts_bucket,
        "RESULTS_WEB_ACCESS_TOKEN": places.access_token,
        # On this machine there is no https.
        "RESULTS_WEB_SECURE_COOKIES": "false",
    }


def _notify(places: Places, resources: Resources) -> dict[str, str]:
    return {
        **_reader("NOTIFY", QueueName.NOTIFICATIONS, resources),
        **_worker("NOTIFY", places.ports["notify"]),
        "NOTIFY_CALL_EVENTS_QUEUE_URL": resources.queue_urls[QueueName.CALL_EVENTS],
    }


def _reader(prefix: str, queue: QueueName, resources: Resources) -> dict[str, str]:
    return {
        f"{prefix}_QUEUE_URL": resources.queue_urls[queue],
        f"{prefix}_DEAD_LETTER_URL": resources.dead_letter_urls[queue],
    }


def _worker(prefix: str, port: int) -> dict[str, str]:
    return {
        f"{prefix}_HEALTH_HOST": LOOPBACK,
        f"{prefix}_HEALTH_PORT": str(port),
        # A worker finishes its poll before it stops, and nobody wants to wait for that here.
        f"{prefix}_POLL_WAIT": "1",
    }
