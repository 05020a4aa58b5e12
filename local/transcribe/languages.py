"""Which language a recording is in, by Amazon Transcribe's codes and by Whisper's."""

from collections.abc import Mapping
from typing import Any, Final

from local.transcribe.constraints import shape

USUAL: Final = {"en": "en-US", "es": "es-US", "fr": "fr-FR", "de": "de-DE", "pt": "pt-BR"}
"""Which of a language's codes is meant where nothing else decides."""


def spoken(request: Mapping[str, Any]) -> str | None:
    """Give the language that a request names, as in ISO 639-1, or ``None`` if it names none."""
    code = request.get("LanguageCode")
    return code.partition("-")[0] if code else None


def language_code(request: Mapping[str, Any], heard: str) -> str:
    """Give Amazon Transcribe's code of the language that was heard, an optional one if it can be.

    ``heard`` is as in ISO 639-1.
    """
    if code := request.get("LanguageCode"):
        return str(code)
    every: Any = shape("TranscriptionJob").members["LanguageCode"]
    options = request.get("LanguageOptions") or [USUAL.get(heard, ""), *every.enum]
    fitting = [code for code in options if code.startswith(f"{heard}-")]
    return str((fitting or options)[0])
