"""The operations on what was said: the transcript in any format, and the audio."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from flask import Response, request
from werkzeug.exceptions import NotAcceptable, NotFound

from results.ledger.calls import NoSuchCallError
from results.ledger.views import RecordingView
from results.render import CONTENT_TYPES, Format, render
from results.transcript import Transcript
from results.web.api.calls import RECORDING
from results.web.api.operations import Answer, Operation
from results.web.services import Services

TYPES: Final = {CONTENT_TYPES[form].partition(";")[0]: form for form in Format}
"""The formats, by the media type that ``Accept`` names."""


def media_operations(services: Services) -> Iterator[Operation]:
    """Give the operations on transcripts and audio."""

    def get_transcript(call_id: str, recording_id: str) -> Response:
        """Read a transcript, as JSON or as `Accept` says."""
        best = request.accept_mimetypes.best_match(list(TYPES))
        form = TYPES.get(best or "") if request.accept_mimetypes else Format.JSON
        if form is None:
            raise NotAcceptable("a transcript is " + ", ".join(TYPES))
        answer = _transcript(services, call_id, recording_id, form)
        answer.headers["Vary"] = "Accept"
        return answer

    def get_transcript_file(call_id: str, recording_id: str, suffix: str) -> Response:
        """Take a transcript along as a file: txt, json, vtt, srt, csv, docx or md."""
        try:
            form = Format(suffix)
        except ValueError:
            raise NotFound("there is no such format") from None
        answer = _transcript(services, call_id, recording_id, form)
        name = f'attachment; filename="{recording_id}.{form}"'
        answer.headers["Content-Disposition"] = name
        return answer

    def get_audio(call_id: str, recording_id: str) -> Response:
        """Hear a recording: leads to an address that is good for a few minutes and takes ranges."""
        address = services.shelf.audio_url(_recording(services, call_id, recording_id))
        if address is None:
            raise NotFound("its audio was never stored")
        return Response(status=HTTPStatus.FOUND, headers={"Location": address})

    said = {HTTPStatus.OK: Answer("The transcript", Transcript, tuple(TYPES))}
    yield Operation(
        "GET",
        RECORDING + "/transcript",
        get_transcript,
        said,
        problems=(HTTPStatus.NOT_ACCEPTABLE, HTTPStatus.BAD_GATEWAY),
    )
    yield Operation(
        "GET",
        RECORDING + "/transcript.{suffix}",
        get_transcript_file,
        said,
        problems=(HTTPStatus.BAD_GATEWAY,),
    )
    found = {HTTPStatus.FOUND: Answer("Where it is", headers={"Location": "The audio's address"})}
    yield Operation("GET", RECORDING + "/audio", get_audio, found)


def _transcript(services: Services, call_id: str, recording_id: str, form: Format) -> Response:
    said = services.shelf.transcript(_recording(services, call_id, recording_id))
    if said is None:
        raise NotFound("there is no transcript yet")
    return Response(render(said, form), content_type=CONTENT_TYPES[form])


def _recording(services: Services, call_id: str, recording_id: str) -> RecordingView:
    call = services.calls.get(call_id)
    recording = call.recording(recording_id) if call else None
    if recording is None:
        raise NoSuchCallError("there is no such recording of this call")
    return recording
