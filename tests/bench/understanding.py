"""Understanding of one message: the core alone, no database, CPU time."""

import time
from datetime import datetime

from intake.catalogue import Catalogue
from intake.understanding import Reader
from tests.bench import pace, words
from tests.bench.figures import median

AREA = "understand"


async def measure(planned):
    reader, examples = Reader(Catalogue.load()), words.examples()
    for example in examples:  # word lists are read and patterns compiled at first use
        _understand(reader, example)
    rounds = [[_understand(reader, one) for one in examples] for _ in range(planned.size.rounds)]
    spans = sorted(median(seen) for seen in zip(*rounds, strict=True))
    middle, slow = spans[len(spans) // 2], spans[len(spans) * 99 // 100]
    shared = {"area": AREA, "engine": "", "unit": "ms"}
    return [
        pace.within(1.5, planned, **shared, what="understand a message", ours=middle, cpu=middle),
        pace.within(10.0, planned, **shared, what="slowest of a hundred", ours=slow, cpu=slow),
    ]


def _understand(reader, example):
    now = datetime.fromisoformat(example["now"])
    started = time.process_time()
    reader.understand(example["text"], hint_language=example["lang"], now=now)
    return 1000 * (time.process_time() - started)
