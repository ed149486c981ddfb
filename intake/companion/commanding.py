"""Commands of the agents' bot: lists, one ticket, duty, leaving."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from intake.companion.cards import Cards, tapped
from intake.companion.ports import CompanionStore
from intake.companion.said import Said
from intake.companion.showings import AgentChat
from intake.companion.speaker import Speaker
from intake.errors import NotFound
from intake.lists import Listing
from intake.posted_forms import as_number
from intake.speech import Choice, NewDelivery
from intake.tickets import Ticket

SHOWN: Final = 10  # tickets of a list
BESIDE: Final = 4  # buttons of a row
MENU: Final = ("mine", "free", "find", "on", "off", "help")
LONGEST_QUESTION: Final = 200

_Command = Callable[[Said, AgentChat], Awaitable[list[NewDelivery]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanding:
    store: CompanionStore
    listing: Listing
    speaker: Speaker
    cards: Cards

    async def act(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        commands: dict[str, _Command] = {
            "mine": self._list_mine,
            "free": self._list_free,
            "find": self._find,
            "on": self._go_on_duty,
            "off": self._go_off_duty,
            "unlink": self._unlink,
            "group": self._tell_group,
            "help": self._help,
            "start": self._help,
        }
        command = commands.get(said.command)
        if command is not None:
            return await command(said, chat)
        number = as_number(said.command)
        if number is not None:
            return await self._show(said, chat, number)
        return [self.speaker.say(said, chat.agent, "unknown")] if await self._minds(said) else []

    async def _minds(self, said: Said) -> bool:
        """In a ticket's topic it may have been words for its requester: "/etc is full"."""
        if said.is_private:
            return True
        async with self.store.work() as work:
            return await work.showing_at(self.speaker.account, said.chat, said.topic) is not None

    async def _list_mine(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        page = await self.listing.tickets("mine", chat.agent.id, limit=SHOWN + 1)
        return await self._list(said, chat, "mine", [line.id for line in page.lines])

    async def _list_free(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        async with self.store.work() as work:
            free = await work.free_tickets(SHOWN + 1)
        return [self._drawn(said, chat, "free", free)]

    async def _find(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        asked = said.text[:LONGEST_QUESTION].strip()
        if not asked:
            return [self.speaker.say(said, chat.agent, "no_words")]
        page = await self.listing.search(asked, limit=SHOWN + 1)
        return await self._list(said, chat, "found", [line.id for line in page.lines])

    async def _list(
        self, said: Said, chat: AgentChat, code: str, numbers: Sequence[int]
    ) -> list[NewDelivery]:
        async with self.store.work() as work:
            tickets = await work.shown_tickets(numbers)
        known = [tickets[number] for number in numbers if number in tickets]
        return [self._drawn(said, chat, code, known)]

    def _drawn(
        self, said: Said, chat: AgentChat, code: str, tickets: Sequence[Ticket]
    ) -> NewDelivery:
        """One line each, with a button that shows it."""
        language = chat.agent.language
        if not tickets:
            return self.speaker.say(said, chat.agent, f"none_{code}")
        if len(tickets) > SHOWN:
            code, tickets = "cut_list", tickets[:SHOWN]
        heading = self.speaker.words(code, language, num=len(tickets))
        lines = [self.cards.line(ticket, language) for ticket in tickets]
        buttons = [Choice(label=f"#{one.id}", data=tapped("open", one.id)) for one in tickets]
        rows = [tuple(buttons[at : at + BESIDE]) for at in range(0, len(buttons), BESIDE)]
        rows = rows if said.is_private else []
        return self.speaker.text(said, language, "\n\n".join([heading, *lines]), tuple(rows))

    async def _show(self, said: Said, chat: AgentChat, number: int) -> list[NewDelivery]:
        """The card, below; in a group a line that says how it stands."""
        try:
            ticket = await self.listing.ticket(number)
        except NotFound:
            return [self.speaker.say(said, chat.agent, "no_ticket")]
        if not said.is_private:
            line = self.cards.line(ticket, chat.agent.language)
            return [self.speaker.text(said, chat.agent.language, line)]
        async with self.store.work() as work:
            await work.show_anew(self.speaker.account, said.chat, number, chat.agent.id)
        return []

    async def _go_on_duty(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        """What came while nobody was told of it is listed."""
        answers = await self._set_duty(said, chat, is_on=True)
        async with self.store.work() as work:
            free = await work.free_tickets(SHOWN + 1)
        if free and said.is_private:
            answers.append(self._drawn(said, chat, "free", free))
        return answers

    async def _go_off_duty(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        return await self._set_duty(said, chat, is_on=False)

    async def _set_duty(self, said: Said, chat: AgentChat, *, is_on: bool) -> list[NewDelivery]:
        async with self.store.work() as work:
            await work.set_duty(self.speaker.account, chat.user_id, is_on=is_on)
        return [self.speaker.say(said, chat.agent, "on" if is_on else "off")]

    async def _unlink(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        async with self.store.work() as work:
            await work.unlink_agent(self.speaker.account, chat.agent.id)
        return [self.speaker.say_to_anybody(said, chat.agent.language, "unlinked")]

    async def _tell_group(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        """What whoever runs the desk writes into the settings. Surely we are in there now."""
        async with self.store.work() as work:
            await work.open_group(self.speaker.account, said.chat)
            if said.has_topics:  # perhaps since a moment ago
                await work.regain_topics(self.speaker.account, said.chat)
        return [self.speaker.say(said, chat.agent, "group", chat=said.chat)]

    async def _help(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        words = self.speaker.words("help", chat.agent.language)
        if not chat.is_on_duty:  # perhaps since they had blocked the bot
            words = f"{words}\n\n{self.speaker.words('off', chat.agent.language)}"
        return [self.speaker.text(said, chat.agent.language, words)]
