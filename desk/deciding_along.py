"""The process that decides along: `partner` hands it the dialogue, then part of each large batch.

Nothing is kept here. The process ends where its way in does, however its other end has died, and
by a message that can't be decided: whoever asked tries its batch once more, one by one.
"""

import os
import pickle
import signal
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO, cast

from desk.garbage import tidy_up
from desk.limits import DECIDING_WITHIN, CpuLimit
from intake.decisions import Decision
from intake.dialogue import Dialogue
from intake.messages import Message
from intake.situations import Situation
from intake.understanding import Reader

LENGTH = 4  # bytes before each thing that is sent, which say how long it is
Batch = Sequence[tuple[Situation, Message, datetime]]
Handed = tuple[Dialogue, Reader, Batch]


def packed(what: object) -> bytes:
    body = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    return len(body).to_bytes(LENGTH) + body


def serve(way_in: BinaryIO, way_out: BinaryIO) -> None:
    """Practise, say that all is read that deciding needs, then answer batches until none comes."""
    dialogue, reader, batch = cast("Handed", _next(way_in))
    limit = CpuLimit(DECIDING_WITHIN)
    reader.warm_up()
    _decided(dialogue, limit, batch)
    tidy_up()
    way_out.write(packed("ready"))
    way_out.flush()
    while more := cast("Batch", _next(way_in)):
        way_out.write(packed(_decided(dialogue, limit, more)))
        way_out.flush()


def _next(way_in: BinaryIO) -> object:
    length = int.from_bytes(way_in.read(LENGTH))
    return pickle.loads(way_in.read(length)) if length else None  # noqa: S301 - our own process's


def _decided(dialogue: Dialogue, limit: CpuLimit, batch: Batch) -> list[Decision]:
    decisions = []
    for situation, message, now in batch:
        with limit:
            decisions.append(dialogue.decide(situation, message, now))
    return decisions


def main() -> None:
    """Ctrl-C is for whoever began it, and an answer to the dead no error; prints are no answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    way_in, way_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(way_in, way_out)


if __name__ == "__main__":
    main()
