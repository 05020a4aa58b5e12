"""Calls to look at: a good one, one on its way, a failed one, a long one, and some days."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import groupby

from results.ledger.testing import NOON, a_call, a_recording, a_transcript
from results.ledger.views import CallView, DayView, ReasonCount, Stage, Status, StopView
from results.transcript import Party, Transcript, Turn, Word
from tests.browser.site import words_of_sample

GARDEN, STUCK, LONG, MEETING = "rec-garden", "rec-stuck", "rec-long", "rec-meeting"
PARTIES = ("Caller", "Callee")


def garden() -> Transcript:
    """Give what is said in the sample; one word of it was hardly understood."""
    lines = [_turn(PARTIES.index(str(it["party"]).title()), it) for it in words_of_sample()]
    turns = [_joined(list(its)) for _, its in groupby(lines, key=lambda turn: turn.party)]
    return _transcript(GARDEN, _marked(turns), PARTIES)


def long_one(words: int = 40_000) -> Transcript:
    """Give a conversation of four hours."""
    said = "so I looked at the order again and there it was in the second line of the list"
    turns = a_transcript(LONG, *[said] * (words // len(said.split()))).turns
    return _transcript(LONG, _at_pace(turns, 4 * 3600), PARTIES)


def meeting() -> Transcript:
    """Give a conversation of four, on four channels."""
    said = ("Shall we begin?", "I am here.", "So am I.", "Good morning from Lisbon.") * 3
    made = a_transcript(MEETING, *said, parties=4)
    return _transcript(MEETING, made.turns, ("Ann", "Ben", "Chi", "Dora"))


def calls() -> Sequence[CallView]:
    """Give calls of today and yesterday, in every state."""
    stop = StopView(
        "stop-1",
        "the recording is on a host that is not allowed: files.example.com",
        "Add the host to RECORDER_ALLOWED_HOSTS if it is Vonage's, then retry.",
        NOON + timedelta(minutes=51),
        stopped_before=Stage.STORED,
        recording_id=STUCK,
        queue="recordings",
        attempts=1,
    )
    stuck = a_recording(STUCK, status=Status.FAILED, reason=stop.reason, audio_key=None)
    stuck = replace(stuck, transcript_run=None, stages=stuck.stages[:1], duration=None)
    return (
        _call("CON-garden", 240, GARDEN, "14155550101", 24, note="Apple trees"),
        a_call(
            "CON-live",
            minutes_later=262,
            status=Status.LIVE,
            ended_at=None,
            seconds=None,
            recordings=(),
            caller="4915123456789",
        ),
        _busy(),
        replace(
            _call("CON-stuck", 50, STUCK, "33612345678", 312),
            status=Status.FAILED,
            reason=stop.reason,
            stops=(stop,),
            recordings=(stuck,),
        ),
        _call("CON-meeting", -300, MEETING, "351912345678", 48, channels=4),
        _unheard(_call("CON-long", -1500, LONG, "14155550199", 14400)),
        a_call("CON-quiet", minutes_later=-1700, status=Status.UNRECORDED, recordings=()),
    )


def transcripts() -> Mapping[str, Transcript]:
    """Give what is said in those calls."""
    return {GARDEN: garden(), LONG: long_one(), MEETING: meeting()}


def days() -> Sequence[DayView]:
    """Give the figures of five weeks, quieter at week-ends."""
    return [_day(n) for n in range(36)]


def _day(ago: int) -> DayView:
    day = (NOON - timedelta(days=ago)).date()
    count = (9 if day.weekday() > 4 else 42) + ago * 7 % 13
    failed = ago % 4
    return DayView(
        day,
        calls=count,
        ready=count - failed,
        failed=failed,
        minutes=count * 5.5,
        transcribed_minutes=count * 5.2,
        wait_p50=21.0 + ago % 7,
        wait_p95=74.0 + ago % 11,
        price=Decimal(count) * Decimal("0.07"),
        reasons=(ReasonCount("Vonage deleted the recording before it was fetched", failed),)
        if failed
        else (),
    )


def _call(
    call_id: str,
    minutes_later: float,
    recording_id: str,
    caller: str,
    seconds: float,
    *,
    channels: int = 2,
    note: str = "",
) -> CallView:
    started = NOON + timedelta(minutes=minutes_later)
    recording = a_recording(recording_id, started, duration=float(seconds), channels=channels)
    return a_call(
        call_id,
        minutes_later=minutes_later,
        recordings=(recording,),
        caller=caller,
        called="442071838750",
        seconds=float(seconds),
        note=note,
        price=Decimal("0.0138"),
    )


def _unheard(call: CallView) -> CallView:
    """Take the audio away: the sample is not four hours long."""
    return replace(call, recordings=(replace(call.recordings[0], audio_key=None),))


def _busy() -> CallView:
    call = _call("CON-busy", 255, "rec-busy", "4915123456780", 187)
    recording = call.recordings[0]
    on_its_way = replace(
        recording, status=Status.IN_PROGRESS, transcript_run=None, stages=recording.stages[:3]
    )
    return replace(call, status=Status.IN_PROGRESS, recordings=(on_its_way,))


def _transcript(recording_id: str, turns: Sequence[Turn], names: Sequence[str]) -> Transcript:
    return Transcript(
        recording_id=recording_id,
        conversation_id="CON-1",
        language="en-GB",
        duration=turns[-1].end,
        parties=tuple(Party(name, channel=place) for place, name in enumerate(names)),
        turns=tuple(turns),
    )


def _turn(party: int, said: Mapping[str, object]) -> Turn:
    text, at = str(said["text"]), float(str(said["start"]))
    words = tuple(
        Word(round(at + 0.3 * n, 2), round(at + 0.3 * n + 0.28, 2), word, 0.95)
        for n, word in enumerate(text.split())
    )
    overlaps = at in (11.5, 13.3)
    return Turn(party, at, words[-1].end, overlaps, 0.95, text, words)


def _joined(turns: Sequence[Turn]) -> Turn:
    return replace(
        turns[0],
        end=turns[-1].end,
        overlaps=any(it.overlaps for it in turns),
        text=" ".join(it.text for it in turns),
        words=tuple(word for it in turns for word in it.words),
    )


def _marked(turns: Sequence[Turn]) -> Sequence[Turn]:
    """Make one word doubtful."""
    first, *others = turns[1].words
    doubtful = (*others[:-1], replace(others[-1], confidence=0.31))
    return [turns[0], replace(turns[1], words=(first, *doubtful)), *turns[2:]]


def _at_pace(turns: Sequence[Turn], seconds: float) -> Sequence[Turn]:
    """Spread turns over so much time."""
    pace = seconds / turns[-1].end

    def slow(word: Word) -> Word:
        return replace(word, start=round(word.start * pace, 2), end=round(word.end * pace, 2))

    return [
        replace(
            it,
            start=round(it.start * pace, 2),
            end=round(it.end * pace, 2),
            words=tuple(map(slow, it.words)),
        )
        for it in turns
    ]
