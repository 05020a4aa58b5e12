"""The set-up at Vonage, run as its command against the account side of the local Vonage."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.serving import make_server

from infra.vonage.keys import public_half
from local.stack.children import ROOT
from local.vonage.account import Account
from local.vonage.server import QuietHandler

URL = "https://calls.example.com"


@dataclass(frozen=True)
class Vonage:
    address: str
    account: Account
    key_file: Path

    def setup(self, *arguments: str, login: str = "right") -> subprocess.CompletedProcess[str]:
        places = ["--api", self.address, "--rest", self.address, "--key-file", str(self.key_file)]
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "infra.vonage", "--url", URL, *places, *arguments],
            cwd=ROOT,
            env={**os.environ, "VONAGE_API_KEY": "a1b2c3d4", "VONAGE_API_SECRET": login},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def vonage(tmp_path: Path) -> Iterator[Vonage]:
    account = Account("a1b2c3d4", "right", new_id=uuid4)
    app = Flask("account")
    app.register_blueprint(account.routes())
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield Vonage(f"http://127.0.0.1:{server.port}", account, tmp_path / "vonage.key")
    server.shutdown()
    thread.join()
    server.server_close()


def test_without_being_told_it_only_shows_what_it_would_do(vonage: Vonage) -> None:
    done = vonage.setup("--buy")

    assert done.returncode == 0, done.stderr
    assert "create the application callscribe" in done.stdout
    assert "BUY the number 447700900101, for 1.25 EUR a month" in done.stdout
    assert "Nothing was done" in done.stdout
    assert not vonage.account.applications
    assert not vonage.account.owned
    assert not vonage.key_file.exists()


def test_told_so_it_makes_a_signed_application_with_the_key_that_is_kept(vonage: Vonage) -> None:
    done = vonage.setup("--apply")

    assert done.returncode == 0, done.stderr
    [application] = vonage.account.applications.values()
    voice = application["capabilities"]["voice"]
    assert voice["signed_callbacks"] is True
    assert voice["webhooks"]["answer_url"]["address"] == f"{URL}/webhooks/answer"
    assert application["keys"]["public_key"] == public_half(vonage.key_file.read_text())
    assert f"RECORDER_APPLICATION_ID={application['id']}" in done.stdout
    assert not vonage.account.owned


def test_told_to_buy_it_buys_one_number_and_links_it(vonage: Vonage) -> None:
    vonage.setup("--apply", "--buy")

    [application] = vonage.account.applications
    assert vonage.account.owned == {"447700900101": application}


def test_run_twice_it_does_nothing_the_second_time(vonage: Vonage) -> None:
    vonage.setup("--apply", "--buy")
    before = (dict(vonage.account.applications), dict(vonage.account.owned))

    again = vonage.setup("--apply", "--buy")

    assert "All is as it should be" in again.stdout
    assert (vonage.account.applications, vonage.account.owned) == before


def test_an_application_whose_signatures_were_switched_off_is_put_right(vonage: Vonage) -> None:
    vonage.setup("--apply")
    [application] = vonage.account.applications.values()
    application["capabilities"]["voice"]["signed_callbacks"] = False

    done = vonage.setup("--apply")

    assert "update the application callscribe: its webhooks" in done.stdout
    [application] = vonage.account.applications.values()
    assert application["capabilities"]["voice"]["signed_callbacks"] is True


def test_a_key_that_somebody_else_keeps_is_not_replaced_in_silence(vonage: Vonage) -> None:
    vonage.setup("--apply")
    vonage.key_file.unlink()

    refused = vonage.setup("--apply")
    replaced = vonage.setup("--apply", "--replace-key")

    assert refused.returncode == 1
    assert "--replace-key" in refused.stderr
    assert replaced.returncode == 0, replaced.stderr
    [application] = vonage.account.applications.values()
    assert application["keys"]["public_key"] == public_half(vonage.key_file.read_text())


def test_an_application_is_found_behind_many_others(vonage: Vonage) -> None:
    vonage.setup("--apply")
    ours = dict(vonage.account.applications)
    others = {str(n): {"id": str(n), "name": f"other {n}"} for n in range(120)}
    vonage.account.applications = {**others, **ours}

    done = vonage.setup()

    assert "All is as it should be" in done.stdout


def test_a_wrong_secret_is_said_in_one_line(vonage: Vonage) -> None:
    done = vonage.setup(login="wrong")

    assert done.returncode == 1
    assert done.stderr == "Vonage does not know this API key and secret\n"


def test_a_number_that_somebody_else_took_is_said(vonage: Vonage) -> None:
    vonage.account.on_sale.clear()

    done = vonage.setup("--apply", "--buy")

    assert done.returncode == 1
    assert done.stderr == "there is no number to buy in GB\n"
    assert not vonage.account.applications
