"""Decides what is to be done at Vonage, from what should be there and what is."""

from dataclasses import dataclass
from typing import Any

from callscribe.errors import PermanentError
from infra.vonage.wish import Application, Found, Number, Wish


@dataclass(frozen=True)
class KeepKey:
    """Make a key pair, and keep its private half where the services read it."""

    def __str__(self) -> str:
        return "make a key pair, and keep the private key"


@dataclass(frozen=True)
class CreateApplication:
    """Create the application, with our public key."""

    name: str

    def __str__(self) -> str:
        return f"create the application {self.name}, with signed webhooks"


@dataclass(frozen=True)
class UpdateApplication:
    """Put an application that is there right."""

    application: Application
    because: str

    def __str__(self) -> str:
        return f"update the application {self.application.name}: {self.because}"


@dataclass(frozen=True)
class BuyNumber:
    """Buy a number, which costs money every month."""

    number: Number

    def __str__(self) -> str:
        return f"BUY the number {self.number.msisdn}, for {self.number.monthly} EUR a month"


@dataclass(frozen=True)
class LinkNumber:
    """Have calls to a number go to the application."""

    number: Number

    def __str__(self) -> str:
        return f"link the number {self.number.msisdn} to the application"


Step = KeepKey | CreateApplication | UpdateApplication | BuyNumber | LinkNumber


def plan(wish: Wish, found: Found) -> list[Step]:
    """Say what is to be done, in order; nothing if all is as it should be.

    :raises PermanentError: if it cannot be done without somebody's decision.
    """
    return [*_key(wish, found), *_application(wish, found), *_number(wish, found)]


def _key(wish: Wish, found: Found) -> list[Step]:
    if found.public_key is not None:
        return []
    if found.application and not wish.replace_key:
        raise PermanentError(
            f"the application {wish.name} is there, and its private key is not kept here: bring "
            "the key, or have both replaced with --replace-key (REPLACE_KEY=1)"
        )
    return [KeepKey()]


def _application(wish: Wish, found: Found) -> list[Step]:
    application = found.application
    if application is None:
        return [CreateApplication(wish.name)]
    wrong = []
    if not _holds(application.capabilities.get("voice", {}), wish.voice):
        wrong.append("its webhooks")
    if found.public_key is None or application.public_key.split() != found.public_key.split():
        if not wish.replace_key:
            raise PermanentError(
                f"the application {wish.name} has another key than the one kept here; "
                "have it replaced with --replace-key (REPLACE_KEY=1)"
            )
        wrong.append("its key")
    return [UpdateApplication(application, " and ".join(wrong))] if wrong else []


def _holds(said: Any, wanted: Any) -> bool:
    """Tell whether all that is wanted is said, whatever else is."""
    if isinstance(wanted, dict):
        return isinstance(said, dict) and all(
            name in said and _holds(said[name], value) for name, value in wanted.items()
        )
    return bool(said == wanted)


def _number(wish: Wish, found: Found) -> list[Step]:
    ours = found.application.id if found.application else None
    if any(ours and owned.application_id == ours for owned in found.owned) and not wish.number:
        return []
    for owned in found.owned:
        if owned.msisdn == wish.number:
            return [] if ours and owned.application_id == ours else [LinkNumber(owned)]
    return _purchase(wish, found)


def _purchase(wish: Wish, found: Found) -> list[Step]:
    if not wish.buy:
        return []
    if not found.on_sale:
        raise PermanentError(f"there is no number to buy in {wish.country}")
    return [BuyNumber(found.on_sale[0]), LinkNumber(found.on_sale[0])]
