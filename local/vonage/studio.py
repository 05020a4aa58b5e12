"""Makes the recordings of a call, and keeps them for whoever may download them."""

from dataclasses import dataclass
from pathlib import Path

from local.vonage.audio import Audio
from local.vonage.events import FinishedRecording
from local.vonage.journal import Entry
from local.vonage.ncco import PlannedRecording
from local.vonage.recording import Recorded, record, record_ringing
from local.vonage.shelf import Kept, Shelf
from local.vonage.timeline import Timeline


@dataclass(frozen=True)
class Studio:
    """Where recordings are made: their folder, their shelf, and the address of that shelf."""

    folder: Path
    shelf: Shelf
    base_url: str

    def record(self, timeline: Timeline, audio: Audio, entry: Entry) -> list[FinishedRecording]:
        """Make every recording the call's NCCO asked for.

        :raises UnreadableAudioError: if the audio is damaged.
        """
        return [
            self._finish(timeline, audio, entry, number=number, asked=asked)
            for number, asked in enumerate(timeline.recordings)
        ]

    def _finish(
        self,
        timeline: Timeline,
        audio: Audio,
        entry: Entry,
        *,
        number: int,
        asked: PlannedRecording,
    ) -> FinishedRecording:
        file_id = timeline.call.file_id(number)
        made = self._made(timeline, audio, asked, self.folder / file_id)
        self.shelf.put(file_id, Kept(made, entry))
        return FinishedRecording(
            number,
            asked,
            size=made.size,
            length=made.length,
            url=self._address(file_id),
            transcription_url=self._address(timeline.call.transcription_id(number)),
        )

    @staticmethod
    def _made(timeline: Timeline, audio: Audio, asked: PlannedRecording, target: Path) -> Recorded:
        if timeline.busy:
            length = timeline.ended - timeline.recording_started(asked)
            return record_ringing(asked, target, length=length)
        return record(audio, asked, target)

    def _address(self, file_id: str) -> str:
        return f"{self.base_url}/v1/files/{file_id}"
