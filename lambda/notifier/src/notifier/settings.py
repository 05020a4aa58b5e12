"""What an operator may set, read when the function is first called."""

from pydantic_settings import SettingsConfigDict

from callscribe.settings import ServiceSettings


class Settings(ServiceSettings):
    """Environment variables with the prefix ``NOTIFIER_``."""

    model_config = SettingsConfigDict(env_prefix="NOTIFIER_", env_ignore_empty=True)

    completions_queue_url: str
