"""From audio to transcript by way of every part: the real code surveys, cuts, starts and merges."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callscribe.contracts import AvailableRecording, RecordingStored, StoredRecording
from callscribe.names import audio_key
from callscribe.testing import FakePublisher
from recorder.audio.plan import Limits
from recorder.prepare import Workshop, prepare
from recorder.testing import FakeStore
from results.transcript import Transcript, read
from tests.integration.pipeline.perfect import recognised, spoken
from tests.unit.results.conversations import Conversation, Spoken, conversations
from tests.unit.results.sets import Around, ended, started, uri
from tests.unit.results.test_conversations import assert_all_is_there
from transcriber.handler import handle
from transcriber.options import JobOptions
from transcriber.testing import FakeBucket, FakeJobs

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHORT = Limits(seconds=14.0, search=7.0)
"""A part of so few seconds, instead of four hours, is cut in the same way and sooner."""

MIXED_UP = Random(1)  # noqa: S311 - an order, not a secret

A_FEW = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def stored(conversation: Conversation, store: FakeStore) -> StoredRecording:
    """Have the recorder prepare a conversation."""
    recording = AvailableRecording(
        recording_id="rec-1", conversation_id="CON-1", url="https://vonage/1", raw="{}"
    )
    key = audio_key("rec-1", "wav")
    store.objects[key] = spoken(conversation)
    return prepare(recording, key, store, Workshop(SHORT))


def transcribed(recording: StoredRecording, store: FakeStore, *, order: Random) -> Around:
    """Have the transcriber start all jobs, and the results worker be told of each, mixed up."""
    jobs, bucket, completions = FakeJobs(), FakeBucket(), FakePublisher()
    event = RecordingStored(source="s", subject="rec-1", time=NOON, data=recording)
    handle(
        event,
        bucket=bucket,
        jobs=jobs,
        events=FakePublisher(),
        completions=completions,
        options=JobOptions(transcripts_bucket="transcripts", max_speakers=0),
        watch_after=timedelta(minutes=15),
        now=lambda: NOON,
    )
    planned: Any = completions.published[0]
    files = {
        number: recognised(
            store.objects[job.media_uri.removeprefix("s3://audio/")], split=job.split_channels
        )
        for number, job in enumerate(jobs.started.values(), 1)
    }
    around = Around(planned.data, files)
    tellings: list[Any] = [ended(planned.data, number) for number in (*files, *files)]
    order.shuffle(tellings)
    around.told(*tellings, started(planned.data))
    assert around.written() == 1
    assert uri(1) in around.bucket.reads or not files
    return around


def transcript_of(conversation: Conversation, *, order: Random) -> tuple[Transcript, int]:
    store = FakeStore()
    recording = stored(conversation, store)
    around = transcribed(recording, store, order=order)
    transcript = read(around.bucket.objects["transcripts/rec-1/transcript.json"])
    return transcript, len(recording.parts)


def scenes(parties: Sequence[int], *, seconds: int) -> Conversation:
    """Everybody says a word at once, every two seconds."""
    words = [
        Spoken(len(parties) * turn + place, party, 2.0 * turn, 2.0 * turn + 0.5)
        for turn in range(seconds // 2)
        for place, party in enumerate(parties)
    ]
    return Conversation(max(parties) + 1, tuple(words), (float(seconds),))


@given(conversations(), st.randoms(use_true_random=False))
@A_FEW
def test_every_word_comes_back_once_in_order_on_its_party_at_its_time(
    conversation: Conversation, order: Random
) -> None:
    transcript, _ = transcript_of(conversation, order=order)

    assert_all_is_there(transcript, conversation)
    assert transcript.silent == conversation.silent


@given(conversations(most=6, fewest_scenes=8), st.randoms(use_true_random=False))
@A_FEW
def test_a_long_conversation_is_cut_where_nobody_speaks_and_put_together_again(
    conversation: Conversation, order: Random
) -> None:
    transcript, _ = transcript_of(conversation, order=order)

    assert_all_is_there(transcript, conversation)


def test_five_parties_over_four_times_the_limit_are_heard_in_parts_of_two_channels() -> None:
    conversation = scenes(range(5), seconds=60)

    transcript, parts = transcript_of(conversation, order=MIXED_UP)

    assert parts == 5 * 3
    assert_all_is_there(transcript, conversation)


def test_all_thirty_two_parties_who_speak_at_once_are_heard() -> None:
    conversation = scenes(range(32), seconds=6)

    transcript, parts = transcript_of(conversation, order=MIXED_UP)

    assert parts == 16
    assert_all_is_there(transcript, conversation)


def test_who_is_silent_among_many_costs_no_job() -> None:
    conversation = scenes((0, 5, 6), seconds=6)

    transcript, parts = transcript_of(conversation, order=MIXED_UP)

    assert parts == 2
    assert transcript.silent == (1, 2, 3, 4)
    assert_all_is_there(transcript, conversation)


def test_a_conversation_in_which_nobody_speaks_is_a_transcript_that_says_so() -> None:
    store = FakeStore()
    silence = Conversation(3, (), (5.0,))

    around = transcribed(stored(silence, store), store, order=MIXED_UP)

    assert around.text() == "No speech.\n"
    said = json.loads(around.bucket.objects["transcripts/rec-1/transcript.json"])
    assert len(said["parties"]) == 3
