"""Runs MiniStack: AWS in one process, on a free port of the loopback interface."""

from pathlib import Path

from local.stack.children import Children
from local.stack.ports import LOOPBACK, free_port

REGION = "eu-west-1"
ACCOUNT = "000000000000"


def start_emulator(children: Children, folder: Path, **settings: str) -> str:
    """Start MiniStack with its files in ``folder`` and give its address once it answers.

    ``settings`` are further variables of its own, such as ``AUTH``.
    """
    port = free_port()
    environment = {
        "BIND_HOST": LOOPBACK,
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "INFO",
        "MINISTACK_HOST": LOOPBACK,
        "MINISTACK_REGION": REGION,
        "TMPDIR": str(folder),
        **credentials(),
        **settings,
    }
    address = f"http://{LOOPBACK}:{port}"
    emulator = children.start("ministack", ["-m", "ministack"], environment)
    emulator.wait_until_ready(f"{address}/_ministack/health")
    return address


def credentials() -> dict[str, str]:
    """Give the variables by which boto3 finds credentials that open nothing but the emulator."""
    return {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_SESSION_TOKEN": "",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
