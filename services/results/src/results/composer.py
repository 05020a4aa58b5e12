"""Composes our transcript from the result file of Amazon Transcribe."""

from collections.abc import Sequence

from results.parties import parties_of
from results.transcribe_file import TranscribeFile
from results.transcript import Transcript
from results.turns import turns_of
from results.voices import voices_of


def compose(
    file: TranscribeFile,
    *,
    recording_id: str,
    conversation_id: str | None,
    language: str | None,
    channel_names: Sequence[str],
) -> Transcript:
    """Compose the transcript of a recording; ``language`` is what the job says, if it is known.

    :raises PermanentError: if the file is not understood.
    """
    voices = voices_of(file.results)
    turns = turns_of([voice.words for voice in voices])
    return Transcript(
        recording_id=recording_id,
        conversation_id=conversation_id,
        language=language or file.language,
        duration=max((turn.end for turn in turns), default=None),
        parties=parties_of(voices, channel_names),
        turns=turns,
    )
