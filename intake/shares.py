"""What one message gave to its ticket, kept at the message so that both can go elsewhere together.

Pure. When a message goes is decided in `moving`.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace

from intake.forms import CATEGORY, Forms
from intake.tickets import Change, Kind, NewTicket, Status, Ticket

FACT = "gave"  # under which an entry keeps it
WAITED = (Status.PENDING, Status.SOLVED)  # until somebody wrote


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The difference that a message made."""

    answers: Mapping[str, str] = field(default_factory=dict)  # as they became
    before: Mapping[str, str] = field(default_factory=dict)  # those they took the place of
    declined: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()  # had been declined before
    assumed: Mapping[str, str] = field(default_factory=dict)  # what was no more than that before
    asked: tuple[str, ...] = ()  # by the card before it
    category: str = ""  # where it was unknown before
    preview: str = ""  # the newest words of the ticket before it, and whose turn it was
    status: str = ""
    waits_for_agent: bool = True

    @staticmethod
    def of(before: Ticket, after: Ticket) -> "Share":
        answers = _news(before.answers, after.answers)
        return Share(
            answers=answers,
            before={name: before.answers[name] for name in answers if name in before.answers},
            declined=tuple(sorted(after.declined - before.declined)),
            allowed=tuple(sorted(before.declined - after.declined)),
            assumed={name: before.answers[name] for name in before.assumed - after.assumed},
            asked=before.asked,
            category=(after.category or "") if before.category is None else "",
            preview=before.preview,
            status=before.status.value,
            waits_for_agent=before.waits_for_agent,
        )

    @staticmethod
    def of_opening(new: NewTicket) -> "Share":
        return Share(answers=new.answers, category=new.category or "")

    @staticmethod
    def read(facts: Mapping[str, str]) -> "Share | None":
        """None where the message gave nothing that anybody noted."""
        kept = facts.get(FACT)
        if not kept:
            return None
        told = json.loads(kept)
        lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
        return Share(**{**told, **lists})

    def written(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    def and_then(self, later: "Share") -> "Share":
        """Together with what an edit of the same message has changed since."""
        own = [name for name in later.before if self.answers.get(name) == later.before[name]]
        before = {name: value for name, value in later.before.items() if name not in own}
        return replace(
            self,
            answers={**self.answers, **later.answers},
            before={**before, **self.before},
            declined=_joined(self.declined, later.declined),
            allowed=_joined(self.allowed, later.allowed),
            assumed={**later.assumed, **self.assumed},
            category=self.category or later.category,
        )

    def taken_from(self, forms: Forms, ticket: Ticket) -> tuple[Ticket, tuple[Change, ...]]:
        """The ticket without it, as far as nothing has changed since, and one change for each.

        What it asks for then is what is missing, unless it goes on without answers anyway.
        """
        lost = {n: v for n, v in self.answers.items() if ticket.answers.get(n) == v}
        known = {n: v for n, v in ticket.answers.items() if n not in lost or n in self.before}
        known |= {name: self.before[name] for name in lost if name in self.before}
        unsure = {name for name, value in self.assumed.items() if known.get(name) == value}
        open_again = ticket.declined.intersection(self.declined)
        changes = [
            Change(what=f"taken_along:{name}", before=value, after=self.before.get(name, ""))
            for name, value in lost.items()
        ]
        changes += [Change(what=f"taken_along:{name}") for name in sorted(open_again)]
        left = replace(
            ticket,
            answers=known,
            assumed=ticket.assumed | unsure,
            declined=(ticket.declined - open_again) | (set(self.allowed) - known.keys()),
        )
        if self.category and self.category == ticket.category:
            changes.append(Change(what="category", before=self.category))
            left = replace(left, category=None, kind=Kind.INCIDENT)
        return self._asking(forms, ticket, left, {*lost, *open_again}), tuple(changes)

    def _asking(
        self, forms: Forms, ticket: Ticket, left: Ticket, names: Collection[str]
    ) -> Ticket:
        asking = forms.with_asked(left)
        if ticket.ask is not None:  # an agent's card goes on to ask for what it asked
            again = (n for n in self.asked if n in ticket.asked or n in names)
            return replace(asking, asked=tuple(again) or ticket.asked, ask=ticket.ask)
        if ticket.asked == (CATEGORY,):
            return replace(asking, asked=ticket.asked)
        is_at_rest = ticket.first_response_at is not None or not ticket.is_complete
        if not ticket.status.is_live or (not ticket.asked and is_at_rest):
            return replace(asking, asked=())
        return asking

    def turned_back(self, ticket: Ticket, words: str) -> tuple[Ticket, tuple[Change, ...]]:
        """Whose turn it is, and the newest words, as before a message that was the last word."""
        if not self.status or ticket.preview != words:
            return ticket, ()
        back = replace(ticket, preview=self.preview, waits_for_agent=self.waits_for_agent)
        status = Status(self.status)
        if ticket.status is not Status.OPEN or status not in WAITED:
            return back, ()
        change = Change.of_status(ticket.status, status)
        return replace(back, status=status), (change,)


def _news(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in after.items() if before.get(name) != value}


def _joined(first: tuple[str, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*first, *then}))
