"""People on all channels around one desk: platforms' payloads go in, deliveries come out.

Everything is the desk's own but the platforms: each person holds a phone or reads a mailbox.
"""

import json
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count

import orjson
from pydantic import SecretStr

from bots.meta.receive import envelopes_of as of_meta
from bots.telegram.receive import envelope_of as of_telegram
from bots.viber.receive import envelope_of as of_viber
from desk.channels import EmailSettings, MetaSettings, TelegramSettings, ViberSettings
from desk.settings import Settings, WebSettings
from desk.wiring import build_desk
from intake.flow.pace import Pace
from intake.messages import Address, Envelope
from intake.speech import Card
from tests.desk.phone import FREE, Phone

OURS = "support@firma.example"
SERVER = "mx.firma.example"
VOUCHED = "mx.firma.example; dmarc=pass header.from=firma.example"
TOKEN = "700:AAFakeTokenOfThatVeryBotForTestsOnly_00"
BOTS = {"telegram": "700", "viber": "servicedesk", "messenger": "900", "instagram": "901"}
ACCOUNTS = {**BOTS, "email": OURS}
CODE = re.compile(r"\b(\d{4} \d{4})\b")
EMPLOYEE = """
    INSERT INTO employee (organization_id, name, place, machine, language, department, source,
        external_id, is_active, changed_at)
    SELECT id, $1, '', '', 'en', '', 'csv', '', true, 0 FROM organization WHERE name = ''
    RETURNING id
"""
WAITING = "SELECT DISTINCT channel FROM delivery WHERE state = 'waiting'"
CONTACT = "INSERT INTO employee_contact (employee_id, kind, value) VALUES ($1, $2, $3)"


@asynccontextmanager
async def a_town(folder, database, clock):
    settings = Settings(
        folder=folder,
        database=database,
        web=WebSettings(public_url="https://desk.example.org"),
        telegram=TelegramSettings(token=SecretStr(TOKEN), name="servicedesk_bot"),
        viber=ViberSettings(token=SecretStr("44dafb7e"), uri=BOTS["viber"]),
        meta=MetaSettings(
            app_id="8",
            app_secret="s",
            verify_token="v",
            page_id=BOTS["messenger"],
            page_token="t",
            instagram_id=BOTS["instagram"],
        ),
        email=EmailSettings(
            address=OURS,
            imap_host="127.0.0.1",
            smtp_host="127.0.0.1",
            password="x",
            vouching_server=SERVER,
        ),
    )
    desk = await build_desk(settings, clock)
    try:
        yield Town(desk, clock)
    finally:
        await desk.close()


class Town:
    def __init__(self, desk, clock):
        self.desk, self.clock, self.numbers = desk, clock, count(1)
        self.is_asleep = False  # what comes is accepted, and waits
        self.phones = {channel: Phone() for channel in ACCOUNTS}
        free = Pace(account=FREE, address=FREE)
        self.outwards = {
            channel: replace(desk.outward(channel, account, self.phones[channel]), pace=free)
            for channel, account in ACCOUNTS.items()
        }

    async def employ(self, name, *, mails=(), phones=()):
        """An entry of the directory."""
        contacts = [("mail", one) for one in mails] + [("phone", one) for one in phones]
        async with self.desk.database.transaction() as session:
            [row] = await session.fetch(EMPLOYEE, name)
            for kind, value in contacts:
                await session.execute(CONTACT, row["id"], kind, value)
        return row["id"]

    async def accept(self, *envelopes):
        await self.desk.service.accept(envelopes)
        if not self.is_asleep:
            await self.work()

    @asynccontextmanager
    async def asleep(self):
        """All that comes meanwhile is worked through afterwards."""
        self.is_asleep = True
        yield
        self.is_asleep = False
        await self.work()

    async def work(self):
        while await self.desk.inward.step():
            pass
        for row in await self.desk.database.fetch(WAITING):
            while await self.outwards[row["channel"]].step():
                pass

    # what people do

    async def say(self, channel, who, text):
        """In words, wherever they write."""
        await getattr(self, f"_say_{channel}")(who, text)

    async def _say_telegram(self, who, text):
        await self.telegram(who, text=text)

    async def _say_viber(self, who, text):
        await self.viber(who, type="text", text=text)

    async def _say_messenger(self, who, text):
        await self.meta(who, message={"mid": f"m{next(self.numbers)}", "text": text})

    async def _say_instagram(self, who, text):
        message = {"mid": f"m{next(self.numbers)}", "text": text}
        await self.meta(who, "instagram", message=message)

    async def _say_email(self, who, text):
        await self.mail(who, text.split("\n")[0], text)

    async def telegram(self, who, name="Olena Kovalenko", **content):
        number, person = next(self.numbers), {"id": who, "is_bot": False, "first_name": name}
        message = {
            "message_id": number,
            "date": int(self.clock.now().timestamp()),
            "chat": {"id": who, "type": "private"},
            "from": {**person, "language_code": "en"},
            **content,
        }
        payload = {"update_id": number, "message": message}
        await self.accept(self._telegram(payload))

    async def share(self, who, phone, whose=None, **more):
        """A contact in Telegram: the own one, or the card of somebody else."""
        contact = {"phone_number": phone, "first_name": "Olena", "user_id": whose or who}
        await self.telegram(who, contact=contact, **more)

    async def tap(self, who, data):
        number = next(self.numbers)
        query = {
            "id": f"cb{number}",
            "from": {"id": who, "is_bot": False, "first_name": "Olena"},
            "data": data,
            "message": {"message_id": number, "chat": {"id": who, "type": "private"}},
        }
        await self.accept(self._telegram({"update_id": number, "callback_query": query}))

    def _telegram(self, payload):
        return of_telegram(BOTS["telegram"], json.dumps(payload).encode(), self.clock.now())

    async def viber(self, who, name="Olena Kovalenko", event="message", **message):
        about = {
            "event": event,
            "timestamp": int(self.clock.now().timestamp() * 1000),
            "message_token": next(self.numbers),
        }
        user = {"id": who, "name": name, "language": "en"}
        about |= {"sender": user, "message": message} if event == "message" else message
        if event != "message":
            about["user"] = user
        payload = json.dumps(about).encode()
        await self.accept(of_viber(BOTS["viber"], payload, self.clock.now()))

    async def meta(self, who, channel="messenger", **event):
        own = BOTS[channel]
        messaging = {
            "sender": {"id": who},
            "recipient": {"id": own},
            "timestamp": int(self.clock.now().timestamp() * 1000),
            **event,
        }
        entry = {"id": own, "time": 1, "messaging": [messaging]}
        kind = "page" if channel == "messenger" else "instagram"
        payload = json.dumps({"object": kind, "entry": [entry]}).encode()
        await self.accept(*of_meta(payload, self.clock.now()))

    async def vouched_mail(self, sender, subject, text="It does not work."):
        """Our own server says that it is from there."""
        await self.mail(sender, subject, text, **{"Authentication-Results": VOUCHED})

    async def mail(self, sender, subject, text="It does not work.", **headers):
        more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        raw = f"From: {sender}\r\nTo: {OURS}\r\nSubject: {subject}\r\n{more}\r\n{text}\r\n"
        number, now = next(self.numbers), self.clock.now()
        digest = self.desk.blobs.write(raw.encode())
        facts = {
            "uid": number,
            "received_at": now.isoformat(),
            "size": len(raw),
            "sha256": digest,
            "is_whole": True,
            "from": sender,
            "subject": subject,
        }
        await self.accept(
            Envelope(
                channel="email",
                account=OURS,
                key=str(number),
                conversation=f"email:{OURS}:{sender}",
                payload=orjson.dumps(facts),
                received_at=now,
            )
        )

    # what people see

    def bodies(self, channel, who):
        sent = self.phones[channel].sent
        return [one.body for one in sent if one.address.external_id == str(who)]

    def heard(self, channel, who):
        """All words that ever came, the newest last."""
        return [
            body.heading if isinstance(body, Card) else body.text
            for body in self.bodies(channel, who)
        ]

    def code(self, mailbox, channel="email"):
        """The newest that was sent there."""
        codes = CODE.findall("\n".join(self.heard(channel, mailbox)))
        return codes[-1] if codes else ""

    def button(self, channel, who, verb):
        """What the newest button of that kind does."""
        data = [
            choice.data
            for body in self.bodies(channel, who)
            for row in getattr(body, "choices", ())
            for choice in row
        ]
        return next((one for one in reversed(data) if one.startswith(f"{verb}|")), "")

    def token(self, mailbox, channel="Telegram"):
        """What the newest deep link bears that was sent there."""
        cards = [body for body in self.bodies("email", mailbox) if isinstance(body, Card)]
        [url] = [way.url for way in cards[-1].ways if way.label == channel]
        return url.rpartition("=")[2]

    # what is so

    async def person_of(self, channel, who):
        place = Address(channel=channel, account=ACCOUNTS[channel], external_id=str(who))
        async with self.desk.store.work() as work:
            handle = await work.handle_at(place)
            return None if handle is None else await work.person(handle.person_id)

    async def employee_of(self, channel, who):
        person = await self.person_of(channel, who)
        return None if person is None else person.employee_id

    async def links(self):
        rows = await self.desk.database.fetch("SELECT * FROM link ORDER BY id")
        return [row["id"] for row in rows if row["linked_at"] and not row["undone_at"]]
