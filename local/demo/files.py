"""Brings a call's files out of the emulator, which forgets them when it ends."""

from pathlib import Path
from typing import Any

from callscribe.names import audio_prefix, transcript_key
from local.stack.stack import Stack

SUFFIXES = ("json", "txt", "vtt", "srt")


def fetch(stack: Stack, recording_id: str, folder: Path) -> list[Path]:
    """Copy the audio and every form of the transcript into the folder, and say where they lie."""
    folder.mkdir(parents=True, exist_ok=True)
    s3 = stack.aws.client("s3")
    return [
        *_fetch_audio(s3, stack.resources.audio_bucket, recording_id, folder),
        *_fetch_transcript(s3, stack.resources.transcripts_bucket, recording_id, folder),
    ]


def _fetch_audio(s3: Any, bucket: str, recording_id: str, folder: Path) -> list[Path]:
    found = s3.list_objects_v2(Bucket=bucket, Prefix=audio_prefix(recording_id))
    return [_download(s3, bucket, stored["Key"], folder) for stored in found.get("Contents", ())]


def _fetch_transcript(s3: Any, bucket: str, recording_id: str, folder: Path) -> list[Path]:
    keys = [transcript_key(recording_id, suffix) for suffix in SUFFIXES]
    return [_download(s3, bucket, key, folder) for key in keys]


def _download(s3: Any, bucket: str, key: str, folder: Path) -> Path:
    path = folder / Path(key).name
    s3.download_file(bucket, key, str(path))
    return path
