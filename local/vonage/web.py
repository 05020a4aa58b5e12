"""The HTTP side: people place calls and follow them, the application fetches recordings."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Flask, Response, jsonify, request
from pydantic import ValidationError

from local.vonage.audio import UnreadableAudioError
from local.vonage.journal import Journal
from local.vonage.phone import CallRequest, Phone

Answer = tuple[Response, int]


class Desk:
    """Where people place calls and read how they go."""

    def __init__(self, phone: Phone, journal: Journal, *, new_seed: Callable[[], UUID]) -> None:
        self._phone = phone
        self._journal = journal
        self._new_seed = new_seed

    def place(self) -> Answer:
        """Place the call that the request's body describes."""
        try:
            asked = CallRequest.model_validate(request.get_json(silent=True))
            page = self._phone.place(asked, seed=self._new_seed()).read()
        except ValidationError as error:
            return _line(_first_fault(error), HTTPStatus.BAD_REQUEST)
        except UnreadableAudioError as error:
            return _line(str(error), HTTPStatus.BAD_REQUEST)
        names = ("call", "conversation_uuid", "recording_uuid")
        return jsonify({name: page[name] for name in names}), HTTPStatus.ACCEPTED

    def pages(self) -> Answer:
        """Give the pages of all calls."""
        return jsonify([entry.read() for entry in self._journal.all()]), HTTPStatus.OK

    def page(self, call_id: str) -> Answer:
        """Give the page of a call."""
        entry = self._journal.find(call_id)
        if entry is None:
            return _line("there is no such call", HTTPStatus.NOT_FOUND)
        return jsonify(entry.read()), HTTPStatus.OK


def create_app(desk: Desk, media: Blueprint) -> Flask:
    """Put the web application together."""
    app = Flask("local.vonage")
    app.register_blueprint(media)
    app.add_url_rule("/local/calls", view_func=desk.place, methods=["POST"])
    app.add_url_rule("/local/calls", view_func=desk.pages)
    app.add_url_rule("/local/calls/<call_id>", view_func=desk.page)
    app.add_url_rule("/health", "health", lambda: {"alive": True})
    return app


def _line(text: str, status: HTTPStatus) -> Answer:
    return Response(f"{text}\n", mimetype="text/plain"), status


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in fault["loc"]) or "the body"
    return f"{place}: {fault['msg']}"
