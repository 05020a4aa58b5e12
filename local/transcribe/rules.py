"""What the members of a StartTranscriptionJob request demand of each other.

Source: the documentation strings of Amazon Transcribe's service model. Its texts for these errors
are not published, so these are ours in its manner; the code is AWS's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from local.transcribe.errors import BadRequestError

Request = Mapping[str, Any]

AGAIN: Final = "Check your request and try again."
LANGUAGE_MEMBERS: Final = ("LanguageCode", "IdentifyLanguage", "IdentifyMultipleLanguages")
BOTH: Final = ("AllowDeferredExecution", "DataAccessRoleArn")
NOT_HERE: Final = ("Subtitles", "ToxicityDetection")


@dataclass(frozen=True)
class Rule:
    """A demand on a request, and what is said when it is not met."""

    broken: Callable[[Request], Any]
    text: str


def check_together(request: Request) -> None:
    """Refuse a request whose members do not go together.

    :raises BadRequestError: with the first rule that is broken.
    """
    for rule in RULES:
        if rule.broken(request):
            raise BadRequestError(f"{rule.text} {AGAIN}")


def identifies(request: Request) -> bool:
    """Tell whether the language is to be found out."""
    return bool(request.get("IdentifyLanguage") or request.get("IdentifyMultipleLanguages"))


def setting(request: Request, name: str) -> Any:
    """Give one of the ``Settings``, or ``None``."""
    return (request.get("Settings") or {}).get(name)


def _one_without_other(one: str, other: str) -> Rule:
    return Rule(
        lambda request: bool(setting(request, one)) != bool(setting(request, other)),
        f"You must include both {one} and {other}, or neither.",
    )


def _absent(member: str) -> Rule:
    return Rule(lambda request: request.get(member), f"The local Transcribe has no {member}.")


RULES: Final = (
    Rule(
        lambda request: sum(bool(request.get(member)) for member in LANGUAGE_MEMBERS) != 1,
        "You must include exactly one of LanguageCode, IdentifyLanguage, or "
        "IdentifyMultipleLanguages.",
    ),
    Rule(
        lambda request: request.get("LanguageOptions") and not identifies(request),
        "You must include IdentifyLanguage or IdentifyMultipleLanguages if you include "
        "LanguageOptions.",
    ),
    Rule(
        lambda request: len(request.get("LanguageOptions") or "two") == 1,
        "You must include two or more language codes in LanguageOptions.",
    ),
    Rule(
        lambda request: request.get("LanguageIdSettings") and not identifies(request),
        "You must include IdentifyLanguage or IdentifyMultipleLanguages if you include "
        "LanguageIdSettings.",
    ),
    Rule(
        lambda request: identifies(request) and request.get("ModelSettings"),
        "You must use LanguageIdSettings instead of ModelSettings if the language is identified.",
    ),
    Rule(
        lambda request: (
            identifies(request)
            and (setting(request, "VocabularyName") or setting(request, "VocabularyFilterName"))
        ),
        "You must use LanguageIdSettings instead of Settings for vocabularies and vocabulary "
        "filters if the language is identified.",
    ),
    Rule(
        lambda request: (
            request.get("ContentRedaction") and request.get("IdentifyMultipleLanguages")
        ),
        "You can't include ContentRedaction if you include IdentifyMultipleLanguages.",
    ),
    _one_without_other("ShowSpeakerLabels", "MaxSpeakerLabels"),
    _one_without_other("ShowAlternatives", "MaxAlternatives"),
    _one_without_other("VocabularyFilterName", "VocabularyFilterMethod"),
    Rule(
        lambda request: len(request.get("JobExecutionSettings") or BOTH) != len(BOTH),
        "You must include both AllowDeferredExecution and DataAccessRoleArn, or neither.",
    ),
    *map(_absent, NOT_HERE),
    Rule(
        lambda request: (request.get("Media") or {}).get("RedactedMediaFileUri"),
        "The local Transcribe does not redact audio.",
    ),
)
"""Every rule, the most telling first."""
