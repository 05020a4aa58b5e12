from io import StringIO
from pathlib import Path

from local.demo.keeping import keep_up
from local.demo.screen import Screen
from local.stack.environment import Places

PLACES = Places(
    aws="http://127.0.0.1:1",
    folder=Path("somewhere"),
    ports={"web": 8123},
    application_id="application",
    signature_secret="secret",
)


def test_it_is_told_where_the_pages_are_and_how_to_log_in() -> None:
    out = StringIO()

    keep_up(Screen(out), PLACES, wait=lambda: None)

    assert "http://127.0.0.1:8123" in out.getvalue()
    assert PLACES.access_token in out.getvalue()


def test_ctrl_c_ends_it() -> None:
    out = StringIO()

    def interrupted() -> None:
        raise KeyboardInterrupt

    keep_up(Screen(out), PLACES, wait=interrupted)

    assert out.getvalue().endswith("Stopping.\n")
