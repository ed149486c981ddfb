"""What the buttons of a card do. Each tap is answered, also the one that does nothing any more.

A button counts in the chat in which it was shown, below the card that stands there now: what was
forwarded, forged, or is older than that is told to be over.
"""

from dataclasses import dataclass
from typing import Final

from intake.companion.cards import VERSION
from intake.companion.picking import Picking
from intake.companion.ports import CompanionStore
from intake.companion.said import Said
from intake.companion.showings import AgentChat
from intake.companion.speaker import Speaker
from intake.errors import Conflict, NotFound
from intake.lists import Listing
from intake.posted_forms import as_number
from intake.service import Service
from intake.speech import NewDelivery
from intake.tickets import Status, Ticket

ON_CARDS: Final = ("take", "reply", "note", "ask", "wait", "resume", "solve", "reopen")
MOVES: Final = {
    "wait": (Status.ON_HOLD, "waits"),
    "resume": (Status.OPEN, "goes_on"),
    "solve": (Status.SOLVED, "solved"),
    "reopen": (Status.OPEN, "goes_on"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapping:
    store: CompanionStore
    service: Service
    listing: Listing
    speaker: Speaker
    picking: Picking

    async def act(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        version, number, verb, *more = [*said.tap.split("|"), "", "", ""]
        ticket_id = as_number(number)
        if version != VERSION or ticket_id is None:
            return [self.speaker.toast(said, chat.agent, "button_over")]
        if verb == "open":
            return await self._open(said, chat, ticket_id)
        return await self._act_below(said, chat, (verb, ticket_id, more))

    async def _act_below(
        self, said: Said, chat: AgentChat, tapped: tuple[str, int, list[str]]
    ) -> list[NewDelivery]:
        """A button below a message of that ticket."""
        verb, ticket_id, more = tapped
        message_id = await self._standing(said, ticket_id, is_of_card=verb in ON_CARDS)
        if not message_id:
            return [self.speaker.toast(said, chat.agent, "over", number=ticket_id)]
        if verb in ("again", "else"):
            return await self._send_on(said, chat, [as_number(one) or 0 for one in more])
        ticket = await self.listing.ticket(ticket_id)
        if verb == "pick":
            return await self.picking.act(said, chat, ticket, message_id)
        return await self._act_on(said, chat, verb, ticket)

    async def _act_on(
        self, said: Said, chat: AgentChat, verb: str, ticket: Ticket
    ) -> list[NewDelivery]:
        if verb == "take":
            return await self._take(said, chat, ticket.id)
        if verb in ("reply", "note"):
            return self._prompt(said, chat, verb, ticket)
        if verb == "ask":
            return await self.picking.begin(said, chat, ticket)
        if verb in MOVES:
            return await self._move(said, chat, verb, ticket)
        return [self.speaker.toast(said, chat.agent, "over", number=ticket.id)]

    async def _standing(self, said: Said, number: int, *, is_of_card: bool) -> int:
        """The message in which we have shown this button; 0 where it does not count any more."""
        account = self.speaker.account
        async with self.store.work() as work:
            spoken = await work.spoken(account, said.chat, said.quoted_id)
            if spoken is None or spoken.ticket_id != number:
                return 0
            showing = await work.showing_of(account, said.chat, number)
        is_over = is_of_card and (showing is None or showing.card_id != spoken.delivery_id)
        return 0 if is_over else spoken.delivery_id

    async def _take(self, said: Said, chat: AgentChat, number: int) -> list[NewDelivery]:
        try:
            await self.service.take(chat.agent, number)
        except Conflict as conflict:
            if conflict.code != "taken":
                raise
            return [self.speaker.toast(said, chat.agent, "taken", **conflict.values)]
        return [self.speaker.toast(said, chat.agent, "yours", number=number)]

    def _prompt(self, said: Said, chat: AgentChat, verb: str, ticket: Ticket) -> list[NewDelivery]:
        """In a topic it is clear what is meant; elsewhere the answer needs a message to answer."""
        if said.topic:
            code = "write_here" if verb == "reply" else "note_here"
            return [self.speaker.toast(said, chat.agent, code, name=ticket.requester)]
        prompt = self.speaker.prompt(said, chat.agent, ticket.id, verb, ticket.requester)
        return [self.speaker.toast(said, chat.agent), prompt]

    async def _move(
        self, said: Said, chat: AgentChat, verb: str, ticket: Ticket
    ) -> list[NewDelivery]:
        status, code = MOVES[verb]
        is_done = ticket.status is status or (verb == "reopen") == ticket.status.is_live
        if is_done:
            return [self.speaker.toast(said, chat.agent, "done_already")]
        await self.service.set_status(chat.agent, ticket.id, status)
        told = {"number": ticket.id, "name": ticket.requester}
        return [self.speaker.toast(said, chat.agent, code, **told)]

    async def _open(self, said: Said, chat: AgentChat, number: int) -> list[NewDelivery]:
        await self.listing.ticket(number)
        if said.is_private:
            async with self.store.work() as work:
                await work.show_anew(self.speaker.account, said.chat, number, chat.agent.id)
        return [self.speaker.toast(said, chat.agent)]

    async def _send_on(self, said: Said, chat: AgentChat, more: list[int]) -> list[NewDelivery]:
        """What did not arrive goes again, or by another handle of its requester."""
        delivery_id, handle_id = [*more, 0, 0][:2]
        if not delivery_id:
            raise NotFound("no_delivery")
        if said.tap.split("|")[2] == "else":
            await self.service.send_elsewhere(chat.agent, delivery_id, handle_id)
        else:
            await self.service.retry_delivery(chat.agent, delivery_id)
        return [self.speaker.toast(said, chat.agent, "sent_again")]
