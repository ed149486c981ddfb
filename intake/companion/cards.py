"""The card of a ticket as agents see it in a chat: all of it in one message, with its buttons.

Pure. How it looks is left to `bots.agents.card`.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from intake.catalogue import Catalogue
from intake.forms import CATEGORY, Promise
from intake.people import first_name
from intake.speech import Card, Chip, Choice, Link
from intake.tickets import Status, Ticket
from intake.undelivered import FILE
from intake.wording import Wording

VERSION: Final = "1"  # of what buttons carry
LONGEST_SUBJECT: Final = 500
LONGEST_VALUE: Final = 200
LONGEST_VALUES: Final = 2_000  # of all answers together: a card is one message
STATE_LENGTH: Final = 8  # characters of a card's mark
LONGEST_NAME: Final = 120  # of a topic; Telegram takes 128


def tapped(verb: str, number: int, *more: int | str) -> str:
    """What a button carries: its version, the ticket, what it does, and to what."""
    return "|".join([VERSION, str(number), verb, *map(str, more)])


def mark_of(card: Card, ticket: Ticket) -> str:
    """The same for cards that show the same; its beginning for tickets in the same state."""
    return _hashed((ticket.status, ticket.assignee_id))[:STATE_LENGTH] + _hashed(card)[:24]


def is_other_state(mark: str, before: str) -> bool:
    """Whether who has it, or its status, is another now."""
    return mark[:STATE_LENGTH] != before[:STATE_LENGTH]


def _hashed(shown: object) -> str:
    return sha256(repr(shown).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """`inbox` is the address of the pages, "" where they have none from outside."""

    catalogue: Catalogue
    wording: Wording
    promise: Promise
    inbox: str = ""

    def draw(self, ticket: Ticket, language: str, now: datetime, lost: int = 0) -> Card:
        """`lost` counts messages that perhaps did not reach the chat."""
        words = self._words(ticket, language, now, lost)
        history = [words["owner"], words["due"], words["opened"]]
        closing = [" · ".join(filter(None, history)), words["last"]]
        warnings = [words["urgent"], words["undelivered"], words["lost"]]
        return Card(
            heading=words["heading"],
            intro=_cut(ticket.subject, LONGEST_SUBJECT),
            known=self._known(ticket, language, words["who"]),
            ask=self._missing(ticket, language, words["missing"]),
            closing="\n".join(filter(None, [*closing, *warnings])),
            actions=_actions(ticket, words),
            form=self._link(ticket, words["open"]),
        )

    def topic_name(self, ticket: Ticket, language: str) -> str:
        parts = [f"#{ticket.id}", self.category(ticket, language), first_name(ticket.requester)]
        return _cut(" · ".join(filter(None, parts)), LONGEST_NAME)

    def category(self, ticket: Ticket, language: str) -> str:
        if ticket.category is None or ticket.category not in self.catalogue.categories:
            return ""
        return self.catalogue.category_label(ticket.category, language)

    def line(self, ticket: Ticket, language: str) -> str:
        """The ticket in one line of a list."""
        status = self.wording.word("status", ticket.status, language)
        subject = _cut(" ".join(ticket.subject.split()), 80)
        return " · ".join(filter(None, [f"#{ticket.id}", status, ticket.requester, subject]))

    def button(self, name: str, language: str, way: str = "") -> str:
        """The words of a button that stands on no card."""
        return self.wording.parts_for_agents("button", language, {"way": way})[name]

    def missing(self, ticket: Ticket) -> tuple[str, ...]:
        """The fields that the ticket is not complete without; its category before all."""
        if ticket.category is None or ticket.category not in self.catalogue.categories:
            return (CATEGORY,)
        return self.catalogue.missing(ticket.category, ticket.answers, ticket.declined)

    def label(self, ticket: Ticket, name: str, language: str) -> str:
        return self.catalogue.label(name, language, ticket.category)

    def _words(self, ticket: Ticket, language: str, now: datetime, lost: int) -> dict[str, str]:
        due_at = self.promise.due_at(ticket)
        is_open = ticket.first_response_at is None and ticket.status.is_live
        moment = self.wording.moment
        is_lost = bool(ticket.undelivered) and ticket.undelivered != FILE
        values = {
            "number": ticket.id,
            "category": self.category(ticket, language),
            "status": self.wording.word("status", ticket.status, language),
            "owner": ticket.assignee,
            "due": moment(due_at, language, now) if is_open and now <= due_at else "",
            "is_late": is_open and now > due_at,
            "opened": moment(ticket.created_at, language, ticket.created_at),
            "preview": _cut(ticket.preview, LONGEST_VALUE) if not _is_said(ticket) else "",
            "lost": lost,
            "undelivered": is_lost and ticket.status.is_live,
            "name": ticket.requester,
            "danger": ticket.flag == "danger" and ticket.status.is_live,
        }
        return self.wording.parts_for_agents("card", language, values)

    def _known(self, ticket: Ticket, language: str, who: str) -> tuple[Chip, ...]:
        channel = self.wording.word("channel", ticket.address.channel, language)
        by = " · ".join(filter(None, [ticket.requester, channel]))
        names = [name for name in ticket.answers if name in self.catalogue.fields]
        limit = min(LONGEST_VALUE, LONGEST_VALUES // max(1, len(names)))
        return (
            Chip(label=who, value=_cut(by, LONGEST_VALUE)),
            *(
                Chip(
                    label=self.label(ticket, name, language),
                    value=_cut(self._shown(ticket, name, language), limit),
                )
                for name in names
            ),
        )

    def _missing(self, ticket: Ticket, language: str, word: str) -> str:
        if not ticket.status.is_live or ticket.category not in self.catalogue.categories:
            return ""
        names = [self.label(ticket, name, language) for name in self.missing(ticket)]
        return f"{word}: {', '.join(names)}" if names else ""

    def _shown(self, ticket: Ticket, name: str, language: str) -> str:
        shown = self.catalogue.show(name, ticket.answers[name], language)
        return f"{shown} (?)" if name in ticket.assumed else shown

    def _link(self, ticket: Ticket, label: str) -> Link | None:
        if not self.inbox:
            return None
        return Link(label=label, url=f"{self.inbox.rstrip('/')}/tickets/{ticket.id}")


def _actions(ticket: Ticket, words: dict[str, str]) -> tuple[Choice, ...]:
    if not ticket.status.is_live:
        verbs = ["note", "reopen"]
    else:
        pause = "resume" if ticket.status is Status.ON_HOLD else "wait"
        take = [] if ticket.assignee_id is not None else ["take"]
        verbs = [*take, "reply", "note", "ask", pause, "solve"]
    return tuple(Choice(label=words[verb], data=tapped(verb, ticket.id)) for verb in verbs)


def _is_said(ticket: Ticket) -> bool:
    return " ".join(ticket.preview.split()) in " ".join(ticket.subject.split())


def _cut(text: str, limit: int) -> str:
    """Counted as Telegram does: what lies beyond the first plane of Unicode is two."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * limit:
        return text
    return units[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"
