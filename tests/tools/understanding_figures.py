"""The figures of docs/understanding.md: `python -m tests.tools.understanding_figures` writes them.

They stand in the page between marks; what they mean is written there by hand.
"""

import json
import re
from functools import cache
from pathlib import Path

from intake.catalogue import Catalogue
from intake.people import LANGUAGES
from intake.predictions import predict
from intake.understanding import Reader
from tests.tools.score_understanding import ROOT, scorer

PAGE = ROOT / "docs" / "understanding.md"
CORPUS = ROOT / "tests" / "intake" / "corpus"
BLOCK = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
TITLES = {"dev": "development", "exam": "examination", "own": "own"}
TARGETS = {
    "intent, accuracy": 0.95,
    "category, accuracy": 0.92,
    "slots, F1": 0.90,
    "slots, precision": 0.93,
    "slots of kind choice, F1": 0.94,
    "slots of kind code, F1": 0.94,
    "slots of kind moment, F1": 0.94,
    "slots of kind phone, F1": 0.94,
    "slots of kind quantity, F1": 0.94,
    "slots of kind text, F1": 0.85,
    "answers taken whole": 0.75,
}


def written(page):
    """The page with every block as a run gives it."""
    return BLOCK.sub(
        lambda found: found[1] + "\n".join(BLOCKS[found[2]]()) + "\n" + found[3], page
    )


@cache
def read(name):
    """A corpus, its scores and where it is missed."""
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    predictions = [json.loads(line) for line in predict(lines, Reader(Catalogue.shipped()))]
    missed = []
    scores = scorer().score(gold, predictions, lambda item, *what: missed.append((item, *what)))
    return gold, scores, missed


def figures(name):
    _, scores, _ = read(name)
    slots, types = scores["slots"], scorer().TYPES
    yield scores["intent"]["accuracy"]
    yield scores["category"]["accuracy"]
    yield slots["overall"]["f1"]
    yield slots["overall"]["precision"]
    for kind in sorted(set(types.values())):
        rows = [row for field, row in slots["by_field"].items() if types.get(field) == kind]
        hit, wrong, lost = (sum(row[key] for row in rows) for key in ("tp", "fp", "fn"))
        yield 2 * hit / max(1, 2 * hit + wrong + lost)
    yield scores["answers_whole"]["share"]


def totals():
    sizes = [f"{title} ({len(read(name)[0])})" for name, title in TITLES.items()]
    yield from head("", "target", *sizes)
    columns = [list(figures(name)) for name in TITLES]
    for at, (title, target) in enumerate(TARGETS.items()):
        yield row(title, f"{target:.2f}", *(f"{column[at]:.3f}" for column in columns))


def replies():
    for name in ("replies", "unseen", "trades", "fresh", "varied", "manners"):
        _, scores, _ = read(name)
        slots, whole = scores["slots"]["overall"], scores["answers_whole"]
        own = (f"{one} {whole['by_lang'][one]['share']:.3f}" for one in LANGUAGES)
        said = f"precision {slots['precision']:.3f}, F1 {slots['f1']:.3f}"
        yield f"- `{name}`: {said}, taken whole {whole['share']:.3f} ({', '.join(own)})"


def by_language(name):
    _, scores, _ = read(name)
    yield from head(f"{TITLES[name]}, by language", *LANGUAGES)
    for part in ("intent", "category"):
        own = scores[part]["by_lang"]
        yield row(part, *(f"{own[one]['accuracy']:.3f}" for one in LANGUAGES))
    f1, whole = scores["slots"]["by_lang"], scores["answers_whole"]["by_lang"]
    yield row("slots, F1", *(f"{f1[one]['f1']:.3f}" for one in LANGUAGES))
    yield row("answers whole", *(f"{whole[one]['share']:.3f}" for one in LANGUAGES))


def fields():
    names = sorted(read("dev")[1]["slots"]["by_field"])
    yield from head("field", *names)
    for name in ("dev", "exam"):
        own = read(name)[1]["slots"]["by_field"]
        yield row(name, *(f"{own[each]['f1']:.2f}" if each in own else "–" for each in names))


def errors():
    gold, _, missed = read("dev")
    yield f"{len(missed)} differences in {len(gold)} messages.\n"
    yield from head("message", "field", "expected", "found")
    order = {item["id"]: at for at, item in enumerate(gold)}
    for item, field, expected, found in sorted(missed, key=lambda one: order[one[0]["id"]]):
        yield row(item["id"], field, cell(expected), cell(found))


def cell(value):
    return str(value).replace("|", "/").replace("\n", " ") if value else "–"


def head(*cells):
    yield row(*cells)
    yield "|" + "---|" * len(cells)


def row(*cells):
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


BLOCKS = {
    "totals": totals,
    "replies": replies,
    "development": lambda: by_language("dev"),
    "examination": lambda: by_language("exam"),
    "fields": fields,
    "errors": errors,
}

if __name__ == "__main__":
    Path(PAGE).write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
