"""Understanding of one message: the core alone, no database, CPU time.

First messages, and replies to a card, which are read whole and piece by piece.
"""

import gc
import json
import time

from desk.garbage import BETWEEN
from intake.catalogue import Catalogue
from intake.predictions import predict
from intake.understanding import Reader
from tests.bench import pace, words
from tests.bench.figures import median

AREA = "understand"
KINDS = {"first": "a first message", "answer": "a reply to a card"}


async def measure(planned):
    reader = Reader(Catalogue.shipped())
    return [one for kind in KINDS for one in _measured(planned, reader, kind)]


def _measured(planned, reader, kind):
    lines = [json.dumps(example) for example in words.examples(kind)]
    for line in lines:  # word lists are read and patterns compiled at first use
        _understand(reader, line)
    gc.collect()
    gc.freeze()  # as the program does after its start
    gc.set_threshold(BETWEEN)
    rounds = [[_understand(reader, one) for one in lines] for _ in range(planned.size.rounds)]
    spans = sorted(median(seen) for seen in zip(*rounds, strict=True))
    what = f"understand {KINDS[kind]}"
    for which, limit, at in (("", 1.5, 50), (", slowest of a hundred", 10.0, 99)):
        span = spans[len(spans) * at // 100]
        shared = {"area": AREA, "engine": "", "unit": "ms", "ours": span, "cpu": span}
        yield pace.within(limit, planned, **shared, what=f"{what}{which}")


def _understand(reader, line):
    started = time.process_time()
    list(predict([line], reader))
    return 1000 * (time.process_time() - started)
