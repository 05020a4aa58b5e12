"""Turns the log lines of the programs into the steps of a call, for a person who watches."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from local.stack.resources import FUNCTION

Fields = Mapping[str, Any]

TROUBLE = frozenset({"warning", "error"})


@dataclass(frozen=True)
class Step:
    """One thing that happened: which program did what, to which recording.

    ``leg`` marks what is told for each leg of a call, and so many times on a call of many.
    """

    program: str
    text: str
    recording_id: str | None = None
    event: str = ""
    trouble: bool = False
    leg: bool = False


LEG = "event webhook: "


def _webhook(said: Fields) -> str:
    kind = str(said.get("kind", "event"))
    if kind == "answer":
        return "the phone rings: answered with an NCCO to record and connect"
    if kind == "recording.available.v1":
        return "recording webhook: the recording is ready"
    return LEG + kind


def _stored(said: Fields) -> str:
    channels = f"{said['channels']} channel{'s' if said['channels'] != 1 else ''}"
    measured = f"{channels}, {said['duration']:.1f} s, {said['size'] / 1000:.0f} kB"
    return f"recording stored: {said['format']}, {measured}"


def _started(said: Fields) -> str:
    match said["job_names"]:
        case []:
            return "nobody speaks, so there is no job"
        case [name]:
            return f"job started: {name}"
        case names:
            return f"{len(names)} jobs started, one for each part"


def _job_ended(said: Fields) -> str:
    return f"job {str(said['status']).lower()}, EventBridge is told"


def _published(said: Fields) -> str:
    return f"transcript published: {said['turns']} turns, {said['words']} words"


TOLD: Mapping[tuple[str, str], Callable[[Fields], str]] = {
    ("stack", "aws up"): lambda said: f"AWS answers on {said['address']}",
    ("stack", "resources made"): lambda said: (
        f"queues made: {said['queues']}; buckets, table, rule"
    ),
    ("stack", "programs up"): lambda said: f"running: {said['programs']}",
    ("webhook-gateway", "webhook accepted"): _webhook,
    ("recorder", "recording stored"): _stored,
    ("transcriber", "transcription started"): _started,
    ("transcriber", "job adopted"): lambda said: f"job was there already: {said['job_name']}",
    ("transcribe", "job ended"): _job_ended,
    ("results", "transcript published"): _published,
    ("results", "transcription failed"): lambda said: f"transcription failed: {said['reason']}",
}


FUNCTION_CALLED = f"EventBridge → Lambda {FUNCTION}"
"""What MiniStack prints when the rule's target is the notifier, whose own log it keeps inside."""

HANDED_OVER = Step("notifier", "EventBridge hands it the event")


def step_of(program: str, line: str) -> Step | None:
    """Tell the step that a program's log line stands for, or ``None`` if it is not for this story.

    Warnings and errors are always told, so that nothing goes wrong unseen.
    """
    said = _fields(line)
    if said is None:
        return HANDED_OVER if FUNCTION_CALLED in line else None
    event = str(said.get("event", ""))
    trouble = said.get("level") in TROUBLE
    tell = TOLD.get((program, event))
    if tell is None and not trouble:
        return None
    text = tell(said) if tell else _in_full(event, said)
    leg = text.startswith(LEG)
    return Step(program, text, said.get("recording_id"), event, trouble, leg)


def _in_full(event: str, said: Fields) -> str:
    reason = said.get("reason") or str(said.get("traceback", "")).rpartition("\n")[2]
    return f"{event}: {reason}" if reason else event


def _fields(line: str) -> Fields | None:
    if not line.startswith("{"):
        return None
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
