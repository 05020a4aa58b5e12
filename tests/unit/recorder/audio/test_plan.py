from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder.audio.loudness import Loudness
from recorder.audio.plan import FLAC_OVERHEAD, TRANSCRIBE, Limits, Piece, Plan, plan
from recorder.audio.survey import Survey

HOUR = 60 * 60
RATE = 16_000


def a_survey(*, channels: int, seconds: float = 60, silent: tuple[int, ...] = ()) -> Survey:
    return Survey(
        media_format="wav",
        channels=channels,
        sample_rate=RATE,
        frames=round(seconds * RATE),
        size=round(seconds * RATE) * channels * 2,
        audible=tuple(n for n in range(channels) if n not in silent),
        same_sound=False,
        loudness=Loudness(array("f", [1.0]) * round(seconds * 10), RATE // 10),
    )


def with_a_pause(survey: Survey, at: float) -> Survey:
    """Make it quiet for a second around a time."""
    power = survey.loudness.power[:]
    for step in range(round(at * 10) - 5, round(at * 10) + 5):
        power[step] = 0.0
    return replace(survey, loudness=Loudness(power, survey.loudness.step))


@pytest.mark.parametrize(("channels", "wanted"), [(1, (0,)), (2, (0, 1))])
def test_one_or_two_channels_are_transcribed_as_they_are(
    channels: int, wanted: tuple[int, ...]
) -> None:
    survey = a_survey(channels=channels)

    assert plan(survey) == Plan((Piece(wanted, 0, survey.frames),), cut=False)


def test_the_same_sound_on_two_channels_is_transcribed_as_one() -> None:
    survey = replace(a_survey(channels=2), same_sound=True)

    assert plan(survey) == Plan((Piece((0,), 0, survey.frames),), cut=False)


def test_two_channels_stay_together_though_one_is_silent() -> None:
    survey = a_survey(channels=2, silent=(0,))

    assert plan(survey) == Plan((Piece((0, 1), 0, survey.frames),), cut=False)


@pytest.mark.parametrize(
    ("channels", "silent", "groups"),
    [
        (3, (), [(0, 1), (2,)]),
        (4, (), [(0, 1), (2, 3)]),
        (5, (1,), [(0, 2), (3, 4)]),
        (5, (0, 1, 2, 4), [(3,)]),
        (32, (), [(n, n + 1) for n in range(0, 32, 2)]),
    ],
)
def test_more_channels_become_pairs_of_those_that_have_sound(
    channels: int, silent: tuple[int, ...], groups: list[tuple[int, ...]]
) -> None:
    planned = plan(a_survey(channels=channels, silent=silent))

    assert planned.cut
    assert [piece.channels for piece in planned.pieces] == groups


@pytest.mark.parametrize(
    "survey",
    [
        a_survey(channels=2, seconds=0.49),
        a_survey(channels=5, seconds=0.49),
        a_survey(channels=1, silent=(0,)),
        a_survey(channels=3, seconds=5 * HOUR, silent=(0, 1, 2)),
    ],
)
def test_of_too_little_or_of_silence_nothing_is_transcribed(survey: Survey) -> None:
    assert plan(survey) == Plan((), cut=False)


def test_half_a_second_is_enough() -> None:
    assert plan(a_survey(channels=1, seconds=0.5)).pieces


def test_more_than_four_hours_are_cut_where_it_is_quiet() -> None:
    survey = with_a_pause(a_survey(channels=2, seconds=6 * HOUR), 4 * HOUR - 200)

    first, second = plan(survey).pieces

    assert first.end / RATE == pytest.approx(4 * HOUR - 200, abs=0.5)
    assert (first.start, second.start, second.end) == (0, first.end, survey.frames)
    assert (first.channels, second.channels) == ((0, 1), (0, 1))


def test_a_pause_long_before_the_limit_is_not_where_it_is_cut() -> None:
    survey = with_a_pause(a_survey(channels=2, seconds=6 * HOUR), 2 * HOUR)

    first, _ = plan(survey).pieces

    assert 4 * HOUR - 6 * 60 - 1 <= first.end / RATE <= 4 * HOUR - 60


def test_long_and_many_channels_are_cut_both_ways_time_after_time() -> None:
    survey = a_survey(channels=4, seconds=5 * HOUR, silent=(2,))

    pieces = plan(survey).pieces

    assert [piece.channels for piece in pieces] == [(0, 1), (3,), (0, 1), (3,)]
    assert [piece.start > 0 for piece in pieces] == [False, False, True, True]


def test_a_large_file_is_cut_though_it_is_not_long() -> None:
    survey = replace(a_survey(channels=2, seconds=3 * HOUR), size=2 * 10**9)

    planned = plan(survey)

    assert planned.cut
    assert [piece.channels for piece in planned.pieces] == [(0, 1)]


def test_the_limits_are_transcribes_with_a_margin() -> None:
    assert TRANSCRIBE.seconds == pytest.approx(4 * HOUR, abs=120)
    assert TRANSCRIBE.seconds < 4 * HOUR
    assert TRANSCRIBE.bytes < 2 * 10**9


@given(
    channels=st.integers(1, 32),
    seconds=st.floats(0.5, 500),
    silent=st.sets(st.integers(0, 31)),
    most_seconds=st.floats(2, 120),
    most_bytes=st.integers(1_000_000, 20_000_000),
    pattern=st.lists(st.sampled_from([0.0, 0.2, 1.0]), min_size=1, max_size=50),
)
def test_every_sound_is_in_exactly_one_part_and_every_part_is_under_the_limits(
    *,
    channels: int,
    seconds: float,
    silent: set[int],
    most_seconds: float,
    most_bytes: int,
    pattern: list[float],
) -> None:
    survey = a_survey(channels=channels, seconds=seconds, silent=tuple(silent))
    power = array("f", pattern) * (len(survey.loudness.power) // len(pattern) + 1)
    survey = replace(survey, loudness=Loudness(power, survey.loudness.step))
    limits = Limits(seconds=most_seconds, bytes=most_bytes, search=10)

    pieces = plan(survey, limits).pieces

    for channel in survey.audible:
        mine = sorted((piece.start, piece.end) for piece in pieces if channel in piece.channels)
        assert [start for start, _ in mine] == [0, *(end for _, end in mine[:-1])]
        assert mine[-1][1] == survey.frames
    for piece in pieces:
        assert limits.shortest * RATE <= piece.end - piece.start <= most_seconds * RATE
        assert len(set(piece.channels)) == len(piece.channels) <= 2
    if plan(survey, limits).cut:
        largest = max((piece.end - piece.start) * len(piece.channels) for piece in pieces)
        assert largest * 3 * FLAC_OVERHEAD <= most_bytes
    if channels > 2:
        assert not {n for piece in pieces for n in piece.channels} & silent
