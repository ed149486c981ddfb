"""The agents' bot around one program: its groups, and the agents with their telephones."""

import re

from simulators.people import AGENTS, IVAN, MAREK, SOFIA
from simulators.telegram_api import AGENTS_TOKEN, Seat
from tests.journeys.inbox import Inbox
from tests.journeys.program import PASSWORD, until

BOT = "desk_agents_bot"
LINK = re.compile(rf"https://t\.me/{BOT}\?start=([\w-]+)")
CARD = re.compile(r"#\d+ · ")
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
STAFF = ((MAREK, "marek", "Marek Novák"), (SOFIA, "sofia", "Sofia Papadaki"))


class Companion:
    """Made before the program starts, since its settings name the groups."""

    def __init__(self, telegram, *, has_topics=False):
        self.bot = telegram.add_bot(
            token=AGENTS_TOKEN, username=BOT, name="Desk", has_topics=has_topics
        )
        self._telegram = telegram
        self.groups = {}  # by queue
        self.codes = {}  # by login, each used once

    def found_group(self, title, queue="*", members=(*AGENTS, IVAN)):
        self.groups[queue] = group = self.bot.make_group(title, *members)
        return group

    def settings(self):
        """For a program's environment."""
        groups = [f"{queue}={group.id}" for queue, group in self.groups.items()]
        return {
            "FIRSTLINE_AGENTS_BOT__TOKEN": AGENTS_TOKEN,
            "FIRSTLINE_AGENTS_BOT__NAME": BOT,
            "FIRSTLINE_AGENTS_BOT__API_URL": self._telegram.url,
            "FIRSTLINE_AGENTS_BOT__GROUPS": " ".join(groups),
        }

    async def staff(self, program, staff=STAFF):
        """Make agents, and link each with their own account by what the inbox shows once."""
        for person, login, name in staff:
            await program.call("agent", "add", login, "--name", name, says=f"{PASSWORD}\n")
            async with Inbox(program.url) as inbox:
                assert await inbox.sign_in(login) == 303
                self.codes[login] = await self._code(inbox)
            self.bot.press_start(person, self.codes[login])
            await until(lambda: name in self.said(person))  # noqa: B023 - within this round

    async def _code(self, inbox):
        csrf = CSRF.search(await inbox.page("/telegram"))[1]
        async with inbox.http.post("/telegram/link", data={"csrf": csrf}) as answer:
            return LINK.search(await answer.text())[1]

    async def topic(self, number, chat, person=None):
        """The topic of a ticket in a group or somebody's chat, once its card stands in it."""

        def found():
            topic = chat.topic_named(f"#{number} ")
            if topic is None:
                return None
            seat = Seat(person, topic=topic.id) if person else Seat(MAREK, chat, topic.id)
            return topic if self.card(seat) else None

        return await until(found)

    def card(self, seat):
        """The card in a topic or a chat, as it is now."""
        cards = [entry for entry in self.bot.answers(seat) if CARD.match(entry.text)]
        return cards[-1] if cards else None

    def said(self, seat):
        """All words that stand in a topic or a chat."""
        return "\n".join(entry.text for entry in self.bot.chat(seat) if not entry.deleted)

    async def tap(self, seat, verb):
        """Tap a button of the card; what the bot answers to it."""
        card = self.card(seat)
        [wanted] = [
            button.callback
            for row in card.buttons
            for button in row
            if button.callback and button.callback.split("|")[2] == verb
        ]
        return await self.answer_to(self.bot.tap(seat, wanted, message_id=card.message_id))

    async def command(self, person, words):
        """Write a command in the own chat; what the bot says to it."""
        before = len(self.bot.answers(person))
        self.bot.write(person, words)
        answers = await until(lambda: self.bot.answers(person)[before:])
        return answers[-1].text

    async def answer_to(self, query_id):
        """The word that the one who tapped sees."""

        def found():
            answers = self.bot.last_answered_callbacks
            return next((one for one in answers if one.callback_query_id == query_id), None)

        return (await until(found)).text
