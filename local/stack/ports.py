"""Finds free ports on the loopback interface."""

import socket

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """Find a port that nobody listens on.

    Somebody may take it before its user does; on a laptop that is rare, and the user then says so.
    """
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
