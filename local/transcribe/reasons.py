"""Why a job fails, in the words of Amazon Transcribe, its odd ones included.

Source: the ``FailureReason`` of its service model; for too short, too long and no speech the words
that users of AWS have published. "milliseconds" and the missing space are AWS's own.
"""

from enum import StrEnum


class Reason(StrEnum):
    """Every ``FailureReason`` of the local Transcribe."""

    FORMAT_UNSUPPORTED = "Unsupported media format."
    FORMAT_MISMATCH = "The media format provided does not match the detected media format."
    RATE_INVALID = "Invalid sample rate for audio file."
    RATE_MISMATCH = "The sample rate provided does not match the detected sample rate."
    TOO_MANY_CHANNELS = "Invalid number of channels: number of channels too large."
    TOO_LARGE = "Invalid file size: file size too large."
    TOO_LONG = (
        "Invalid file size: file size too large. Maximum audio duration is 4.000000 hours."
        "Check the length of the file and try your request again."
    )
    TOO_SHORT = (
        "The input media file length is too small. Minimum audio duration is 0.500000 "
        "milliseconds. Check the length of the file and try your request again."
    )
    NO_SPEECH_TO_IDENTIFY = (
        "Your audio file must have a speech segment long enough in duration to perform automatic "
        "language identification. Provide an audio file with someone speaking for a longer period "
        "of time and try your request again."
    )
    INTERNAL = "Internal Failure. Please try your request again."
