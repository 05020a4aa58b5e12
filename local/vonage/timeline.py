"""When everything of a call happens, in the time of the call."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from local.vonage.call import Call
from local.vonage.ncco import Plan, PlannedRecording

PICK_UP = timedelta(seconds=1)
"""From the caller's first ring to the answer: the answer webhook is fetched meanwhile."""

RINGING = timedelta(seconds=2)
"""How long somebody called lets it ring."""

MOST_LEGS = 32

LEAD = PICK_UP + RINGING * MOST_LEGS
"""Room before the audio for ringing, so that even with many legs nothing lies in the future."""


def began(now: datetime, audio: timedelta) -> datetime:
    """Tell when a call that ends now began; it begins on a whole second."""
    return (now - audio - LEAD).replace(microsecond=0)


@dataclass(frozen=True)
class Timeline:
    """The moments of one call; ``audio`` is what is said on it."""

    call: Call
    plan: Plan
    audio: timedelta

    @property
    def busy(self) -> bool:
        """Whether those who are called do not pick up."""
        return self.call.scenario.busy and bool(self.plan.legs)

    @property
    def recordings(self) -> Sequence[PlannedRecording]:
        """The recordings that get made: one that waits for an answer has nothing to record."""
        if not self.busy:
            return self.plan.recordings
        legs = len(self.plan.legs)
        return [asked for asked in self.plan.recordings if asked.legs_before < legs]

    @property
    def answered(self) -> datetime:
        """When the caller was answered."""
        return self.call.began + PICK_UP

    def leg_started(self, number: int) -> datetime:
        """Tell when somebody was called, counted from 1."""
        return self.answered + RINGING * (number - 1)

    def leg_answered(self, number: int) -> datetime:
        """Tell when somebody picked up, or was given up on."""
        return self.leg_started(number) + RINGING

    def recording_started(self, recording: PlannedRecording) -> datetime:
        """Tell when a recording started: once the connects before it were answered."""
        return self.leg_answered(recording.legs_before)

    @property
    def ended(self) -> datetime:
        """When everybody hung up, rounded up to a whole second as it is on the bill."""
        last = self.leg_answered(len(self.plan.legs))
        if self.busy:
            return last
        spoken = [self.recording_started(recording) for recording in self.plan.recordings]
        end = max(last, *(start + self.audio for start in spoken or [last]))
        return self.call.began + timedelta(
            seconds=math.ceil((end - self.call.began).total_seconds())
        )
