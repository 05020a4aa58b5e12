"""Speaks to Amazon S3: transcripts to read, and addresses by which a browser hears the audio."""

from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.errors import TransientError
from callscribe.names import peaks_key, transcript_key
from results.ledger.names import named
from results.ledger.views import RecordingView
from results.transcript import Transcript, read

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

AUDIO_SECONDS: Final = 900
"""How long an address of audio is good for; a player that asks later gets a new one."""

MEDIA_TYPES: Final = {
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
}


class S3Shelf:
    """The buckets of audio and of transcripts; ``signer`` writes addresses that browsers reach."""

    def __init__(
        self,
        client: "S3Client",
        signer: "S3Client",
        *,
        audio_bucket: str,
        transcripts_bucket: str,
    ) -> None:
        self._client = client
        self._signer = signer
        self._audio = audio_bucket
        self._transcripts = transcripts_bucket

    def transcript(self, recording: RecordingView) -> Transcript | None:
        """Read the newest transcript, with the names that its parties were given.

        :raises TransientError: if S3 cannot give it now.
        :raises PermanentError: if it is of a version that is not known.
        """
        if recording.transcript_run is None:
            return None
        content = self._read(
            transcript_key(recording.recording_id, "json", recording.transcript_run)
        )
        return None if content is None else named(read(content), recording.names)

    def peaks(self, recording: RecordingView) -> bytes | None:
        """Read how loud the recording is over its time, as JSON, if that was measured.

        :raises TransientError: if S3 cannot give it now.
        """
        return self._read(peaks_key(recording.recording_id))

    def audio_url(self, recording: RecordingView) -> str | None:
        """Give an address from which a browser can fetch the audio for a few minutes."""
        if recording.audio_key is None:
            return None
        return self.address(recording.audio_key, MEDIA_TYPES.get(recording.media_format or "", ""))

    def address(self, key: str, media_type: str) -> str:
        """Sign an address of an object in the audio bucket."""
        wanted = {"Bucket": self._audio, "Key": key}
        if media_type:
            wanted["ResponseContentType"] = media_type
        return self._signer.generate_presigned_url(
            "get_object", Params=wanted, ExpiresIn=AUDIO_SECONDS
        )

    def _read(self, key: str) -> bytes | None:
        try:
            answer = self._client.get_object(Bucket=self._transcripts, Key=key)
            return answer["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                return None
            raise TransientError("S3 could not give what is asked for") from error
        except BotoCoreError as error:
            raise TransientError(f"S3 was not reached: {type(error).__name__}") from error
