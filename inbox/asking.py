"""What an agent may ask the requester for: a box to tick for each field.

Ticked is what an agent has asked for and nobody answered, else what is missing.
"""

from dataclasses import dataclass

from inbox.drawing import Voice
from inbox.ports import Labels
from intake.forms import CATEGORY
from intake.posted_forms import Form
from intake.tickets import Ticket

ASKED = "ask-"  # beginnings of the boxes' names
WAITS = "waits-"  # the same of those that an agent's card asks already


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One field. `said` is what is known of it already."""

    name: str
    label: str
    said: str
    is_ticked: bool
    waits: str = ""  # tells the post that it was asked for when the page was drawn


def asked_in(form: Form) -> tuple[str, ...]:
    """The fields that were ticked, also such as there are none."""
    return tuple(name.removeprefix(ASKED) for name in form.values if name.startswith(ASKED))


def given_up_in(form: Form) -> tuple[str, ...]:
    """What was asked for on that page and is ticked no more."""
    waited = (name.removeprefix(WAITS) for name in form.values if name.startswith(WAITS))
    return tuple(name for name in waited if ASKED + name not in form.values)


def boxes(ticket: Ticket, voice: Voice, labels: Labels, asking: Form | None) -> list[Box]:
    """As the ticket stands, or as they are in a form that could not be taken."""
    fields = labels.fields_of(ticket.category)
    if not fields:
        word = voice.word("change", CATEGORY)
        return [Box(name=ASKED + CATEGORY, label=word, said="", is_ticked=True)]
    waiting = ticket.asked if ticket.ask is not None else ()
    missing = labels.missing(ticket.category or "", ticket.answers, ticket.declined)
    chosen = (waiting or missing) if asking is None else asked_in(asking)

    def said(name: str) -> str:
        if name in ticket.answers:
            return labels.show(name, ticket.answers[name], voice.language)
        return voice.words["answer_declined"] if name in ticket.declined else ""

    return [
        Box(
            name=ASKED + name,
            label=labels.label(name, voice.language, ticket.category),
            said=said(name),
            is_ticked=name in chosen,
            waits=WAITS + name if name in waiting else "",
        )
        for name in fields
    ]
