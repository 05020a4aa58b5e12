"""Shows one call: its conversation, its audio and what became of it."""

from http import HTTPStatus
from typing import Final

from flask import Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from results.ledger.calls import NoSuchCallError
from results.ledger.views import CallView, RecordingView, Stage
from results.render import CONTENT_TYPES, Format, render
from results.statistics import statistics_of
from results.transcript import Transcript
from results.web.pages import current
from results.web.pages.conversation import pieces_of
from results.web.pages.listing import MOVING

FORMATS: Final = (
    (Format.TXT, "Text"),
    (Format.DOCX, "Word"),
    (Format.MD, "Markdown"),
    (Format.CSV, "Spreadsheet (CSV)"),
    (Format.VTT, "Subtitles (WebVTT)"),
    (Format.SRT, "Subtitles (SRT)"),
    (Format.JSON, "JSON"),
)


def call(call_id: str) -> AnyResponse | str:
    """Show a call with one of its recordings, the first unless the address names another."""
    call = _call(call_id)
    if call.deleted:
        return Response(render_template("deleted.html", call=call), status=HTTPStatus.GONE)
    recording = _shown(call)
    said = current.shelf().transcript(recording) if recording else None
    return render_template(
        "call.html",
        call=call,
        recording=recording,
        said=said,
        pieces=pieces_of(said) if said else (),
        statistics=statistics_of(said, duration=_duration(recording)) if said else None,
        moving=call.status in MOVING,
        formats=FORMATS,
        stages=tuple(Stage),
    )


def ask_delete(call_id: str) -> str:
    """Ask whether a call shall really be deleted."""
    call = _call(call_id)
    if call.deleted:
        raise NoSuchCallError("the call is deleted")
    return render_template("delete.html", call=call)


def turns(call_id: str, recording_id: str, number: int) -> str:
    """Give one piece of the conversation, for the page to put in its place."""
    _, said = _said(call_id, recording_id)
    pieces = pieces_of(said)
    if not 1 <= number <= len(pieces):
        abort(404)
    return render_template("turns.html", piece=pieces[number - 1], said=said)


def download(call_id: str, recording_id: str, form: str) -> Response:
    """Give the transcript to take along."""
    if form not in set(Format):
        abort(404)
    recording, said = _said(call_id, recording_id)
    answer = Response(render(said, Format(form)), content_type=CONTENT_TYPES[Format(form)])
    name = f"{recording.recording_id}.{form}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def audio(call_id: str, recording_id: str) -> AnyResponse:
    """Send the player to where the audio is."""
    address = current.shelf().audio_url(_recording(call_id, recording_id))
    if address is None:
        abort(404)
    return redirect(address)


def peaks(call_id: str, recording_id: str) -> Response:
    """Give what the waveform is drawn from."""
    content = current.shelf().peaks(_recording(call_id, recording_id))
    if content is None:
        abort(404)
    return Response(content, content_type="application/json")


def _call(call_id: str) -> CallView:
    call = current.calls().get(call_id)
    if call is None:
        raise NoSuchCallError("there is no such call")
    return call


def _recording(call_id: str, recording_id: str) -> RecordingView:
    recording = _call(call_id).recording(recording_id)
    if recording is None:
        raise NoSuchCallError("there is no such recording")
    return recording


def _said(call_id: str, recording_id: str) -> tuple[RecordingView, Transcript]:
    recording = _recording(call_id, recording_id)
    said = current.shelf().transcript(recording)
    if said is None:
        raise NoSuchCallError("there is no transcript")
    return recording, said


def _shown(call: CallView) -> RecordingView | None:
    wanted = call.recording(request.args.get("recording", ""))
    return wanted or next(iter(call.recordings), None)


def _duration(recording: RecordingView | None) -> float | None:
    return recording.duration if recording else None
