"""The operations on calls: find, follow, change, delete."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from flask import Response

from callscribe.contracts import Wishes
from results.ledger.calls import Calls, NoSuchCallError
from results.ledger.views import CallView, DayView, Page
from results.web.api.inputs import Days, Filter, Names, Note, Paging, Retry, Settings
from results.web.api.operations import Answer, Operation, as_json
from results.web.api.outputs import Begun, Retried

OK: Final = HTTPStatus.OK
ACCEPTED: Final = HTTPStatus.ACCEPTED

CALL: Final = "/calls/{call_id}"
RECORDING: Final = CALL + "/recordings/{recording_id}"


def call_operations(calls: Calls) -> Iterator[Operation]:
    """Give the operations on the calls that there are."""
    yield from _reading(calls)
    yield from _changing(calls)
    yield from _transcribing(calls)


def _reading(calls: Calls) -> Iterator[Operation]:
    def list_calls(query: Filter) -> Response:
        """List calls, newest first.

        A page may be short and still have others after it: ask with its cursor until there is none.
        """
        page = calls.page(query.wanted(), cursor=query.cursor, limit=query.limit)
        return as_json(page, Page)

    def list_failures(query: Paging) -> Response:
        """List the calls of which something is stuck, parked or failed."""
        return as_json(calls.failures(cursor=query.cursor, limit=query.limit), Page)

    def get_call(call_id: str) -> Response:
        """Get one call, by its id or that of any of its conversations or recordings.

        Of a deleted call there is a tombstone.
        """
        return as_json(_there(calls, call_id), CallView)

    def list_days(query: Days) -> Response:
        """Give the figures of each day."""
        return as_json(calls.days(query.first, query.last), list[DayView])

    page = {OK: Answer("Some calls", Page)}
    yield Operation("GET", "/calls", list_calls, page, query=Filter)
    yield Operation("GET", "/failures", list_failures, page, query=Paging)
    yield Operation("GET", CALL, get_call, {OK: Answer("The call", CallView)})
    days = {OK: Answer("The days, oldest first", list[DayView])}
    yield Operation("GET", "/days", list_days, days, query=Days)


def _changing(calls: Calls) -> Iterator[Operation]:
    def write_note(call_id: str, body: Note) -> Response:
        """Write the note of a call, in place of the one that was there."""
        calls.note(call_id, body.note)
        return as_json(_there(calls, call_id), CallView, ACCEPTED)

    def rename_parties(call_id: str, recording_id: str, body: Names) -> Response:
        """Name the parties of a recording."""
        calls.rename(call_id, recording_id, body.names)
        return as_json(_there(calls, call_id), CallView, ACCEPTED)

    def delete_call(call_id: str) -> Response:
        """Delete the audio, the transcripts and the record of a call; a tombstone stays."""
        calls.delete(call_id)
        return as_json(_there(calls, call_id), CallView, ACCEPTED)

    # The worker does it, usually before the answer is given.
    changed = {ACCEPTED: Answer("It is done, or will be in a moment", CallView)}
    yield Operation("PUT", CALL + "/note", write_note, changed, body=Note)
    yield Operation("PUT", RECORDING + "/names", rename_parties, changed, body=Names)
    yield Operation("DELETE", CALL, delete_call, changed)


def _transcribing(calls: Calls) -> Iterator[Operation]:
    def retry_call(call_id: str, body: Retry) -> Response:
        """Send parked messages back to the queues that they came from."""
        count = calls.retry(call_id, body.stop_id)
        return as_json(Retried(count), Retried, ACCEPTED)

    def transcribe_again(call_id: str, recording_id: str, body: Settings) -> Response:
        """Transcribe a recording once more, in another way; the old transcript stays till then."""
        run = calls.again(call_id, recording_id, Wishes(**body.model_dump()))
        return as_json(Begun(run), Begun, ACCEPTED)

    conflict = (HTTPStatus.CONFLICT,)
    yield Operation(
        "POST",
        CALL + "/retry",
        retry_call,
        {ACCEPTED: Answer("What was sent again", Retried)},
        body=Retry,
        problems=conflict,
    )
    yield Operation(
        "POST",
        RECORDING + "/transcriptions",
        transcribe_again,
        {ACCEPTED: Answer("What was begun", Begun)},
        body=Settings,
        problems=conflict,
    )


def _there(calls: Calls, call_id: str) -> CallView:
    call = calls.get(call_id)
    if call is None:
        raise NoSuchCallError("there is no such call")
    return call
