"""The account side of Vonage: applications, and numbers that are searched, bought and linked.

Sources: Application API v2 and Numbers API references of Vonage. An application made here is kept
and shown, but calls are still those of the application in the settings.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, request

from local.vonage.account_values import ApplicationBody, page_of
from local.vonage.keys import new_key_pair

Answer = tuple[Response, int]

ON_SALE = ("447700900101", "447700900102", "447700900103")
"""Of the range that Ofcom keeps for drama, so they reach nobody."""

COUNTRY = "GB"


@dataclass
class Account:
    """An account with its applications and numbers; ``new_id`` names an application."""

    api_key: str
    api_secret: str = field(repr=False)
    new_id: Callable[[], UUID]
    applications: dict[str, dict[str, Any]] = field(default_factory=dict)
    on_sale: list[str] = field(default_factory=lambda: list(ON_SALE))
    owned: dict[str, str | None] = field(default_factory=dict)

    def routes(self) -> Blueprint:
        """Give the addresses of both APIs."""
        routes = Blueprint("account", __name__)
        routes.before_request(self._let_in)
        add = routes.add_url_rule
        add("/v2/applications", view_func=self.list_applications)
        add("/v2/applications", view_func=self.create, methods=["POST"])
        add("/v2/applications/<id_>", view_func=self.read)
        add("/v2/applications/<id_>", view_func=self.update, methods=["PUT"])
        add("/account/numbers", view_func=self.list_owned)
        add("/number/search", view_func=self.search)
        add("/number/buy", view_func=self.buy, methods=["POST"])
        add("/number/update", view_func=self.link, methods=["POST"])
        return routes

    def _let_in(self) -> Answer | None:
        login = request.authorization
        given = f"{login.username}:{login.password}" if login else ""
        if compare_digest(given.encode(), f"{self.api_key}:{self.api_secret}".encode()):
            return None
        return _problem(HTTPStatus.UNAUTHORIZED, "You did not provide correct credentials.")

    def list_applications(self) -> Answer:
        """Give a page of the applications, without their private keys."""
        return jsonify(page_of(list(self.applications.values()), request.args)), HTTPStatus.OK

    def create(self) -> Answer:
        """Make an application; its private key is shown this once, if it is Vonage that made it."""
        body = ApplicationBody.read(request.get_json(silent=True))
        if isinstance(body, str):
            return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, body)
        public, private = (body.public_key, None) if body.public_key else new_key_pair()
        id_ = str(self.new_id())
        made = self.applications[id_] = body.application(id_, public)
        shown = {"public_key": public} | ({"private_key": private} if private else {})
        return jsonify(made | {"keys": shown}), HTTPStatus.CREATED

    def read(self, id_: str) -> Answer:
        """Give an application."""
        if there := self.applications.get(id_):
            return jsonify(there), HTTPStatus.OK
        return _problem(HTTPStatus.NOT_FOUND, "The application does not exist.")

    def update(self, id_: str) -> Answer:
        """Put other values in the place of an application's."""
        there = self.applications.get(id_)
        if there is None:
            return _problem(HTTPStatus.NOT_FOUND, "The application does not exist.")
        body = ApplicationBody.read(request.get_json(silent=True))
        if isinstance(body, str):
            return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, body)
        public = body.public_key or there["keys"]["public_key"]
        self.applications[id_] = body.application(id_, public)
        return jsonify(self.applications[id_]), HTTPStatus.OK

    def list_owned(self) -> Answer:
        """Give the account's numbers; without any, Vonage says nothing at all."""
        numbers = [
            _number(msisdn) | ({"app_id": application} if application else {})
            for msisdn, application in self.owned.items()
        ]
        return _numbers(numbers)

    def search(self) -> Answer:
        """Give the numbers that may be bought."""
        if not re.fullmatch("[A-Z]{2}", request.args.get("country", "")):
            return _failed(HTTPStatus.BAD_REQUEST, "country is missing or wrong")
        pattern = request.args.get("pattern", "")
        found = [
            _number(msisdn) | {"cost": "1.25"}
            for msisdn in self.on_sale
            if request.args["country"] == COUNTRY and msisdn.startswith(pattern)
        ]
        return _numbers(found)

    def buy(self) -> Answer:
        """Sell a number."""
        msisdn = request.form.get("msisdn", "")
        if request.form.get("country") != COUNTRY or msisdn not in self.on_sale:
            return _failed(METHOD_FAILED, "method failed")
        self.on_sale.remove(msisdn)
        self.owned[msisdn] = None
        return _done()

    def link(self) -> Answer:
        """Have calls to a number go to an application."""
        msisdn, application = request.form.get("msisdn", ""), request.form.get("app_id")
        if msisdn not in self.owned or request.form.get("country") != COUNTRY:
            return _failed(METHOD_FAILED, "method failed")
        if application is not None and application not in self.applications:
            return _failed(METHOD_FAILED, "invalid app_id")
        self.owned[msisdn] = application
        return _done()


METHOD_FAILED = 420
"""Vonage's own status for a number that cannot be had."""


def _number(msisdn: str) -> dict[str, Any]:
    return {
        "country": COUNTRY,
        "msisdn": msisdn,
        "type": "mobile-lvn",
        "features": ["VOICE", "SMS"],
    }


def _numbers(numbers: list[dict[str, Any]]) -> Answer:
    said = {"count": len(numbers), "numbers": numbers} if numbers else {}
    return jsonify(said), HTTPStatus.OK


def _done() -> Answer:
    return jsonify({"error-code": "200", "error-code-label": "success"}), HTTPStatus.OK


def _failed(status: int, label: str) -> Answer:
    return jsonify({"error-code": str(int(status)), "error-code-label": label}), status


def _problem(status: HTTPStatus, detail: str) -> Answer:
    said = {"type": "https://developer.vonage.com/api-errors", "title": status.phrase}
    return jsonify(said | {"detail": detail}), status
