"""Speaks to Vonage's Application API and Numbers API.

Not by the SDK: it speaks to https only, so that nothing of it could be tried on a laptop, waits
without an end, and repeats a purchase whose answer was lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

import urllib3

from callscribe.errors import PermanentError, TransientError
from infra.vonage.wish import Application, Number, Wish

TIMEOUT: Final = urllib3.Timeout(connect=5, read=20)
PAGE: Final = 100
FORM: Final = "application/x-www-form-urlencoded"
REFUSED: Final = {
    HTTPStatus.UNAUTHORIZED: "Vonage does not know this API key and secret",
    HTTPStatus.FORBIDDEN: "this API key may not do that",
    420: "Vonage refuses that for this number: it may be taken, or need papers first",
}


@dataclass(frozen=True)
class Account:
    """An account at Vonage; ``api`` and ``rest`` are the addresses of its two APIs."""

    api_key: str
    api_secret: str
    api: str
    rest: str
    http: urllib3.PoolManager

    def application(self, name: str) -> Application | None:
        """Find an application by its name.

        :raises PermanentError: if there are several of that name.
        """
        named = [found for found in self._applications() if found.name == name]
        if len(named) > 1:
            raise PermanentError(f"there are {len(named)} applications of the name {name}")
        return named[0] if named else None

    def _applications(self) -> Iterator[Application]:
        page, pages = 1, 1
        while page <= pages:
            said = self._ask("GET", f"{self.api}/v2/applications?page_size={PAGE}&page={page}")
            yield from map(_application, said["_embedded"]["applications"])
            page, pages = page + 1, int(said["total_pages"])

    def create(self, wish: Wish, public_key: str) -> Application:
        """Create the application."""
        body = {
            "name": wish.name,
            "capabilities": {"voice": wish.voice},
            "keys": {"public_key": public_key},
        }
        return _application(self._ask("POST", f"{self.api}/v2/applications", json=body))

    def update(self, there: Application, wish: Wish, public_key: str) -> Application:
        """Put an application right; what it does beside calls stays as it is."""
        body = {
            "name": wish.name,
            "capabilities": {**there.capabilities, "voice": wish.voice},
            "keys": {"public_key": public_key},
        }
        return _application(self._ask("PUT", f"{self.api}/v2/applications/{there.id}", json=body))

    def owned(self) -> tuple[Number, ...]:
        """Give the account's numbers."""
        numbers: list[Number] = []
        while True:
            query = urlencode({"size": PAGE, "index": len(numbers) // PAGE + 1})
            said = self._ask("GET", f"{self.rest}/account/numbers?{query}")
            more = [_number(number) for number in said.get("numbers", ())]
            numbers += more
            if len(more) < PAGE:
                return tuple(numbers)

    def on_sale(self, country: str, pattern: str | None) -> tuple[Number, ...]:
        """Search for numbers that take calls."""
        query = {"country": country, "features": "VOICE", "size": "10"}
        if pattern:
            query |= {"pattern": pattern, "search_pattern": "0"}
        said = self._ask("GET", f"{self.rest}/number/search?{urlencode(query)}")
        return tuple(_number(number) for number in said.get("numbers", ()))

    def buy(self, number: Number) -> None:
        """Buy a number. It is asked for once: a lost answer is looked into by a second run."""
        self._number_action("buy", country=number.country, msisdn=number.msisdn)

    def link(self, number: Number, application_id: str) -> None:
        """Have calls to a number go to an application."""
        self._number_action(
            "update", country=number.country, msisdn=number.msisdn, app_id=application_id
        )

    def _number_action(self, action: str, **form: str) -> None:
        said = self._ask(
            "POST",
            f"{self.rest}/number/{action}",
            body=urlencode(form),
            headers={"Content-Type": FORM},
        )
        if said.get("error-code") != "200":
            raise PermanentError(f"Vonage answers {said.get('error-code-label', 'nothing clear')}")

    def _ask(self, method: str, url: str, **request: Any) -> dict[str, Any]:
        login = urllib3.make_headers(basic_auth=f"{self.api_key}:{self.api_secret}")
        headers = {**login, **request.pop("headers", {})}
        try:
            answer = self.http.request(
                method,
                url,
                headers=headers,
                timeout=TIMEOUT,
                retries=False,
                redirect=False,
                **request,
            )
        except urllib3.exceptions.HTTPError as error:
            raise TransientError(f"Vonage does not answer: {type(error).__name__}") from None
        return _said(answer)


def _said(answer: urllib3.BaseHTTPResponse) -> dict[str, Any]:
    if answer.status in {HTTPStatus.OK, HTTPStatus.CREATED}:
        return dict(answer.json())
    reason = REFUSED.get(answer.status, f"Vonage answers {answer.status}")
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= 500:  # noqa: PLR2004 - 5xx
        raise TransientError(reason)
    raise PermanentError(reason)


def _application(said: dict[str, Any]) -> Application:
    return Application(
        id=said["id"],
        name=said["name"],
        public_key=said.get("keys", {}).get("public_key", ""),
        capabilities=said.get("capabilities", {}),
    )


def _number(said: dict[str, Any]) -> Number:
    return Number(
        msisdn=said["msisdn"],
        country=said["country"],
        application_id=said.get("app_id"),
        monthly=said.get("cost"),
    )
