"""What is asked of every transcription job: its language, and what becomes of its words.

A combination that Amazon Transcribe refuses is refused here, before a recording depends on it.
Source: Amazon Transcribe API Reference, "StartTranscriptionJob".
"""

from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from transcriber.pii import PiiType

DEFAULT_LANGUAGE: Final = "en-GB"


def _split(given: Any) -> Any:
    return [part.strip() for part in given.split(",")] if isinstance(given, str) else given


Comma = BeforeValidator(_split)
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}-[A-Z]{2}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[0-9a-zA-Z._-]{1,200}$")]


class JobOptions(BaseModel):
    """How recordings are transcribed; without any choice of language it is British English."""

    model_config = ConfigDict(frozen=True, validate_default=True, hide_input_in_errors=True)

    transcripts_bucket: str
    language_code: Language | None = None
    identify_language: bool = False
    identify_multiple_languages: bool = False
    language_options: Annotated[tuple[Language, ...], Comma] = ()
    max_speakers: int = Field(default=2, ge=0, le=30)
    vocabulary_name: Name | None = None
    vocabulary_filter_name: Name | None = None
    vocabulary_filter_method: Literal["remove", "mask", "tag"] = "mask"
    language_model_name: Name | None = None
    redaction: Literal["off", "redacted", "redacted_and_unredacted"] = "off"
    redaction_types: Annotated[tuple[PiiType, ...], Comma] = ()
    output_encryption_kms_key_id: str | None = None
    allow_deferred_execution: bool = False
    data_access_role_arn: str | None = None

    @property
    def identifies(self) -> bool:
        """Whether Amazon Transcribe finds the language out by itself."""
        return self.identify_language or self.identify_multiple_languages

    @property
    def language(self) -> str:
        """The language of every recording, unless it is identified."""
        return self.language_code or DEFAULT_LANGUAGE

    @field_validator("identify_language", "identify_multiple_languages")
    @classmethod
    def _one_way_to_the_language(cls, chosen: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 - pydantic calls it
        if chosen:
            _refuse_beside(info, "language_code", "identify_language")
        return chosen

    @field_validator("language_options")
    @classmethod
    def _two_languages_to_choose_from(
        cls, languages: tuple[str, ...], info: ValidationInfo
    ) -> tuple[str, ...]:
        if languages:
            _require_any(info, "identify_language", "identify_multiple_languages")
        if len(languages) == 1:
            raise ValueError("needs at least two languages")
        return languages

    @field_validator("max_speakers")
    @classmethod
    def _nobody_to_tell_apart_from_one(cls, speakers: int) -> int:
        if speakers == 1:
            raise ValueError("is 0 for none, or at least 2")
        return speakers

    @field_validator("vocabulary_name", "vocabulary_filter_name", "language_model_name")
    @classmethod
    def _made_for_one_language(cls, name: str | None, info: ValidationInfo) -> str | None:
        if name:
            _refuse_beside(info, "identify_language", "identify_multiple_languages")
        return name

    @field_validator("redaction")
    @classmethod
    def _in_one_language(cls, redaction: str, info: ValidationInfo) -> str:
        if redaction != "off":
            _refuse_beside(info, "identify_multiple_languages")
        return redaction

    @field_validator("redaction_types")
    @classmethod
    def _of_what_is_redacted(cls, types: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if types and info.data.get("redaction") == "off":
            raise ValueError("needs REDACTION")
        return types

    @field_validator("data_access_role_arn")
    @classmethod
    def _both_or_neither(cls, role: str | None, info: ValidationInfo) -> str | None:
        deferred = info.data.get("allow_deferred_execution")
        if role and not deferred:
            raise ValueError("needs ALLOW_DEFERRED_EXECUTION")
        if deferred and not role:
            raise ValueError("is needed by ALLOW_DEFERRED_EXECUTION")
        return role


def _refuse_beside(info: ValidationInfo, *others: str) -> None:
    for other in others:
        if info.data.get(other):
            raise ValueError(f"cannot be used together with {other.upper()}")


def _require_any(info: ValidationInfo, *others: str) -> None:
    if not any(info.data.get(other) for other in others):
        raise ValueError(f"needs {' or '.join(other.upper() for other in others)}")
