"""Lets what is wished for one recording go before what is set for all."""

from typing import Any

from pydantic import ValidationError

from callscribe.contracts import Wishes
from callscribe.errors import PermanentError
from transcriber.options import JobOptions

MADE_FOR_A_LANGUAGE = ("vocabulary_name", "vocabulary_filter_name", "language_model_name")


def wished(options: JobOptions, wishes: Wishes) -> JobOptions:
    """Give the options of one recording.

    :raises PermanentError: if Amazon Transcribe could not do what is wished.
    """
    asked = wishes.model_dump(exclude_none=True)
    if not asked:
        return options
    set_for_all = {name: getattr(options, name) for name in JobOptions.model_fields}
    try:
        return JobOptions.model_validate(set_for_all | _language(options, wishes) | asked)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = ".".join(str(part) for part in wrong["loc"])
        raise PermanentError(f"the wish for {name} cannot be met: {wrong['msg']}") from None


def _language(options: JobOptions, wishes: Wishes) -> dict[str, Any]:
    """Drop what is set for all and does not go with the language that is wished."""
    if wishes.identify_language:
        other: dict[str, Any] = {"language_code": None, "identify_multiple_languages": False}
    elif wishes.language_code:
        other = {
            "identify_language": False,
            "identify_multiple_languages": False,
            "language_options": (),
        }
        if wishes.language_code == options.language and not options.identifies:
            return other
    else:
        return {}
    return other | dict.fromkeys(MADE_FOR_A_LANGUAGE)
