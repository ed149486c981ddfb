"""What an agent may ask the requester for: a box to tick for each field, missing ones ticked."""

from dataclasses import dataclass

from inbox.drawing import Voice
from inbox.ports import Labels
from intake.forms import CATEGORY
from intake.posting import Form
from intake.tickets import Ticket

ASKED = "ask-"  # beginnings of the boxes' names


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One field. `said` is what is known of it already."""

    name: str
    label: str
    said: str
    is_ticked: bool


def asked_in(form: Form) -> tuple[str, ...]:
    """The fields that were ticked, also such as there are none."""
    return tuple(name.removeprefix(ASKED) for name in form.values if name.startswith(ASKED))


def boxes(ticket: Ticket, voice: Voice, labels: Labels, asking: Form | None) -> list[Box]:
    """As the ticket stands, or as they are in a form that could not be taken."""
    fields = labels.fields_of(ticket.category)
    if not fields:
        word = voice.word("change", CATEGORY)
        return [Box(name=ASKED + CATEGORY, label=word, said="", is_ticked=True)]
    missing = labels.missing(ticket.category or "", ticket.answers, ticket.declined)
    chosen = missing if asking is None else asked_in(asking)

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
        )
        for name in fields
    ]
