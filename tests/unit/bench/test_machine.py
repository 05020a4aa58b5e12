from bench.machine import company, group_and_ticks, peak


def test_the_ticks_of_a_process_are_those_of_user_and_system() -> None:
    stat = "71 (python) S 1 70 70 0 -1 4194560 900 0 0 0 250 50 0 0 20 0 5 0 100 0 0"

    assert group_and_ticks(stat) == (70, 300)


def test_a_name_with_spaces_and_brackets_does_not_shift_the_fields() -> None:
    stat = "71 (a (b) c) S 1 70 70 0 -1 4194560 900 0 0 0 250 50 0 0 20 0 5 0 100 0 0"

    assert group_and_ticks(stat) == (70, 300)


def test_the_peak_is_the_most_ever_resident_in_millions_of_bytes() -> None:
    status = "Name:\tpython\nVmPeak:\t  900000 kB\nVmHWM:\t  100000 kB\nVmRSS:\t   80000 kB\n"

    assert peak(status) == 102.4


def test_a_machine_that_does_other_work_is_called_busy() -> None:
    assert "busy" in company(3.2)
    assert company(0.1) == "load before the start 0.1: quiet"
