"""Whether a message names another machine, place or account than stands on a ticket.

Pure. What follows from it is left to `troubles`.
"""

from collections.abc import Mapping

from intake.matching import STEM, numbered, telling
from intake.messages import Message
from intake.tickets import Ticket
from intake.understanding.fields import ACCOUNT, APPLICATION, ASSET, DEVICE, LOCATION
from intake.understanding.folding import fold

APART = (ASSET, LOCATION, DEVICE, ACCOUNT, APPLICATION)  # two of these are two things
IDENTIFIERS = (ASSET, ACCOUNT)


def stands_apart(ticket: Ticket, message: Message, said: Mapping[str, str]) -> bool:
    """Whether it names another machine, place or person's account than stands on the ticket."""
    known = {name: ticket.answers[name] for name in APART if name in ticket.answers}
    return any(
        name not in ticket.assumed
        and (_is_elsewhere(value, message.text) or _is_other(ticket, name, said))
        for name, value in known.items()
    )


def stands_plainly_apart(ticket: Ticket, message: Message, said: Mapping[str, str]) -> bool:
    """The same by what is no matter of words: an identifier, the number of a floor."""
    return any(
        _is_elsewhere(value, message.text)
        or (name in IDENTIFIERS and _is_other(ticket, name, said))
        for name, value in ticket.answers.items()
        if name in APART and name not in ticket.assumed
    )


def _is_other(ticket: Ticket, name: str, said: Mapping[str, str]) -> bool:
    known, told = ticket.answers[name], said.get(name, "")
    is_login = name == ACCOUNT and _may_be_of(known, told, ticket.language)
    return bool(told) and not is_login and _differ(known, told)


def _may_be_of(person: str, login: str, language: str) -> bool:
    """“npappas” of Nick Pappas, by the last name alone and in whatever letters."""
    *first, last = person.split() or [""]
    begin = fold(last, language)[:STEM]
    return bool(first) and len(begin) == STEM and begin in fold(login, language)


def _differ(known: str, said: str) -> bool:
    """Each says something that the other does not."""
    ours, theirs = telling(known), telling(said)
    return bool(ours - theirs and theirs - ours)


def _is_elsewhere(known: str, text: str) -> bool:
    """Another floor, another room: the same word with another number."""
    ours, theirs = dict(numbered(known)), dict(numbered(text))
    return any(theirs.get(word, number) != number for word, number in ours.items())
