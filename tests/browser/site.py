"""Serves the real app on loopback, with calls in memory and a real recording to play."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import soundfile
from flask import Flask, Response, send_file
from werkzeug.serving import make_server

from results.ledger.testing import NOON
from results.ledger.views import CallView, DayView, RecordingView, Status
from results.peaks import peaks_of
from results.transcript import Transcript
from results.web.access import open_to_all
from results.web.app import create_app
from results.web.services import Services
from results.web.settings import Settings
from results.web.testing import FakeCalls, FakeShelf

TOKEN = "let-me-in-to-read-calls"
AUDIO = Path(__file__).parents[2] / "local" / "sample" / "call.mp3"


class Shelf(FakeShelf):
    """Transcripts in memory; the audio of each recording is the sample's, from this host."""

    def audio_url(self, recording: RecordingView) -> str | None:
        """Give the address of the sample."""
        return "/sample.mp3" if recording.has_audio else None


class Calls(FakeCalls):
    """Calls in memory, with figures of days that nobody could count from so few calls."""

    figures: Sequence[DayView] = ()

    def become(self, call_id: str, status: Status) -> None:
        """Change a call's status, as the worker does."""
        self.calls[call_id] = replace(self.calls[call_id], status=status)

    def days(self, first: date, last: date) -> Sequence[DayView]:
        """Give the figures of the days."""
        known = {it.day: it for it in self.figures}
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [known.get(day, DayView(day)) for day in days]


@dataclass(frozen=True, slots=True)
class Site:
    """An app that is being served: its address, and the calls that it shows."""

    address: str
    calls: Calls


class _Sound:
    """The sample, read block by block."""

    def __init__(self) -> None:
        self._samples, self.sample_rate = soundfile.read(AUDIO, dtype="int16", always_2d=True)
        self.channels = self._samples.shape[1]

    def blocks(self, frames: int) -> Iterator[Any]:
        for start in range(0, len(self._samples), frames):
            yield self._samples[start : start + frames]


def measured(*recording_ids: str) -> Mapping[str, bytes]:
    """Measure the sample for recordings."""
    peaks = peaks_of("sample", _Sound()).model_dump_json().encode()
    return dict.fromkeys(recording_ids, peaks)


@contextmanager
def served(calls: Sequence[CallView], transcripts: Mapping[str, Transcript]) -> Iterator[Site]:
    """Serve calls for as long as the block runs."""
    there = Calls(*calls)
    app = app_of(there, transcripts)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.port}", there)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def app_of(calls: Calls, transcripts: Mapping[str, Transcript]) -> Flask:
    """Make the app as its process does, with the sample's audio beside it."""
    shelf = Shelf(transcripts, measured(*transcripts))
    services = Services(calls=calls, shelf=shelf, now=lambda: NOON + timedelta(hours=5))
    app = create_app(services, _settings(), token=TOKEN)

    content = AUDIO.read_bytes()

    @app.get("/sample.mp3")
    @open_to_all
    def sample() -> Response:
        # From memory: a browser that breaks off would leave a file open.
        return send_file(BytesIO(content), mimetype="audio/mpeg", conditional=True)

    return app


def _settings() -> Settings:
    urls = {
        f"{queue}_{kind}_url": f"http://127.0.0.1/{queue}"
        for queue in ("recordings", "transcriptions", "completions", "call_events")
        for kind in ("queue", "parked")
    }
    buckets = {"calls_table": "calls", "audio_bucket": "audio", "transcripts_bucket": "transcripts"}
    return Settings.model_validate(urls | buckets | {"secure_cookies": False})


def words_of_sample() -> Sequence[Mapping[str, object]]:
    """Give what is said in the sample, line by line."""
    lines: Sequence[Mapping[str, object]] = json.loads(
        AUDIO.with_suffix(".json").read_text(encoding="utf-8")
    )["lines"]
    return lines
