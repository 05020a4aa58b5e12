"""Turns what is to be told into signed HTTP requests, as Vonage's look."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from local.vonage.application import Application, Method
from local.vonage.call import Call
from local.vonage.ncco import Destination
from local.vonage.scenario import Scenario
from local.vonage.signing import authorization, query_content
from local.vonage.webhook import Webhook

GENUINE = Scenario()


@dataclass(frozen=True)
class Request:
    """A request ready to be sent; its body is ``None`` for GET."""

    method: Method
    url: str
    headers: Mapping[str, str]
    body: bytes | None


def answer_request(
    call: Call, application: Application, *, region_url: str, jti: str, now: datetime
) -> Request:
    """Ask for the NCCO of a call. It is always genuine, or there would be no call to tell of."""
    fields = {
        "to": call.called,
        "from": call.caller,
        "conversation_uuid": call.conversation_uuid,
        "uuid": call.leg_uuid(0),
        "region_url": region_url,
        "endpoint_type": "phone",
    }
    to = Destination(application.answer_url, application.answer_method)
    return _signed(to, fields, application, GENUINE, jti=jti, now=now)


def webhook_request(
    webhook: Webhook, application: Application, scenario: Scenario, *, jti: str, now: datetime
) -> Request:
    """Tell what a webhook tells."""
    to = webhook.to or Destination(application.event_url, application.event_method)
    if scenario.get_webhooks:
        to = Destination(to.url, "GET")
    return _signed(to, webhook.body, application, scenario, jti=jti, now=now)


def _signed(
    to: Destination,
    fields: Mapping[str, Any],
    application: Application,
    scenario: Scenario,
    *,
    jti: str,
    now: datetime,
) -> Request:
    if to.method == "GET":
        url, body = _with_query(to.url, fields), None
        content = query_content(parse_qsl(urlsplit(url).query, keep_blank_values=True))
        headers = {}
    else:
        url, body = to.url, json.dumps(fields, separators=(",", ":")).encode()
        content = body
        headers = {"Content-Type": "application/json"}
    headers["Authorization"] = authorization(content, application, scenario, jti=jti, now=now)
    return Request(to.method, url, headers, body)


def _with_query(url: str, fields: Mapping[str, Any]) -> str:
    """Add fields to an address that may have a query of its own.

    As captured, addresses inside the query are not percent-encoded. What has no plain text form,
    such as ``headers: {}`` and the nulls of ``answered``, is left out.
    """
    plain = {key: value for key, value in fields.items() if isinstance(value, str | int)}
    query = urlencode(plain, quote_via=quote, safe=":/?=")
    return f"{url}{'&' if urlsplit(url).query else '?'}{query}"
