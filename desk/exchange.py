"""A whole conversation in the terminal, for trying things out: an employee and a desk of its own.

The desk is the real one, its database lives as long as the conversation. Only the phone is played:
what is typed comes in as updates of Telegram's, what goes out is drawn as text.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import orjson

from bots.bot_markup import plain
from bots.telegram.card import draw
from bots.telegram.receive import envelope_of
from desk.settings import load
from desk.wiring import Desk, build_desk
from intake.ports import Begin
from intake.speech import Accepted, Choice, Delivery, Operation, SendResult

ACCOUNT = "1"
EMPLOYEE = {"id": 1, "is_bot": False, "first_name": "Olena"}
PRIVATE = {"id": 1, "type": "private"}


@dataclass(slots=True)
class Phone:
    """Draws what arrives, and remembers which buttons stand on the screen."""

    show: Callable[[str], None]
    buttons: list[Choice] = field(default_factory=list)
    sent: int = 1_000_000  # message numbers of the desk's, apart from the employee's

    async def send(self, delivery: Delivery, begin: Begin) -> SendResult:
        await begin()
        drawing = draw(delivery.body)
        self.show("\n".join(f"  | {line}" for line in plain(drawing.runs).splitlines()))
        if delivery.operation is Operation.ANSWER_TAP:
            return Accepted()
        drawn = [button for row in drawing.rows for button in row if isinstance(button, tuple)]
        self.buttons = [Choice(label=label, data=tap) for label, tap in drawn]
        for number, button in enumerate(self.buttons, start=1):
            self.show(f"  | [{number}] {button.label}")
        self.sent += 1
        return Accepted(provider_id=str(self.sent))


@dataclass(slots=True)
class Conversation:
    """Takes one line after the other."""

    desk: Desk
    phone: Phone
    said: int = 0

    async def take(self, line: str) -> None:
        tapped = self._tapped(line)
        if tapped is None:
            self._show_understanding(line)
        self.said += 1
        number = self.said
        content = self._message(number, line) if tapped is None else _tap(number, tapped)
        payload = orjson.dumps({"update_id": number, **content})
        now = self.desk.clock.now()
        await self.desk.service.accept([envelope_of(ACCOUNT, payload, now)])
        await self._work()

    async def _work(self) -> None:
        outward = self.desk.outward("telegram", ACCOUNT, self.phone)
        while await self.desk.inward.step() or await outward.step():
            pass

    def _tapped(self, line: str) -> Choice | None:
        number = int(line) if line.isdecimal() else 0
        return self.phone.buttons[number - 1] if 0 < number <= len(self.phone.buttons) else None

    def _message(self, number: int, text: str) -> dict[str, Any]:
        sender = {**EMPLOYEE, "language_code": self.desk.settings.desk.language}
        sent_at = int(self.desk.clock.now().timestamp())
        message = {"message_id": number, "date": sent_at, "chat": PRIVATE, "from": sender}
        return {"message": {**message, "text": text}}

    def _show_understanding(self, text: str) -> None:
        catalogue, hint = self.desk.catalogue, self.desk.settings.desk.language
        now = self.desk.clock.now()
        found = self.desk.reader.understand(text, hint_language=hint, now=now)
        language, category = found.language, found.category
        if found.intent == "other":  # an answer: the card shows what was taken of it
            return
        answers = [
            (catalogue.label(name, language, category), catalogue.show(name, value, language))
            for name, value in found.answers.items()
        ]
        values = {
            "is_opening": False,
            "language": language,
            "intent": found.intent,
            "category": catalogue.category_label(category, language) if category else "",
            "answers": answers,
        }
        self.phone.show(self.desk.wording.report("exchange", hint, values))


def _tap(number: int, tapped: Choice) -> dict[str, Any]:
    card = {"message_id": number, "date": 1, "chat": PRIVATE}
    query = {"id": str(number), "from": EMPLOYEE, "chat_instance": "1", "message": card}
    return {"callback_query": {**query, "data": tapped.data}}


async def play() -> None:
    """Until the end of the input."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load().model_copy(update={"folder": Path(folder), "database": ""})
        desk = await build_desk(settings)
        try:
            opening = desk.wording.report("exchange", settings.desk.language, {"is_opening": True})
            click.echo(opening)
            conversation = Conversation(desk, Phone(click.echo))
            for line in sys.stdin.buffer:
                words = line.decode(errors="replace").strip()
                if words:
                    await conversation.take(words)
        finally:
            await desk.close()
