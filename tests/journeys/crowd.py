"""Many people outside and an agent inside, who act at random and remember what they did."""

import re
import secrets
from collections import Counter

import aiohttp

from simulators.people import crowd
from simulators.telegram_api.errors import NotPossibleOnPhone
from simulators.telegram_api.files import draw_picture
from tests.journeys.program import PASSWORD, until_next_look

SENTENCES = (
    "Принтер на 3 поверсі не друкує, справа {}",
    "The VPN drops every ten minutes, case {}",
    "Tlačiareň na druhom poschodí netlačí, prípad {}",
    "Ο εκτυπωτής στον τρίτο όροφο δεν τυπώνει, υπόθεση {}",
    "La stampante al terzo piano non stampa, caso {}",
    "And one more thing about it: it is number {}",
)
ANSWER_WITHIN = aiohttp.ClientTimeout(total=10)


class Crowd:
    """People with phones. What they said is kept as it must stand on their timelines."""

    def __init__(self, telegram, chance, size):
        self.people = crowd(size)
        self.said = {}  # (chat, message id): its last words, in the order of saying
        self.files = {}  # (chat, message id): how many belong to it
        self.edits = 0
        self.taps = []
        self._telegram = telegram
        self._chance = chance
        self._picture = draw_picture()
        self._number = 0

    def act(self):
        person = self._chance.choice(self.people)
        acts = (self._write, self._edit, self._tap, self._send_photo, self._send_album)
        [act] = self._chance.choices(acts, weights=(62, 12, 12, 10, 4))
        act(person)

    def _words(self):
        self._number += 1
        return self._chance.choice(SENTENCES).format(10_000 + self._number)

    def _write(self, person):
        entry = self._telegram.write(person, self._words())
        self.said[person.id, entry.message_id] = entry.text

    def _edit(self, person):
        own = [key for key in self.said if key[0] == person.id and self.files.get(key, 0) < 2]
        if not own:
            self._write(person)
            return
        key = self._chance.choice(own)
        self.said[key] = self._telegram.edit(person, key[1], self._words()).text
        self.edits += 1

    def _tap(self, person):
        buttons = [
            (entry.message_id, button.callback)
            for entry in self._telegram.answers(person)
            for row in entry.buttons
            for button in row
            if button.callback
        ]
        if not buttons:
            self._write(person)
            return
        message_id, wanted = self._chance.choice(buttons)
        try:
            self.taps.append(self._telegram.tap(person, wanted, message_id=message_id))
        except NotPossibleOnPhone:
            self._write(person)

    def _send_photo(self, person):
        entry = self._telegram.send_photo(person, self._picture, caption=self._words())
        self.said[person.id, entry.message_id] = entry.text
        self.files[person.id, entry.message_id] = 1

    def _send_album(self, person):
        pictures = [self._picture] * 2
        first, *_ = self._telegram.send_album(person, pictures, caption=self._words())
        self.said[person.id, first.message_id] = first.text
        self.files[person.id, first.message_id] = len(pictures)


class Writers:
    """People with mail programs. `said` has each mail's words under its Message-ID."""

    def __init__(self, mail, chance, size):
        self.people = [person.email for person in crowd(size)]
        self.said = {}  # (address, Message-ID): words, in the order of sending
        self._mail = mail
        self._chance = chance
        self._own = {}
        self._opened = Counter()

    def act(self):
        person = self._chance.choice(self.people)
        words = self._chance.choice(SENTENCES).format(50_000 + len(self.said))
        received = self._mail.mails(person)
        if received and self._chance.random() < 0.3:
            message_id = self._mail.reply(person, self._chance.choice(received), words)
        elif person in self._own and (self._chance.random() < 0.3 or self._opened[person] == 9):
            parent = self._own[person]
            message_id = self._mail.write(person, "Re: Help", words, in_reply_to=parent)
        else:
            self._opened[person] += 1  # whoever opens more in an hour gets no more cards
            message_id = self._mail.write(person, "Help", words)
        self._own[person] = message_id
        self.said[person, message_id] = words

    def deliver_again(self):
        """A provider may bring the same mail twice."""
        stored = list(self._mail.boxes.open(self._mail.support).inbox.mails.values())
        if stored:
            raw = self._chance.choice(stored).raw
            self._mail.boxes.deliver(self._mail.support, "", raw)


class Office:
    """Marek at his browser: what he sends he sends again until the desk has taken it."""

    def __init__(self, url):
        self.said = {}  # his words: the ticket
        self._url = url
        self._session = None
        self._csrf = ""

    async def __aenter__(self):
        jar = aiohttp.CookieJar(unsafe=True)
        self._session = aiohttp.ClientSession(cookie_jar=jar, timeout=ANSWER_WITHIN)
        return self

    async def __aexit__(self, *error):
        await self._session.close()

    async def sign_in(self, login="marek"):
        await self._until_answered("/login", {"login": login, "password": PASSWORD})

    async def reply(self, number):
        """Answer a ticket, with one key for all tries."""
        words = f"Answer {len(self.said):04} to ticket {number}"
        self.said[words] = number
        if not self._csrf:
            self._csrf = await self._read_csrf(number)
        once = secrets.token_urlsafe(16)
        form = {"csrf": self._csrf, "once": once, "text": words, "mode": "reply"}
        await self._until_answered(f"/tickets/{number}/reply", form)

    @property
    def cookies(self):
        """What the browser is known by: a session, and its own mark."""
        return [cookie.value for cookie in self._session.cookie_jar]

    async def look(self, path):
        """A page as it stands in the browser."""
        async with self._session.get(f"{self._url}{path}") as answer:
            return await answer.text()

    async def _read_csrf(self, number):
        while True:
            try:
                async with self._session.get(f"{self._url}/tickets/{number}") as answer:
                    page = await answer.text()
            except (aiohttp.ClientError, TimeoutError):
                await until_next_look()
            else:
                return re.search(r'name="csrf" value="([^"]+)"', page).group(1)

    async def _until_answered(self, path, form):
        while True:
            try:
                post = self._session.post(f"{self._url}{path}", data=form, allow_redirects=False)
                async with post as answer:
                    assert answer.status in (303, 503), await answer.text()
                    if answer.status == 303:
                        return
            except (aiohttp.ClientError, TimeoutError):
                pass
            await until_next_look()
