"""Does to a call what somebody asks for on a page, and shows the page again."""

from http import HTTPStatus
from typing import Final

from flask import abort, flash, redirect, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response

from callscribe.contracts import Wishes
from results.ledger.calls import CannotDoError
from results.web.api.inputs import Settings
from results.web.pages import current

LONGEST_NAME: Final = 40
LONGEST_NOTE: Final = 10_000
"""As by the API: a note from there must survive that somebody changes it here."""
MOST_AT_ONCE: Final = 100
"""Failures that one press of a button sends again; the page shows no more."""


def note(call_id: str) -> Response:
    """Write the note of a call."""
    current.calls().note(call_id, request.form.get("note", "").strip()[:LONGEST_NOTE])
    flash("The note is saved.")
    return _back_to(call_id)


def rename(call_id: str, recording_id: str) -> Response:
    """Name the parties of a recording."""
    names = [_name(said) for said in request.form.getlist("name")]
    current.calls().rename(call_id, recording_id, names)
    flash("The names are saved.")
    return _back_to(call_id, recording_id)


def retry(call_id: str) -> Response:
    """Send what is parked of a call again."""
    count = current.calls().retry(call_id, request.form.get("stop") or None)
    flash(f"Sent again: {count}. This call is on its way.")
    return _to("pages.call", call_id=call_id)


def retry_all() -> Response:
    """Send everything again that the page of failures shows."""
    sent = 0
    for call in current.calls().failures(limit=MOST_AT_ONCE).calls:
        if any(stop.can_be_retried for stop in call.stops):
            sent += _retried(call.call_id)
    flash(f"Sent again: {sent}.")
    return _to("pages.failures")


def again(call_id: str, recording_id: str) -> Response:
    """Transcribe a recording once more, in the language that is asked for."""
    said = request.form.get("language_code", "").strip()
    try:
        asked = Settings(language_code=said or None, max_speakers=_speakers())
    except ValidationError:
        abort(400)
    run = current.calls().again(call_id, recording_id, Wishes(**asked.model_dump()))
    flash(f"Transcription number {run} is under way; the one that is here stays until then.")
    return _back_to(call_id, recording_id)


def delete(call_id: str) -> Response:
    """Delete a call for good."""
    current.calls().delete(call_id)
    flash("The call is deleted.")
    return _to("pages.calls")


def _retried(call_id: str) -> int:
    try:
        return current.calls().retry(call_id)
    except CannotDoError:
        # Somebody else was quicker.
        return 0


def _speakers() -> int | None:
    return request.form.get("max_speakers", type=int)


def _name(said: str) -> str:
    return " ".join("".join(it for it in said if it.isprintable()).split())[:LONGEST_NAME]


def _back_to(call_id: str, recording_id: str | None = None) -> Response:
    shown = {"recording": recording_id} if recording_id else {}
    return _to("pages.call", call_id=call_id, **shown)


def _to(page: str, **values: str) -> Response:
    return redirect(url_for(page, **values), code=HTTPStatus.SEE_OTHER)  # type: ignore[arg-type] # mypy takes any value for one of url_for's own
