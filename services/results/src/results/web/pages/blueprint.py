"""Puts the pages together: which address shows or does what."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from results.ledger.calls import CannotDoError, NoSuchCallError
from results.ledger.views import RecordingView
from results.web.pages import conversation, shown
from results.web.pages.acting import Acting
from results.web.pages.calling import Calling
from results.web.pages.figures import Rates
from results.web.pages.listing import Listing
from results.web.services import Services

GETS: Final = (
    ("/", "calls"),
    ("/failures", "failures"),
    ("/numbers", "numbers"),
)


@dataclass(frozen=True, slots=True)
class Extras:
    """What the pages want beside the calls: the peaks of a recording as JSON, and what is paid."""

    peaks: Callable[[RecordingView], bytes | None] = lambda _: None
    rates: Rates = Rates()


def pages_of(services: Services, extras: Extras) -> Blueprint:
    """Make the pages of some services; whoever serves them sees to who may come in."""
    pages = Blueprint("pages", __name__, template_folder="../templates", static_folder="../static")
    pages.static_url_path = "/static"
    _listing(pages, Listing(services, extras.rates))
    _calling(pages, Calling(services, extras.peaks))
    _acting(pages, Acting(services))
    pages.register_error_handler(NoSuchCallError, _not_found)
    pages.register_error_handler(CannotDoError, _refused)
    pages.context_processor(lambda: {"shown": shown, "conversation": conversation})
    return pages


def _listing(pages: Blueprint, listing: Listing) -> None:
    for rule, name in GETS:
        pages.add_url_rule(rule, name, getattr(listing, name))


def _calling(pages: Blueprint, calling: Calling) -> None:
    pages.add_url_rule("/calls/<call_id>", "call", calling.call)
    pages.add_url_rule("/calls/<call_id>/delete", "ask_delete", calling.ask_delete)
    base = "/calls/<call_id>/recordings/<recording_id>/"
    pages.add_url_rule(f"{base}turns/<int:number>", "turns", calling.turns)
    pages.add_url_rule(f"{base}transcript.<form>", "download", calling.download)
    pages.add_url_rule(f"{base}audio", "audio", calling.audio)
    pages.add_url_rule(f"{base}peaks.json", "peaks", calling.peaks_file)


def _acting(pages: Blueprint, acting: Acting) -> None:
    base = "/calls/<call_id>/"
    recording = f"{base}recordings/<recording_id>/"
    for rule, name in (
        (f"{base}note", "note"),
        (f"{base}retry", "retry"),
        (f"{base}delete", "delete"),
        (f"{recording}names", "rename"),
        (f"{recording}again", "again"),
        ("/failures/retry", "retry_all"),
    ):
        pages.add_url_rule(rule, name, getattr(acting, name), methods=["POST"])


def _not_found(error: NoSuchCallError) -> Response:
    page = render_template("missing.html", reason=str(error))
    return Response(page, status=HTTPStatus.NOT_FOUND)


def _refused(error: CannotDoError) -> AnyResponse:
    flash(f"That was not possible: {error}.", "error")
    return redirect(url_for("pages.failures"), code=HTTPStatus.SEE_OTHER)
