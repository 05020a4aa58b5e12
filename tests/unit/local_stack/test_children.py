from pathlib import Path
from threading import Event

import pytest

from local.stack.children import ChildFailedError, Children

PRINTS_AND_WAITS = "import time; print('here', flush=True); time.sleep(60)"
NO_PORT = "http://127.0.0.1:9/health"


class Heard:
    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []
        self.any = Event()

    def __call__(self, name: str, line: str) -> None:
        self.lines.append((name, line))
        self.any.set()


def test_what_a_child_prints_is_heard_by_its_name() -> None:
    heard = Heard()

    with Children(heard) as children:
        children.start("printer", ["-c", PRINTS_AND_WAITS], {})
        assert heard.any.wait(20)

    assert heard.lines == [("printer", "here")]


def test_leaving_the_block_leaves_nothing_running() -> None:
    with Children(Heard()) as children:
        child = children.start("sleeper", ["-c", PRINTS_AND_WAITS], {})

    assert not child.running


def test_what_a_child_started_ends_with_it() -> None:
    heard = Heard()
    grandchild = "import time; time.sleep(60)"
    program = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {grandchild!r}])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )

    with Children(heard) as children:
        children.start("parent", ["-c", program], {})
        assert heard.any.wait(20)

    pid = int(heard.lines[0][1])
    assert _ended(pid)


def test_a_killed_child_can_be_started_again() -> None:
    heard = Heard()

    with Children(heard) as children:
        child = children.start("printer", ["-c", PRINTS_AND_WAITS], {})
        assert heard.any.wait(20)
        child.kill()
        assert not child.running
        heard.any.clear()
        child.start()
        assert heard.any.wait(20)

    assert heard.lines == [("printer", "here")] * 2


def test_a_child_that_ends_before_it_is_ready_says_so() -> None:
    with Children(Heard()) as children:
        child = children.start("hasty", ["-c", "raise SystemExit(3)"], {})

        with pytest.raises(ChildFailedError, match="hasty ended with status 3"):
            child.wait_until_ready(NO_PORT)


def test_a_child_gets_the_variables_it_is_given() -> None:
    heard = Heard()

    with Children(heard) as children:
        children.start(
            "reader", ["-c", "import os; print(os.environ['COLOUR'])"], {"COLOUR": "red"}
        )
        assert heard.any.wait(20)

    assert heard.lines == [("reader", "red")]


def _ended(pid: int) -> bool:
    """Whether a process ends soon; the signal that ends it takes a moment to arrive."""
    moment = Event()
    return any(not _runs(pid) or moment.wait(0.05) for _ in range(100))


def _runs(pid: int) -> bool:
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    # A zombie has ended, though nobody has asked how.
    return said.rpartition(")")[2].split()[0] != "Z"
