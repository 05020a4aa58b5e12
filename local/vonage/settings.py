"""What may be set of the local Vonage, read once at start."""

from pathlib import Path
from uuid import UUID

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from callscribe.settings import ServiceSettings
from local.vonage.application import Application, Method

SAMPLE_CALL = Path(__file__).parents[1] / "sample" / "call.mp3"


class Settings(ServiceSettings):
    """Environment variables with the prefix ``LOCAL_VONAGE_``."""

    model_config = SettingsConfigDict(env_prefix="LOCAL_VONAGE_")

    host: str = "127.0.0.1"
    port: int = Field(default=8300, ge=1, le=65535)
    public_url: str | None = Field(default=None, pattern=r"^https?://[^/]+$")
    answer_url: str = Field(default="http://127.0.0.1:3000/webhooks/answer", pattern="^https?://")
    answer_method: Method = "GET"
    event_url: str = Field(default="http://127.0.0.1:3000/webhooks/events", pattern="^https?://")
    event_method: Method = "POST"
    api_key: str = "a1b2c3d4"
    api_secret: SecretStr = SecretStr("a-secret-of-the-local-account")
    application_id: UUID = UUID("78d335fa-323d-0114-9c3d-d6f0d48968cf")
    signature_secret: SecretStr = SecretStr("a-secret-that-only-this-laptop-knows")
    private_key_path: Path = Path("out/local-vonage.key")
    audio: Path = SAMPLE_CALL
    pace: float = Field(default=0.1, ge=0)
    retry_delay: float = Field(default=1, ge=0)

    @property
    def base_url(self) -> str:
        """The address that recordings are served under, as the application reaches it."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def application(self) -> Application:
        """The voice application as it is registered with the local Vonage."""
        return Application(
            id=str(self.application_id),
            api_key=self.api_key,
            signature_secret=self.signature_secret.get_secret_value(),
            answer_url=self.answer_url,
            answer_method=self.answer_method,
            event_url=self.event_url,
            event_method=self.event_method,
        )
