"""Trains the model of the understanding from the lessons: `make model`.

With --cross N nothing is written: it trains on all but every Nth lesson, predicts those, and
scores them all. --rounds does only so many of the N. --only trains but what pieces say.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import pycrfsuite

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from intake.catalogue import Catalogue  # noqa: E402
from intake.people import LANGUAGES  # noqa: E402
from intake.predictions import predict  # noqa: E402
from intake.understanding import Reader, saying  # noqa: E402
from intake.understanding.model import MARKED, Chooser, Model  # noqa: E402
from tests.tools.composing import composed  # noqa: E402
from tests.tools.lessons import examples, lesson, read_items  # noqa: E402
from tests.tools.pieces import saying_examples  # noqa: E402
from tests.tools.score_understanding import scorer, show  # noqa: E402

LESSONS = ROOT / "tests" / "intake" / "corpus" / "lessons"
PIECES = LESSONS.with_name("pieces.jsonl")
FOLDER = ROOT / "intake" / "understanding" / "model"
# How weights are held down: L1 makes most of them nothing (small files), L2 keeps the rest modest.
PENALTIES = {
    "clauses": (1.0, 0.05),
    "names": (1.0, 0.05),
    "intent": (0.05, 0.3),
    "category": (0.05, 0.3),
    "saying": (0.2, 0.05),
}
CHOICE_PENALTIES = (0.2, 0.05)


def train(question, pairs, path):
    l1, l2 = PENALTIES.get(question, CHOICE_PENALTIES)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({
        "c1": l1, "c2": l2, "max_iterations": 120, "feature.possible_transitions": True,
        "feature.minfreq": 2 if question in PENALTIES else 1,
    })  # fmt: skip
    for items, answers in pairs:
        trainer.append(pycrfsuite.ItemSequence(items), answers)
    trainer.train(str(path))


def export(trained, path):
    """The weights of a model over single items, as `Chooser` reads them."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(trained))
    answers = sorted(tagger.labels())
    weights = {}
    for (feature, answer), weight in sorted(tagger.info().state_features.items()):
        row = weights.setdefault(feature, [0.0] * len(answers))
        row[answers.index(answer)] = round(weight, 3)
    learned = {"answers": answers, "weights": weights}
    written = json.dumps(learned, ensure_ascii=False, separators=(",", ":"))
    path.write_text(written + "\n", encoding="utf-8")
    trained.unlink()


def train_all(reader, lessons, folder, only=None):
    folder.mkdir(parents=True, exist_ok=True)
    asked = examples(reader.catalogue, lessons) if only is None else ()
    whole = [own for own in lessons if own.is_whole and own.tells_fields]
    pieces = saying_examples(reader, whole, read_items([PIECES]))
    for question, pairs in (*asked, pieces):
        path = folder / f"{question}.crf"
        train(question, pairs, path)
        if question not in MARKED:
            export(path, path.with_suffix(".json"))


def blank_reader(catalogue):
    """Reads, but can't decide: for making lessons where no model is yet."""
    return Reader(catalogue, Model(Chooser(()), {}, lambda: Chooser(())))


def composed_lessons(reader):
    composing = (composed(reader.catalogue, language) for language in LANGUAGES)
    return [lesson(reader, item) for items in composing for item in items]


def cross(items, parts, rounds):
    catalogue = Catalogue.shipped()
    reader = blank_reader(catalogue)
    lessons = {item["id"]: lesson(reader, item) for item in items}
    beside = composed_lessons(reader)
    # neighbours in a file resemble one another: a stride of ids spreads them
    order = sorted(lessons, key=lambda name: (name[-3:], name))
    gold, found = [], []
    for part in range(rounds):
        held = set(order[part::parts])
        with tempfile.TemporaryDirectory() as folder:
            own = [one for name, one in lessons.items() if name not in held]
            train_all(reader, own + beside, Path(folder))
            reader = Reader(catalogue, Model.load(Path(folder)))
            mine = [item for item in items if item["id"] in held]
            found += map(json.loads, predict(map(json.dumps, mine), reader))
            gold += mine
    return gold, found


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cross", type=int)
    arguments.add_argument("--rounds", type=int)
    arguments.add_argument("--only", choices=[saying.QUESTION])
    given = arguments.parse_args()
    items = read_items(sorted(LESSONS.glob("*.jsonl")))
    if given.cross:
        gold, found = cross(items, given.cross, given.rounds or given.cross)
        module = scorer()
        show(module.score(gold, found), module.TYPES)
        return
    catalogue = Catalogue.shipped()
    reader = blank_reader(catalogue)
    lessons = [lesson(reader, item) for item in items] + composed_lessons(reader)
    train_all(reader, lessons, FOLDER, given.only)


if __name__ == "__main__":
    main()
