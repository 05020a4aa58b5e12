"""Puts the pages together: which address shows or does what."""

from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from results.ledger.calls import CannotDoError, NoSuchCallError
from results.web.pages import acting, calling, conversation, listing, shown


def pages() -> Blueprint:
    """Make the pages; whoever serves them sees to who may come in."""
    made = Blueprint(
        "pages",
        __name__,
        template_folder="../templates",
        static_folder="../static",
        static_url_path="/static",
    )
    _listing(made)
    _calling(made)
    _acting(made)
    made.register_error_handler(NoSuchCallError, _missing)
    made.register_error_handler(HTTPStatus.NOT_FOUND, _nothing)
    made.register_error_handler(CannotDoError, _refused)
    made.context_processor(lambda: {"shown": shown, "conversation": conversation})
    return made


def _listing(made: Blueprint) -> None:
    for rule, view in (
        ("/", listing.calls),
        ("/failures", listing.failures),
        ("/numbers", listing.numbers),
    ):
        made.add_url_rule(rule, view_func=view)


def _calling(made: Blueprint) -> None:
    recording = "/calls/<call_id>/recordings/<recording_id>/"
    for rule, view in (
        ("/calls/<call_id>", calling.call),
        ("/calls/<call_id>/delete", calling.ask_delete),
        (f"{recording}turns/<int:number>", calling.turns),
        (f"{recording}transcript.<form>", calling.download),
        (f"{recording}audio", calling.audio),
        (f"{recording}peaks.json", calling.peaks),
    ):
        made.add_url_rule(rule, view_func=view)


def _acting(made: Blueprint) -> None:
    base = "/calls/<call_id>/"
    recording = f"{base}recordings/<recording_id>/"
    for rule, view in (
        (f"{base}note", acting.note),
        (f"{base}retry", acting.retry),
        (f"{base}delete", acting.delete),
        (f"{recording}names", acting.rename),
        (f"{recording}again", acting.again),
        ("/failures/retry", acting.retry_all),
    ):
        made.add_url_rule(rule, view_func=view, methods=["POST"])


def _missing(error: NoSuchCallError) -> Response:
    page = render_template("missing.html", reason=str(error))
    return Response(page, status=HTTPStatus.NOT_FOUND)


def _nothing(_: NotFound) -> Response:
    return _missing(NoSuchCallError("there is nothing at this address"))


def _refused(error: CannotDoError) -> AnyResponse:
    flash(f"That was not possible: {error}.", "error")
    return redirect(url_for("pages.failures"), code=HTTPStatus.SEE_OTHER)
