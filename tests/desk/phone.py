"""An employee's phone and a desk in this process: envelopes go in, deliveries come out."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bots.bot_markup import plain
from bots.telegram.card import draw
from bots.telegram.receive import envelope_of
from intake.flow.pace import Pace, Rate
from intake.speech import Accepted, Card, Operation, Text

BOT = "700"


class Phone:
    """Takes what is sent, answers as it was told to."""

    def __init__(self):
        self.sent, self.answers, self.number = [], [], 100

    async def send(self, delivery, begin):
        if delivery.operation is Operation.SEND:
            await begin()
        self.sent.append(delivery)
        if self.answers:
            return self.answers.pop(0)
        self.number += 1
        return Accepted(provider_id=str(self.number))

    def texts(self):
        return [each.body.text for each in self.sent if isinstance(each.body, Text)]

    def cards(self):
        return [each for each in self.sent if isinstance(each.body, Card)]


class Screens(Phone):
    """Keeps what each person sees: messages as drawn, those edited in their new state."""

    def __init__(self):
        super().__init__()
        self.number = 1_000_000  # no message of a chat bears the number of another
        self.chats = {}  # person: {message: (words, {button: what it does})}

    async def send(self, delivery, begin):
        receipt = await super().send(delivery, begin)
        if delivery.operation is not Operation.ANSWER_TAP:
            drawing = draw(delivery.body)
            buttons = dict(button for row in drawing.rows for button in row)
            shown = self.chats.setdefault(int(delivery.address.external_id), {})
            number = delivery.target_provider_id or receipt.provider_id
            shown[int(number)] = (plain(drawing.runs), buttons)
        return receipt


class Exchange:
    """Olena writes, the desk works, the phone receives."""

    def __init__(self, desk, phone=None):
        self.desk, self.phone, self.update = desk, phone or Phone(), 0
        self.outward = replace(
            desk.outward("telegram", BOT, self.phone),
            pace=Pace(account=FREE, address=FREE),
        )

    async def update_of(self, **content):
        self.update += 1
        payload = json.dumps({"update_id": self.update, **content}).encode()
        await self.accept(payload)

    async def accept(self, payload):
        await self.desk.service.accept([envelope_of(BOT, payload, datetime.now(UTC))])

    async def write(self, text="", person=1, language="uk", **more):
        message = a_message(self.update + 1, person, text, language) | more
        if not text:
            del message["text"]
        await self.update_of(message=message)
        await self.work()
        return message["message_id"]

    async def tap(self, data, person=1):
        tapper = a_message(1, person, "")["from"]
        message = a_message(1, person, "card")
        query = {"id": f"cb{self.update}", "from": tapper, "data": data, "message": message}
        await self.update_of(callback_query=query | {"chat_instance": "1"})
        await self.work()

    async def work(self):
        while await self.desk.inward.step() or await self.outward.step():
            pass

    async def tickets(self):
        page = await self.desk.listing.tickets("all", 0)
        return [await self.desk.listing.ticket(line.id) for line in reversed(page.lines)]

    async def timeline(self, number):
        return list(await self.desk.listing.timeline(number))


FREE = Rate(count=1000, within=timedelta(microseconds=1))


def a_message(number, person, text, language="uk"):
    return {
        "message_id": number,
        "date": int(datetime.now(UTC).timestamp()),
        "chat": {"id": person, "type": "private"},
        "from": {
            "id": person,
            "is_bot": False,
            "first_name": "Olena",
            "last_name": "Kovalenko",
            "language_code": language,
        },
        "text": text,
    }
