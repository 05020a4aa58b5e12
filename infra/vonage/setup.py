"""Looks at Vonage, and does there what was decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callscribe.errors import PermanentError
from infra.vonage.account import Account
from infra.vonage.keys import Keys, new_key, public_half
from infra.vonage.plan import (
    BuyNumber,
    CreateApplication,
    KeepKey,
    LinkNumber,
    Step,
    UpdateApplication,
)
from infra.vonage.wish import Found, Wish


@dataclass(frozen=True)
class Setup:
    """An account, the place for its key, and what is wished for."""

    account: Account
    keys: Keys
    wish: Wish

    def look(self) -> Found:
        """See what there is."""
        kept = self.keys.read()
        return Found(
            application=self.account.application(self.wish.name),
            public_key=public_half(kept) if kept else None,
            owned=self.account.owned(),
            on_sale=self.account.on_sale(self.wish.country, self.wish.number)
            if self.wish.buy
            else (),
        )

    def carry_out(self, steps: Sequence[Step]) -> Iterator[Step]:
        """Do each step, and give it once it is done.

        The key is kept before Vonage hears of it, so no run that breaks off loses one in use.
        """
        for step in steps:
            self._do(step)
            yield step

    def _do(self, step: Step) -> None:
        match step:
            case KeepKey():
                self.keys.write(new_key())
            case CreateApplication():
                self.account.create(self.wish, self._public_key())
            case UpdateApplication(application):
                self.account.update(application, self.wish, self._public_key())
            case BuyNumber(number):
                self.account.buy(number)
            case LinkNumber(number):
                self.account.link(number, self.application_id())

    def _public_key(self) -> str:
        kept = self.keys.read()
        if kept is None:
            raise PermanentError("the private key was not kept")
        return public_half(kept)

    def application_id(self) -> str:
        """Give the application's id.

        :raises PermanentError: if there is none.
        """
        application = self.account.application(self.wish.name)
        if application is None:
            raise PermanentError(f"there is no application {self.wish.name} at Vonage")
        return application.id
