import io
from dataclasses import replace
from datetime import datetime
from threading import Event as Flag
from typing import Any

import numpy as np
import pytest
import soundfile

from local.transcribe.job import Job, Status
from local.transcribe.jobs import Jobs
from local.transcribe.places import Place
from local.transcribe.reasons import Reason
from local.transcribe.runner import Runner
from local.transcribe.scenario import Scenario
from local.transcribe.speech import Heard
from local.transcribe.testing import NOON, FakeEars, FakeEvents, FakeS3, a_job, an_utterance

CALL = Place("audio", "call.mp3")
TRANSCRIPT = Place("transcripts", "transcribe/callscribe-1.json")
HELLO = Heard("en", 0.9, (an_utterance("Hello.", 1.0),))
SPLIT = {"ChannelIdentification": True}


def media(*, channels: int = 2, seconds: float = 1.0) -> bytes:
    file = io.BytesIO()
    silence = np.zeros((round(seconds * 16_000), channels), np.int16)
    soundfile.write(file, silence, 16_000, format="WAV")
    return file.getvalue()


class Bench:
    """A runner and everything around it."""

    def __init__(self, content: bytes | None = None, ears: FakeEars | None = None) -> None:
        self.s3 = FakeS3({CALL: media() if content is None else content})
        self.events = FakeEvents()
        self.ears = ears or FakeEars(HELLO)
        self.stopping = Flag()
        self._jobs = Jobs(concurrent=250)
        self._runner = Runner(
            self._jobs,
            storage=self.s3,
            events=self.events,
            ears=self.ears,
            account="000000000000",
            stopping=self.stopping,
            now=_now,
        )

    def run(self, job: Job | None = None, **request: Any) -> Job:
        job = job or a_job(**request)
        self._runner.run(job)
        return self._jobs.get(job.name)


def _now() -> datetime:
    return NOON


def test_a_job_ends_with_its_transcript_written_and_its_event_told() -> None:
    bench = Bench()

    job = bench.run(Settings=SPLIT)

    assert job.status is Status.COMPLETED
    assert bench.events.told == [job]
    file = bench.s3.objects[TRANSCRIPT]
    assert isinstance(file, dict)
    assert file["results"]["channel_labels"]["number_of_channels"] == 2


def test_each_channel_is_heard_alone_when_asked_for() -> None:
    bench = Bench()

    bench.run(Settings=SPLIT)

    assert bench.ears.asked == [[0, 1]]


def test_all_channels_are_heard_mixed_otherwise() -> None:
    bench = Bench()

    bench.run()

    assert bench.ears.asked == [[None]]


def test_one_channel_is_one_channel() -> None:
    bench = Bench(media(channels=1))

    bench.run(Settings=SPLIT)

    assert bench.ears.asked == [[0]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (media(channels=3), Reason.TOO_MANY_CHANNELS),
        (media(seconds=0.4), Reason.TOO_SHORT),
        (b"no sound", Reason.FORMAT_UNSUPPORTED),
    ],
)
def test_media_that_cannot_be_transcribed_fail_the_job_with_the_reason(
    content: bytes, reason: Reason
) -> None:
    bench = Bench(content)

    job = bench.run()

    assert (job.status, job.failure, job.completed) == (Status.FAILED, reason, None)
    assert bench.events.told == [job]
    assert TRANSCRIPT not in bench.s3.objects


def test_a_format_that_was_not_said_right_fails_the_job() -> None:
    assert Bench().run(MediaFormat="mp3").failure == Reason.FORMAT_MISMATCH


def test_silence_is_a_result() -> None:
    job = Bench(ears=FakeEars()).run()

    assert job.status is Status.COMPLETED


def test_silence_has_no_language_to_identify() -> None:
    job = Bench(ears=FakeEars()).run(LanguageCode=None, IdentifyLanguage=True)

    assert job.failure == Reason.NO_SPEECH_TO_IDENTIFY


def test_an_identified_language_is_one_of_those_that_were_offered() -> None:
    job = Bench().run(LanguageCode=None, IdentifyLanguage=True, LanguageOptions=["de-DE", "en-GB"])

    assert job.found
    assert (job.found.language_code, job.found.score) == ("en-GB", 0.9)


def test_a_fault_of_our_own_fails_the_job_as_a_fault_of_aws() -> None:
    bench = Bench(ears=FakeEars(fault=RuntimeError("a process was killed")))

    assert bench.run().failure == Reason.INTERNAL


def test_a_scenario_fails_the_job_for_its_own_reason() -> None:
    bench = Bench()

    job = bench.run(a_job(Scenario(fail="Invalid sample rate for audio file.")))

    assert job.failure == "Invalid sample rate for audio file."
    assert bench.ears.asked == []


@pytest.mark.parametrize(
    ("scenario", "times"),
    [(Scenario(event_lost=True), 0), (Scenario(), 1), (Scenario(event_twice=True), 2)],
)
def test_a_scenario_loses_or_repeats_the_event(scenario: Scenario, times: int) -> None:
    bench = Bench()

    job = bench.run(a_job(scenario))

    assert job.status is Status.COMPLETED
    assert len(bench.events.told) == times


def test_a_job_that_waited_begins_when_its_turn_comes() -> None:
    waiting = replace(a_job(), status=Status.QUEUED, started=None)

    assert Bench().run(waiting).started == NOON


def test_a_slow_job_does_not_keep_the_process_from_ending() -> None:
    bench = Bench()
    bench.stopping.set()

    job = bench.run(a_job(Scenario(slow=3600)))

    assert job.status is Status.IN_PROGRESS
    assert bench.events.told == []
