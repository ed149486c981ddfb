"""Plays the morning of `morning` through the simulators, so that the demo's inbox has tickets.

People act on their phones and mailboxes, agents through a small `Desk`. What does not come in time
is logged and left out: the demo is there for the visitor, story or no story.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from desk.demo.morning import (
    STORY,
    Act,
    Chats,
    Mails,
    Notes,
    Replies,
    Sets,
    Takes,
)
from intake.errors import FirstlineError
from simulators.mail_server import MailServer
from simulators.people import Person
from simulators.telegram_api import TelegramApi

__all__ = ["STORY", "Desk", "tell"]

ANSWERS_WITHIN = 6.0  # seconds until the story goes on without the answer

log = structlog.get_logger()


class Desk(Protocol):
    """What agents do, by their logins."""

    async def ticket_of(self, person: Person, channel: str) -> int | None:
        """Give the newest ticket of this person by "telegram" or "email"."""

    async def take(self, login: str, number: int) -> None: ...

    async def note(self, login: str, number: int, text: str) -> None: ...

    async def reply(self, login: str, number: int, text: str) -> None: ...

    async def set_status(self, login: str, number: int, status: str) -> None: ...


async def tell(
    story: Sequence[Act],
    *,
    telegram: TelegramApi,
    mail: MailServer,
    answer: Desk,
    within: float = ANSWERS_WITHIN,
) -> None:
    """Play the acts one after another; each wait ends after `within` seconds."""
    teller = _Teller(telegram=telegram, mail=mail, desk=answer, within=within)
    for act in story:
        try:
            await teller.play(act)
        except FirstlineError as error:
            log.warning(
                "story leaves an act out", ticket=act.ticket, act=_name(act), why=error.code
            )
    log.info("story told", tickets=len(teller.opened))


@dataclass(slots=True, kw_only=True)
class _Opened:
    """Whose ticket it is, where it came from, and its number once the desk knows it."""

    person: Person
    channel: str
    number: int | None = None


@dataclass(slots=True, kw_only=True)
class _Teller:
    telegram: TelegramApi
    mail: MailServer
    desk: Desk
    within: float
    opened: dict[str, _Opened] = field(default_factory=dict)

    async def play(self, act: Act) -> None:
        match act:
            case Chats():
                await self._chat(act)
            case Mails():
                await self._mail(act)
            case Takes(login=login):
                await self._work(act, lambda number: self.desk.take(login, number))
            case Notes(login=login, text=text):
                await self._work(act, lambda number: self.desk.note(login, number, text))
            case Replies(login=login, text=text):
                await self._work(act, lambda number: self.desk.reply(login, number, text))
            case Sets(login=login, status=status):
                await self._work(act, lambda number: self.desk.set_status(login, number, status))

    # people

    async def _chat(self, act: Chats) -> None:
        person, chat = act.person, self.telegram.world.chat_of(act.person)
        if not chat.opened:
            self.telegram.press_start(person)
            await self._wait(act, person, "telegram", 0)
        before = self._heard(person, "telegram")
        if act.photo is None:
            self.telegram.write(person, act.text)
        else:
            self.telegram.send_photo(person, act.photo(), caption=act.text)
        self.opened.setdefault(act.ticket, _Opened(person=person, channel="telegram"))
        await self._wait(act, person, "telegram", before)

    async def _mail(self, act: Mails) -> None:
        person, received = act.person, self.mail.mails(act.person.email)
        if not act.subject:
            if received:
                self.mail.reply(_sender(person), received[-1], act.text)
            return  # such a mail needs no answer
        self.mail.write(_sender(person), act.subject, act.text, attachments=act.enclosures)
        self.opened.setdefault(act.ticket, _Opened(person=person, channel="email"))
        await self._wait(act, person, "email", len(received))

    def _heard(self, person: Person, channel: str) -> int:
        """Count what came back; an edited card is an answer too."""
        if channel == "email":
            return len(self.mail.mails(person.email))
        return sum(1 + entry.edited for entry in self.telegram.answers(person))

    async def _wait(self, act: Act, person: Person, channel: str, before: int) -> None:
        side = self.mail if channel == "email" else self.telegram
        try:
            await side.until(lambda: self._heard(person, channel) > before, within=self.within)
        except TimeoutError:
            log.warning("story goes on without an answer", ticket=act.ticket, act=_name(act))

    # agents

    async def _work(self, act: Act, do: Callable[[int], Awaitable[None]]) -> None:
        opened = self.opened.get(act.ticket)
        if opened is not None and opened.number is None:
            opened.number = await self.desk.ticket_of(opened.person, opened.channel)
        if opened is None or opened.number is None:
            log.warning("story has no such ticket", ticket=act.ticket, act=_name(act))
            return
        before = self._heard(opened.person, opened.channel)
        await do(opened.number)
        if is_told(act):  # the next act waits until the person has it, so that the order stays
            await self._wait(act, opened.person, opened.channel, before)


def is_told(act: Act) -> bool:
    """Whether the requester hears of it."""
    return isinstance(act, Replies) or (isinstance(act, Sets) and act.status == "solved")


def _sender(person: Person) -> str:
    return f"{person.full_name} <{person.email}>"


def _name(act: Act) -> str:
    return type(act).__name__.lower()
