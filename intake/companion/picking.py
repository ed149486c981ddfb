"""What a requester is to be asked: a message with a box for each field, which taps tick.

Which are ticked stands in the message itself, as it was last asked to be shown: so taps that
follow each other faster than Telegram draws are not lost. The card's questions are `service`'s.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from intake.agent_words import Asking
from intake.companion.cards import Cards, tapped
from intake.companion.ports import CompanionStore
from intake.companion.said import Said
from intake.companion.showings import AgentChat
from intake.companion.speaker import Speaker
from intake.forms import CATEGORY, MAX_QUESTIONS, askable
from intake.service import Service
from intake.speech import Choice, NewDelivery, Operation, Speech, Text
from intake.tickets import Ticket

TICKED: Final = "☑ "
UNTICKED: Final = "☐ "
MOST_ROWS: Final = 8  # else two boxes stand beside each other
MARK_LENGTH: Final = 8  # of a field's name: what a button carries is short


@dataclass(frozen=True, slots=True, kw_only=True)
class Picking:
    store: CompanionStore
    service: Service
    speaker: Speaker
    cards: Cards

    async def begin(self, said: Said, chat: AgentChat, ticket: Ticket) -> list[NewDelivery]:
        """Ticked is what was asked before and nobody answered, else what is missing."""
        fields = askable(self.cards.catalogue, ticket)
        if not ticket.status.is_live or fields == (CATEGORY,):  # nothing to choose from
            return await self._ask(said, chat, ticket, fields)
        chosen = _waiting(ticket) or self.cards.missing(ticket)[:MAX_QUESTIONS]
        toast = self.speaker.toast(said, chat.agent, "pick_below")  # a busy group takes turns
        offer = self.speaker.of_ticket(
            said, chat.agent, ticket.id, self._body(chat, ticket, chosen)
        )
        return [toast, offer]

    async def act(
        self, said: Said, chat: AgentChat, ticket: Ticket, message_id: int
    ) -> list[NewDelivery]:
        """A tap on such a message of ours: a field's box, or that it is all."""
        async with self.store.work() as work:
            shown = await work.shown_body(message_id)
        ticked = _ticked(shown)
        if ticked is None:
            return [self.speaker.toast(said, chat.agent, "done_already")]
        names = {_mark_of(name): name for name in askable(self.cards.catalogue, ticket)}
        chosen = {names[mark] for mark in ticked if mark in names}
        _, _, _, *marks = said.tap.split("|")
        if marks:  # a box; one that the ticket has no more goes away
            body = self._body(chat, ticket, chosen ^ {names[one] for one in marks if one in names})
            toast = self.speaker.toast(said, chat.agent)
            return [toast, self._edit(said, chat, ticket, (message_id, body))]
        told = await self._ask(said, chat, ticket, chosen, once=f"pick:{message_id}")
        asked = [self.cards.label(ticket, name, chat.agent.language) for name in chosen]
        words = self.speaker.words(
            "asks",
            chat.agent.language,
            number=ticket.id,
            agent=chat.agent.name,
            name=ticket.requester,
            fields=", ".join(asked),
        )
        return [*told, self._edit(said, chat, ticket, (message_id, Text(text=words)))]

    async def _ask(
        self,
        said: Said,
        chat: AgentChat,
        ticket: Ticket,
        fields: Collection[str],
        once: str = "",
    ) -> list[NewDelivery]:
        key = f"agents:{self.speaker.account}:{once or f'tap:{said.tap_id}'}"
        given_up = [name for name in _waiting(ticket) if name not in fields]
        asking = Asking(fields=fields, given_up=given_up, once=key)
        await self.service.ask(chat.agent, ticket.id, asking)
        return [self.speaker.toast(said, chat.agent, "asked", name=ticket.requester)]

    def _body(self, chat: AgentChat, ticket: Ticket, chosen: Collection[str]) -> Text:
        language, fields = chat.agent.language, askable(self.cards.catalogue, ticket)
        boxes = [
            Choice(
                label=(TICKED if name in chosen else UNTICKED)
                + self.cards.label(ticket, name, language),
                data=tapped("pick", ticket.id, _mark_of(name)),
            )
            for name in fields
        ]
        beside = 1 if len(boxes) <= MOST_ROWS else 2
        rows = [tuple(boxes[at : at + beside]) for at in range(0, len(boxes), beside)]
        if chosen:
            label = self.cards.button("ask_now", language)
            rows.append((Choice(label=label, data=tapped("pick", ticket.id)),))
        words = self.speaker.words("pick", language, number=ticket.id, name=ticket.requester)
        return Text(text=words, choices=tuple(rows))

    def _edit(
        self, said: Said, chat: AgentChat, ticket: Ticket, change: tuple[int, Text]
    ) -> NewDelivery:
        message_id, body = change
        return NewDelivery(
            address=self.speaker.address(said.chat),
            body=body,
            ticket_id=ticket.id,
            operation=Operation.EDIT,
            target_id=message_id,
            language=chat.agent.language,
        )


def _waiting(ticket: Ticket) -> Sequence[str]:
    return ticket.asked if ticket.ask is not None else ()


def _mark_of(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:MARK_LENGTH]


def _ticked(shown: Speech | None) -> set[str] | None:
    """Marks of the ticked boxes; None where there are no boxes any more."""
    if not isinstance(shown, Text) or not shown.choices:
        return None
    boxes = [button for row in shown.choices for button in row]
    return {one.data.rpartition("|")[2] for one in boxes if one.label.startswith(TICKED)}
