"""What goes wrong in the local Transcribe, told apart by who is told.

* RefusedError        the caller, at once: an error of the AWS API with its code and text
* UnusableMediaError  whoever asks for the job later: it ends as FAILED with this reason
"""


class RefusedError(Exception):
    """A request is not served; ``code`` and the text are AWS's, ``status`` is HTTP's."""

    def __init__(self, code: str, text: str = "", *, status: int = 400) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.status = status


class BadRequestError(RefusedError):
    """The request is wrong in itself."""

    def __init__(self, text: str) -> None:
        super().__init__("BadRequestException", text)


class UnusableMediaError(Exception):
    """A media file cannot be transcribed; the text is the job's ``FailureReason``."""
