"""Places a call on a running local Vonage and follows it in the terminal."""

import time
from pathlib import Path
from typing import Any

import urllib3
from urllib3.exceptions import HTTPError

ACCEPTED = 202
OK = 200
POLL_SECONDS = 0.1


class CallNotPlacedError(Exception):
    """There is no call to follow; the text says why."""


def place_and_follow(url: str, audio: Path | None, parties: int | None = None) -> bool:
    """Place a call, print its steps as they happen, and tell whether it went well.

    :raises CallNotPlacedError: if nobody answers at ``url``, or the audio is refused.
    """
    http = urllib3.PoolManager(retries=False, timeout=10)
    asked: dict[str, Any] = {"audio": str(audio.resolve())} if audio else {}
    if parties is not None:
        asked["parties"] = parties
    try:
        answer = http.request("POST", f"{url}/local/calls", json=asked)
        if answer.status != ACCEPTED:
            reason = answer.data.decode(errors="replace").partition("\n")[0]
            raise CallNotPlacedError(reason or f"the call was refused with {answer.status}")
        return _follow(http, f"{url}/local/calls/{answer.json()['call']}")
    except HTTPError as error:
        raise CallNotPlacedError(f"there is no local Vonage at {url}") from error


def _follow(http: urllib3.PoolManager, address: str) -> bool:
    shown = 0
    while True:
        answer = http.request("GET", address)
        if answer.status != OK:
            raise CallNotPlacedError("the call is not known any more")
        page = answer.json()
        for step in page["steps"][shown:]:
            print(described(step), flush=True)
        shown = len(page["steps"])
        if page["state"] != "running":
            print(page["failure"] or f"recording {page['recording_uuid']}")
            return bool(page["state"] == "completed")
        time.sleep(POLL_SECONDS)


def described(step: dict[str, Any]) -> str:
    """Put a step into a line: when, how it ended, what it was."""
    how = step["trouble"] or step["status"] or ""
    again = "  (second attempt)" if step["attempts"] > 1 else ""
    return f"{step['time'][11:23]}  {how!s:>4}  {step['name']}{again}"
