"""Puts on every answer what keeps a browser from being used against its user."""

from collections.abc import Sequence
from typing import Final

from flask import Flask, Response

NEVER_SAME: Final = "no-store"


def policy(media_origins: Sequence[str]) -> str:
    """Write the content security policy: all from here, and audio from where it lies."""
    media = " ".join(("'self'", "blob:", *media_origins))
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            f"media-src {media}",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def harden(app: Flask, media_origins: Sequence[str], *, https: bool) -> None:
    """Put the headers on every answer of an app; what a view has set itself stays."""
    headers = {
        "Content-Security-Policy": policy(media_origins),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # Under https a form is believed only with the address that it comes from.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }
    if https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    @app.after_request
    def _harden(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        # Calls are nobody's business but who asks; what is static says so itself.
        response.headers.setdefault("Cache-Control", NEVER_SAME)
        return response
