"""The pages served on loopback with calls in memory, and a real recording to play."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from threading import Thread

from flask import Flask, send_file
from werkzeug.serving import make_server

from results.ledger.testing import NOON, a_call, a_recording, a_transcript
from results.ledger.views import (
    CallView,
    DayView,
    ReasonCount,
    RecordingView,
    Stage,
    Status,
    StopView,
)
from results.peaks import peaks_of
from results.peaks_audio import SoundFile
from results.transcript import Party, Transcript, Turn, Word
from results.web.pages.blueprint import Extras, pages_of
from results.web.services import Services
from results.web.testing import FakeCalls, FakeShelf

SAMPLE = Path(__file__).parents[2] / "local" / "sample"
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
