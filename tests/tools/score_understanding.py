"""Scores the understanding on a corpus: `score_understanding.py CORPUS [--errors] [--speed]`.

Prints a short table; the scorer beside the development corpus does the counting.
"""

import importlib.util
import json
import resource
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from intake.catalogue import Catalogue  # noqa: E402
from intake.predictions import predict  # noqa: E402
from intake.understanding import Reader  # noqa: E402


def scorer():
    path = ROOT / "tests" / "intake" / "corpus" / "score.py"
    spec = importlib.util.spec_from_file_location("corpus_score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(scores, types):
    slots = scores["slots"]
    yield "intent", scores["intent"]["accuracy"], scores["intent"]["by_lang"]
    yield "category", scores["category"]["accuracy"], scores["category"]["by_lang"]
    yield "slots F1", slots["overall"]["f1"], {k: v["f1"] for k, v in slots["by_lang"].items()}
    yield "precision", slots["overall"]["precision"], {}
    for kind in sorted(set(types.values())):
        rows = [row for name, row in slots["by_field"].items() if types.get(name) == kind]
        hit, wrong, lost = (sum(row[key] for row in rows) for key in ("tp", "fp", "fn"))
        yield f"F1 {kind}", 2 * hit / max(1, 2 * hit + wrong + lost), {}
    for kind, row in slots["by_kind"].items():
        yield f"F1 of {kind} items", row["f1"], {}
    whole = scores["answers_whole"]
    yield "whole", whole["share"], whole["by_lang"]


def show(scores, types):
    for name, value, by_language in table(scores, types):
        if value is None:
            continue
        beside = " ".join(
            f"{language} {(row['share'] if 'share' in row else row['accuracy']):.3f}"
            if isinstance(row, dict) else f"{language} {row:.3f}"
            for language, row in by_language.items()
        )  # fmt: skip
        print(f"{name:18} {value:.3f}  {beside}")  # noqa: T201
    for name, row in scores["slots"]["by_field"].items():
        print(f"  {name:14} f1 {row['f1']:.3f} tp {row['tp']} fp {row['fp']} fn {row['fn']}")  # noqa: T201


def speed(lines, reader):
    spans = []
    for line in lines:
        begun = time.process_time()
        list(predict([line], reader))
        spans.append(1000 * (time.process_time() - begun))
    spans.sort()
    return f"median {statistics.median(spans):.2f} ms, p99 {spans[int(len(spans) * 0.99)]:.2f} ms"


def main(arguments):
    module = scorer()
    gold = module.read(arguments[0])
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    reader = Reader(Catalogue.shipped())
    print(f"constructed in {time.process_time() - begun:.2f} s")  # noqa: T201
    predictions = [json.loads(line) for line in predict(lines, reader)]
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    texts = {item["id"]: item for item in gold}
    if "--errors" in arguments:
        module.score(gold, predictions, lambda g, *what: print(  # noqa: T201
            json.dumps([g["id"], *what], ensure_ascii=False, default=str)
        ))  # fmt: skip
    show(module.score(gold, predictions), module.TYPES)
    print(f"{len(texts)} items, {more} MB more, {speed(lines, reader)}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
