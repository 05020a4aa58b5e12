"""Shows what is to be done at Vonage, and does it if told so."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

import urllib3

from callscribe.aws import client
from callscribe.errors import CallscribeError
from infra.vonage.account import Account
from infra.vonage.keys import FileKeys, Keys, ParameterKeys, SecretKeys
from infra.vonage.plan import Step, plan
from infra.vonage.setup import Setup
from infra.vonage.wish import Wish

CREDENTIALS = ("VONAGE_API_KEY", "VONAGE_API_SECRET")


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says, and give the exit status."""
    asked = _parser().parse_args(arguments)
    if missing := [name for name in CREDENTIALS if not os.environ.get(name)]:
        sys.stderr.write(f"set {' and '.join(missing)}: they are on Vonage's dashboard\n")
        return 2
    if not asked.url.startswith("https://"):
        sys.stderr.write("URL must be the https address of the gateway, as Vonage reaches it\n")
        return 2
    setup = Setup(_account(asked), _keys(asked), _wish(asked))
    try:
        steps = plan(setup.wish, setup.look())
        _show(steps, apply=asked.apply)
        if asked.apply:
            for step in setup.carry_out(steps):
                print(f"done: {step}")
            _say_what_is_left(setup)
    except CallscribeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m infra.vonage", description=__doc__)
    add = parser.add_argument
    add("--url", default="", help="the gateway, as Vonage reaches it")
    add("--name", default="callscribe", help="the application's name")
    add("--country", default="GB", help="where a number is searched")
    add("--region", help="where Vonage handles the calls: eu-west, na-east, apac-sng …")
    add("--number", help="a number to link, or to buy")
    add("--buy", action="store_true", help="buy a number, which costs money every month")
    add("--replace-key", action="store_true", help="give the application another key")
    add("--key-file", type=Path, default=Path("out/vonage-private.key"))
    add("--key-secret", help="keep the key in this secret of AWS Secrets Manager instead")
    add("--key-parameter", help="keep the key in this parameter of AWS Systems Manager instead")
    add("--api", default="https://api.nexmo.com", help="Vonage's Application API")
    add("--rest", default="https://rest.nexmo.com", help="Vonage's Numbers API")
    add("--apply", action="store_true", help="do it; without, it is only shown")
    return parser


def _account(asked: Namespace) -> Account:
    key, secret = (os.environ[name] for name in CREDENTIALS)
    return Account(key, secret, asked.api, asked.rest, urllib3.PoolManager())


def _keys(asked: Namespace) -> Keys:
    if asked.key_secret:
        return SecretKeys(client("secretsmanager"), asked.key_secret)
    if asked.key_parameter:
        return ParameterKeys(client("ssm"), asked.key_parameter)
    return FileKeys(asked.key_file)


def _wish(asked: Namespace) -> Wish:
    return Wish(
        name=asked.name,
        url=asked.url.rstrip("/"),
        country=asked.country,
        region=asked.region,
        number=asked.number,
        buy=asked.buy,
        replace_key=asked.replace_key,
    )


def _show(steps: Sequence[Step], *, apply: bool) -> None:
    if not steps:
        print("All is as it should be at Vonage.")
        return
    print("At Vonage:")
    for step in steps:
        print(f"  - {step}")
    if not apply:
        print("Nothing was done. To do it: APPLY=1 (or --apply)")


def _say_what_is_left(setup: Setup) -> None:
    linked = [n.msisdn for n in setup.account.owned() if n.application_id == setup.application_id()]
    print(f"\nRECORDER_APPLICATION_ID={setup.application_id()}")
    print(f"number: {', '.join(linked) or 'none yet: NUMBER=... links one, BUY=1 buys one'}")
    print("The signature secret is on Vonage's dashboard, under settings; no API gives it.")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
