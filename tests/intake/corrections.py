"""A ticket whose values are known, and what a message changes of them."""

from tests.intake.cast import DIALOGUE, NOW, a_situation

KNOWN = {"symptom": "принтер не друкує", "asset": "INV-20418", "location": "3 поверсі"}


def decide(message, ticket, **more):
    return DIALOGUE.decide(a_situation(ticket, **more), message, NOW)


def changed(decision):
    told = [(change.what, change.before, change.after) for change in decision.changes]
    return [change for change in told if change[0].startswith("answer:")]


def replaced(decision):
    return [change for change in changed(decision) if change[1]]
