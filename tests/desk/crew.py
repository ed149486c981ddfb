"""Agents with phones around one desk: they write to their bot, and see what it shows them."""

import json
import secrets
from contextlib import asynccontextmanager
from dataclasses import replace

from pydantic import SecretStr

from bots.agents.card import draw
from bots.agents.receive import envelope_of
from bots.bot_markup import plain
from desk.agents import StoredPlaces, hearing, relaying
from desk.channels import AgentsBotSettings
from desk.crew import speaker_of
from desk.settings import Settings
from desk.wiring import build_desk
from intake.companion.accounts import CODE_WITHIN, hash_of
from intake.flow.pace import Pace
from intake.speech import Accepted, Operation
from tests.desk.phone import FREE, Exchange

BOT = "900"
TOKEN = f"{BOT}:AAFakeTokenOfTheAgentsBotForTestsOnly_000"
MAREK, SOFIA, STRANGER = 501, 502, 666
GROUP = "-100900"


@asynccontextmanager
async def a_crew(store_url, folder, clock, groups=""):
    settings = Settings(
        folder=folder,
        database=store_url,
        agents_bot=AgentsBotSettings(
            token=SecretStr(TOKEN), name="desk_agents_bot", groups=groups
        ),
    )
    desk = await build_desk(settings, clock)
    try:
        yield Crew(desk, clock)
    finally:
        await desk.close()


class Screens:
    """Keeps what each chat shows: messages as drawn, edited ones in their new state."""

    def __init__(self, places):
        self.places, self.number = places, 1000
        self.sent, self.answers, self.toasts = [], [], []
        self.chats, self.topics = {}, {}

    async def send(self, delivery, begin):
        self.sent.append(delivery)
        if delivery.operation is Operation.SEND:
            await begin()
        if self.answers:
            return self.answers.pop(0)
        chat, drawing = delivery.address.external_id, draw(delivery.body)
        shown = self.chats.setdefault(chat, {})
        words = plain(drawing.runs)
        if delivery.operation not in (Operation.SEND, Operation.EDIT):
            self._note(delivery, words, shown)
            return Accepted()
        buttons = {one[0]: one[1] for row in drawing.rows for one in row if isinstance(one, tuple)}
        if delivery.operation is Operation.EDIT:
            shown[int(delivery.target_provider_id)] = (words, buttons)
            return Accepted(provider_id=delivery.target_provider_id)
        await self._make_topic(delivery)
        self.number += 1
        shown[self.number] = (words, buttons)
        return Accepted(provider_id=str(self.number))

    def _note(self, delivery, words, shown):
        match delivery.operation:
            case Operation.ANSWER_TAP:
                self.toasts.append(words)
            case Operation.TAKE_BACK:
                shown.pop(int(delivery.target_external_id))
            case _:
                topics = self.topics.setdefault(delivery.address.external_id, [])
                topics.append((delivery.subject, words))

    async def _make_topic(self, delivery):
        """A group has one for each ticket; its number is the ticket's."""
        chat = delivery.address.external_id
        if delivery.ticket_id is None or not chat.startswith("-"):
            return
        place = await self.places.of(chat, delivery.ticket_id)
        if place is not None and place.topic == "":
            self.topics.setdefault(chat, []).append(("made", place.name))
            await self.places.set_topic(place.showing_id, str(delivery.ticket_id), place.name)

    def texts(self, chat):
        return [words for words, _ in self.chats.get(str(chat), {}).values()]


class Files:
    """What agents send, by its source."""

    def __init__(self):
        self.contents = {}

    async def fetch(self, source):
        return self.contents[json.loads(source)["file_id"]]


class Crew(Exchange):
    """`clock` is the desk's, to be moved; employees write as in `Exchange`."""

    def __init__(self, desk, clock):
        super().__init__(desk)
        self.clock, self.numbers, self.files = clock, 0, Files()
        self.places = StoredPlaces(store=desk.store, speaker=speaker_of(desk))
        self.screens = Screens(self.places)
        self.hearing, self.relaying = hearing(desk, self.files), relaying(desk)
        self.out = replace(
            desk.outward("agents", BOT, self.screens), pace=Pace(account=FREE, address=FREE)
        )

    async def hire(self, login, name, user_id, language="en"):
        """An agent who has linked the own account."""
        agent = await self.desk.agents.add(login, name, "-", language)
        await self.said(user_id, text=f"/start {await self.code_for(agent)}")
        return agent

    async def code_for(self, agent):
        code = secrets.token_urlsafe(24)
        async with self.desk.store.work() as work:
            await work.offer_code(agent.id, hash_of(code), self.clock.now() + CODE_WITHIN)
        return code

    async def work(self):
        steps = [self.desk.inward.step, self.outward.step]
        if self.numbers >= 0 and hasattr(self, "out"):
            steps += [self.hearing.step, self.relaying.step, self.out.step]
        while any([await step() for step in steps]):
            pass

    async def later(self, seconds):
        self.clock.advance(seconds)
        await self.work()

    # what agents do

    async def said(
        self, user_id, *, chat=None, topic=None, quoting=None, is_forum=False, **content
    ):
        self.numbers += 1
        message = self._message(user_id, chat, topic) | content
        if is_forum:
            message["chat"]["is_forum"] = True
        if quoting is not None:
            message["reply_to_message"] = {"message_id": quoting}
        await self._update(message=message)
        return message["message_id"]

    async def edits(self, user_id, message_id, text, *, chat=None, topic=None, **more):
        self.numbers += 1
        edited = {"message_id": message_id, "text": text, "edit_date": self._seconds() + 5, **more}
        await self._update(edited_message=self._message(user_id, chat, topic) | edited)

    async def taps(self, user_id, label, *, chat=None, topic=None):
        """The newest button of that label in the chat; gives what is said to it."""
        place = str(chat or user_id)
        number, data = next(
            (number, buttons[label])
            for number, (_, buttons) in reversed(self.screens.chats[place].items())
            if label in buttons
        )
        return await self.taps_on(user_id, number, data, chat=chat, topic=topic)

    async def taps_on(self, user_id, number, data, *, chat=None, topic=None):
        self.numbers += 1
        message = self._message(user_id, chat, topic) | {"message_id": number}
        query = {"id": f"cb{self.numbers}", "from": message["from"], "data": data}
        await self._update(callback_query=query | {"message": message})
        return self.screens.toasts[-1]

    def _message(self, user_id, chat, topic):
        where = {"id": int(chat or user_id), "type": "supergroup" if chat else "private"}
        more = {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        return {
            "message_id": 50_000 + self.numbers,
            "date": self._seconds(),
            "chat": where,
            "from": {"id": user_id, "is_bot": False, "first_name": "A", "language_code": "en"},
            **more,
        }

    def _seconds(self):
        return int(self.clock.now().timestamp())

    async def _update(self, **content):
        payload = json.dumps({"update_id": 10_000 + self.numbers, **content}).encode()
        await self.desk.service.accept([envelope_of(BOT, payload, self.clock.now())])
        await self.work()

    async def stands(self, chat, status, **more):
        """How the bot stands in a group from now on."""
        self.numbers += 1
        where = {"id": int(chat), "type": "supergroup", "title": "First line", "is_forum": True}
        standing = {"status": status, "user": {"id": int(BOT), "is_bot": True}, **more}
        person = {"id": STRANGER, "is_bot": False, "first_name": "I"}
        await self._update(
            my_chat_member={"chat": where, "from": person, "new_chat_member": standing}
        )

    # what is seen

    def seen(self, chat):
        return self.screens.texts(chat)

    def card(self, chat, number=1001):
        return next(words for words in self.seen(chat) if words.startswith(f"#{number}"))


async def an_answer(crew, words):
    """The number of Marek's message, which has gone to Olena."""
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    [number] = [
        one for one, (text, _) in crew.screens.chats[str(MAREK)].items() if "#1001" in text
    ]
    return await crew.said(MAREK, text=words, quoting=number)
