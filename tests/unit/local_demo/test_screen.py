from io import StringIO

from local.demo.screen import Screen
from local.demo.story import Step


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class NobodyReads(StringIO):
    def write(self, _: str) -> int:
        raise BrokenPipeError


def test_a_step_has_its_time_its_program_and_its_text() -> None:
    out = StringIO()

    Screen(out).step(Step("recorder", "recording stored"))

    assert out.getvalue() == "   0.0 s  recorder         recording stored\n"


def test_a_file_gets_no_colours() -> None:
    out = StringIO()
    screen = Screen(out)

    screen.title("Title")
    screen.step(Step("recorder", "message parked", trouble=True))

    assert "\033" not in out.getvalue()


def test_trouble_is_coloured_on_a_terminal() -> None:
    out = Terminal()

    Screen(out).step(Step("recorder", "message parked", trouble=True))

    assert "\033[33mmessage parked\033[0m" in out.getvalue()


def test_progress_stays_below_the_lines_on_a_terminal() -> None:
    out = Terminal()
    screen = Screen(out)

    screen.progress("1 of 2")
    screen.line("a line")

    assert out.getvalue() == "\r\033[K1 of 2\r\033[Ka line\n1 of 2"


def test_progress_goes_to_a_file_line_by_line() -> None:
    out = StringIO()
    screen = Screen(out)

    screen.progress("1 of 2")
    screen.progress("2 of 2")
    screen.progress_done()

    assert out.getvalue() == "1 of 2\n2 of 2\n"


def test_the_columns_of_a_table_are_aligned() -> None:
    out = StringIO()

    Screen(out).table([("recording", "turns"), ("a", "7")])

    assert out.getvalue() == "recording  turns\na          7\n"


def test_a_reader_who_left_does_not_end_the_demo() -> None:
    screen = Screen(NobodyReads())

    screen.line("nobody reads this")
    screen.line("nor this")
