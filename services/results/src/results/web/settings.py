"""What an operator may set for the web service, read once at start."""

from decimal import Decimal
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from callscribe.settings import ServiceSettings


def _split(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    return tuple(part.strip().lower() for part in given.split(",") if part.strip())


def _https(address: str) -> str:
    url = urlsplit(address)
    if url.scheme != "https" and url.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("must be an https address")
    return address.rstrip("/")


Https = Annotated[str, AfterValidator(_https)]


class Settings(ServiceSettings):
    """Environment variables with the prefix ``RESULTS_WEB_``; lists are separated by commas."""

    model_config = SettingsConfigDict(
        env_prefix="RESULTS_WEB_",
        env_ignore_empty=True,  # compose passes what is not set as an empty variable
        enable_decoding=False,  # else a list would have to be JSON
    )

    calls_table: str
    audio_bucket: str
    transcripts_bucket: str
    recordings_queue_url: str
    recordings_parked_url: str
    transcriptions_queue_url: str
    transcriptions_parked_url: str
    completions_queue_url: str
    completions_parked_url: str
    call_events_queue_url: str
    call_events_parked_url: str

    public_s3_url: str | None = None
    access_token: SecretStr | None = Field(default=None, min_length=16)
    session_secret: SecretStr | None = Field(default=None, min_length=32)
    oidc_issuer: Https | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_emails: Annotated[tuple[str, ...], BeforeValidator(_split)] = ()
    secure_cookies: bool = True
    proxies: int = Field(default=0, ge=0, le=5)
    login_limit: str = "10 per minute"

    transcribed_minute_rate: Decimal = Field(default=Decimal("0.024"), ge=0)
    call_rate: Decimal = Field(default=Decimal("0.001"), ge=0)

    host: str = "0.0.0.0"  # noqa: S104 - a container's requests come from outside it
    port: int = Field(default=8080, ge=0, le=65535)
    threads: int = Field(default=16, ge=1, le=100)

    @model_validator(mode="after")
    def _all_of_oidc(self) -> Self:
        if not self.oidc_issuer:
            return self
        if not (self.oidc_client_id and self.oidc_client_secret and self.oidc_emails):
            raise ValueError(
                "with RESULTS_WEB_OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_EMAILS "
                "must be set; an address such as @example.com lets in everybody there"
            )
        return self
