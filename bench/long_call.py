"""Makes up what Amazon Transcribe would write of a call of four hours between two people.

The same on every machine: the words are drawn with a fixed seed. The shape of the file is the local
Transcribe's, which has it from files that AWS wrote.
"""

import json
from collections.abc import Iterator
from random import Random
from typing import Final

from local.transcribe.items import Line
from local.transcribe.scenario import Era
from local.transcribe.speech import Utterance, Word
from local.transcribe.transcript import Form, results

SECONDS: Final = 4 * 60 * 60
CHANNELS: Final = 2
SAID: Final = (
    "well I was on hold for an hour and nobody could tell me what the number of my order is sorry "
    "about that let me have a look it should have been delivered on Thursday morning thank you"
)
VOCABULARY: Final = SAID.split()


def result_file(era: Era) -> bytes:
    """Write the result file, as compact as AWS writes it, in one of the forms it has had."""
    found = results(lines(), Form(era, channels=CHANNELS))
    file = {"jobName": "callscribe-long", "accountId": "1", "results": found, "status": "COMPLETED"}
    return json.dumps(file, separators=(",", ":")).encode()


def lines() -> Iterator[Line]:
    """Let two people talk in turns for four hours, about 40,000 words."""
    random = Random(1)  # noqa: S311 - no secret depends on it
    at, channel = 0.0, 0
    while at < SECONDS:
        said = Utterance(tuple(_words(random, at)))
        yield Line(said, channel=channel)
        # Now and then one begins before the other has ended.
        at = said.end + random.uniform(-0.2, 1.2)
        channel = (channel + 1) % CHANNELS


def _words(random: Random, at: float) -> Iterator[Word]:
    for _ in range(random.randint(3, 24)):
        end = at + random.uniform(0.1, 0.5)
        mark = "," if random.random() < 0.08 else ""  # noqa: PLR2004 - about one word in twelve
        yield Word(random.choice(VOCABULARY), at, end, random.uniform(0.6, 1), mark)
        at = end + random.choice((0, 0, 0, 0.02, 0.1))
