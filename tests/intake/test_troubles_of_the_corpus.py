"""An answer hardly ever becomes a ticket, and another trouble nearly always has one of its own.

Measured over the corpus: each answer comes to a ticket that asks what the item says was asked;
each first message comes to a chat whose one ticket is about something else and waits for answers.
"""

import json
import sys
from functools import cache
from pathlib import Path

from intake.people import LANGUAGES
from intake.placing.comparisons import Another
from tests.intake.cast import CATALOGUE, a_ticket
from tests.intake.troubles import told, told_beside, waiting

CORPUS = Path(__file__).with_name("corpus")
SEEN = ("dev", "own")
LESSONS = [f"lessons/{language}" for language in LANGUAGES]


@cache
def items(name):
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def answered(*names):
    """How each answer is taken by the ticket that asked for it."""
    asked = [item for name in names for item in items(name) if "asked" in item]
    return [
        told(
            item,
            a_ticket(
                category=item["category"],
                answers={},
                asked=tuple(item["asked"]),
                language=item["lang"],
            ),
        )
        for item in asked
    ]


def arrived(*names, every=1):
    """How each first message of a category is taken beside a ticket of each other one."""
    firsts = [i for name in names for i in items(name)[::every] if "asked" not in i]
    return [
        taken
        for item in firsts
        if item["intent"] in ("report", "request") and item.get("category")
        for taken in told_beside(item, [[one] for one in waiting_for_others(item)])
    ]


def waiting_for_others(item):
    others = CATALOGUE.categories.keys() - {"question", item["category"]}
    return [waiting(category, item["lang"]) for category in sorted(others)]


def share(taken, what):
    return sum(one is what for one in taken) / len(taken)


def say(name, taken):
    figures = ", ".join(f"{what.value} {share(taken, what):.2%}" for what in Another)
    sys.stdout.write(f"{name} ({len(taken)}): {figures}\n")


def test_less_than_one_of_a_hundred_answers_becomes_a_ticket():
    for names in (SEEN, LESSONS):
        taken = answered(*names)
        say(f"answers of {', '.join(names)}", taken)
        assert share(taken, Another.SURELY) < 0.01
        assert share(taken, Another.PERHAPS) < 0.01


def test_nine_of_ten_other_troubles_have_a_ticket_of_their_own():
    for names, every in ((SEEN, 2), (LESSONS, 40)):
        taken = arrived(*names, every=every)
        say(f"first messages of {', '.join(names)}", taken)
        assert share(taken, Another.SURELY) >= 0.9
