import pytest

from bench.load import percentile


@pytest.mark.parametrize(("share", "value"), [(0.5, 50.0), (0.99, 99.0), (1.0, 100.0)])
def test_a_percentile_is_a_value_that_was_measured(share: float, value: float) -> None:
    times = [float(number) for number in range(100, 0, -1)]

    assert percentile(times, share) == value


def test_the_percentile_of_one_value_is_that_value() -> None:
    assert percentile([0.3], 0.99) == 0.3
