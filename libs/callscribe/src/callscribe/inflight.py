"""Knows every message this process holds: which are due for a heartbeat, which are lost."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Condition
from typing import Final

from callscribe.limits import MAX_VISIBILITY, Limits
from callscribe.sqs import BATCH, Received

Clock = Callable[[], float]
"""Gives seconds that only go forward, as ``time.monotonic`` does."""

TRANSIT: Final = timedelta(seconds=30)
"""How much earlier than we SQS may have begun to count: an answer that takes longer is none."""


@dataclass(slots=True)
class _Held:
    message: Received
    since: float
    hidden_until: float
    renewing: bool = False
    settling: bool = False
    lost: bool = False

    @property
    def waits(self) -> bool:
        return not (self.renewing or self.settling or self.lost)


class InFlight:
    """The messages held, safe for threads; a message is held from its receipt until released."""

    def __init__(self, limits: Limits, *, clock: Clock) -> None:
        self._visibility = limits.visibility.total_seconds()
        self._renew_within = limits.renew_within.total_seconds()
        self._max_handling = limits.max_handling.total_seconds()
        self._clock = clock
        self._held: dict[str, _Held] = {}
        self._changed = Condition()

    def __len__(self) -> int:
        return len(self._held)

    def hold(self, messages: Iterable[Received]) -> list[Received]:
        """Begin to hold what was just received, and give it without what is held already."""
        now = self._clock()
        with self._changed:
            fresh = {m.receipt: m for m in messages if m.receipt not in self._held}
            for receipt, message in fresh.items():
                self._held[receipt] = _Held(message, now, now + self._visibility)
        return list(fresh.values())

    def due(self) -> list[Received]:
        """Take up to ten messages whose visibility must be renewed now.

        ``renewed``, ``unanswered`` or ``lost`` ends that. A message that nobody could renew in
        time, or that is held for longer than handling may take, is lost: SQS gives it to somebody
        else.
        """
        now = self._clock()
        with self._changed:
            near = [
                held
                for held in self._held.values()
                if held.waits and held.hidden_until <= now + self._renew_within
            ]
            for held in near:
                held.lost = now >= min(held.hidden_until, held.since + self._max_handling)
            chosen = [held for held in near if not held.lost][:BATCH]
            for held in chosen:
                held.renewing = True
            return [held.message for held in chosen]

    def renewed(self, messages: Sequence[Received], *, at: float) -> None:
        """Note that SQS agreed to a renewal it was asked for ``at`` that time."""
        with self._changed:
            for held in self._end_renewal(messages):
                held.hidden_until = at + self._visibility

    def unanswered(self, messages: Sequence[Received]) -> None:
        """Note that nobody knows how a renewal ended; what was known before still holds."""
        with self._changed:
            self._end_renewal(messages)

    def lost(self, messages: Sequence[Received]) -> None:
        """Note that SQS refused a renewal: the message is not ours any more."""
        with self._changed:
            for held in self._end_renewal(messages):
                held.lost = True

    def claim(self, message: Received) -> bool:
        """Begin to settle a message, and tell whether it is still ours.

        Waits for a renewal under way, so that nothing hides a message again after it was settled.
        """
        with self._changed:
            held = self._held.get(message.receipt)
            if held is None:
                return False
            self._changed.wait_for(lambda: not held.renewing)
            held.settling = not (held.lost or self._clock() >= held.hidden_until)
            return held.settling

    def release(self, message: Received) -> None:
        """Stop holding a message, settled or not."""
        with self._changed:
            self._held.pop(message.receipt, None)
            self._changed.notify_all()

    def abandon(self, *, patience: float) -> list[Received]:
        """Stop holding anything, and tell what was held, still ours and not settled.

        Waits up to ``patience`` seconds for what is just being renewed or settled.
        """
        with self._changed:
            self._changed.wait_for(self._at_rest, patience)
            ours = [h.message for h in self._held.values() if not (h.lost or h.settling)]
            for held in self._held.values():
                held.lost, held.renewing = True, False
            self._held.clear()
            self._changed.notify_all()
            return ours

    def room(self, message: Received) -> timedelta:
        """Tell how long a message may be hidden from now on before SQS refuses."""
        with self._changed:
            held = self._held.get(message.receipt)
            held_for = timedelta(seconds=self._clock() - held.since if held else 0)
            return max(MAX_VISIBILITY - TRANSIT - held_for, timedelta(0))

    def longest(self) -> timedelta:
        """Tell for how long the oldest message has been held."""
        with self._changed:
            now = self._clock()
            oldest = min((held.since for held in self._held.values()), default=now)
            return timedelta(seconds=now - oldest)

    def _at_rest(self) -> bool:
        return not any(held.renewing or held.settling for held in self._held.values())

    def _end_renewal(self, messages: Iterable[Received]) -> list[_Held]:
        known = [self._held[m.receipt] for m in messages if m.receipt in self._held]
        for held in known:
            held.renewing = False
        self._changed.notify_all()
        return known
