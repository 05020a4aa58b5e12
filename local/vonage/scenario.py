"""What may go wrong on a call, switched on call by call."""

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt


class Scenario(BaseModel):
    """The misfortunes of one call; all are off by default, so the call goes well."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    events_twice: bool = Field(default=False, description="every event webhook comes twice")
    recording_twice: bool = Field(default=False, description="the recording webhook comes twice")
    out_of_order: bool = Field(
        default=False,
        description="ringing before started, the recording before answered, "
        "completed stamped before its own end",
    )
    transfer: bool = Field(
        default=False, description="the conversation id changes once the caller is answered"
    )
    busy: bool = Field(default=False, description="nobody picks up; only the ringing is recorded")
    get_webhooks: bool = Field(
        default=False, description="event and recording webhooks are GET, whatever was asked"
    )
    wrong_signature: bool = Field(
        default=False, description="event and recording webhooks are signed with another secret"
    )
    wrong_payload_hash: bool = Field(
        default=False, description="event and recording webhooks carry the hash of another body"
    )
    old_token: bool = Field(
        default=False, description="event and recording webhooks were signed a day ago"
    )
    empty_recording: bool = Field(
        default=False, description="the recording webhook has no address and size 0"
    )
    transcription: bool = Field(
        default=False, description="a transcription webhook reaches the recording's address"
    )
    not_ready: NonNegativeInt = Field(default=0, description="so many downloads get 404 first")
    download_errors: NonNegativeInt = Field(default=0, description="then so many get 503")
    throttled: NonNegativeInt = Field(default=0, description="then so many get 429")
    retry_after: PositiveInt = Field(default=1, description="the seconds a 429 asks to wait")
    truncated: NonNegativeInt = Field(
        default=0, description="then so many end halfway, shorter than their Content-Length"
    )
    slow: PositiveInt | None = Field(
        default=None, description="downloads trickle at so many bytes a second"
    )
    gone: bool = Field(default=False, description="the recording is gone: 410 for ever")
