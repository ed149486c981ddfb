"""Viber before the contract."""

from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
from aiohttp import web

from bots.files import PATH, FileDoor, FileLinks, file_app
from bots.viber.client import Viber
from bots.viber.fetch import ViberFetcher
from bots.viber.receive import SIGNATURE_HEADER, ViberWebhook, envelope_of, signature
from bots.viber.send import ViberSender
from bots.viber.translate import translate
from bots.viber.welcome import welcome
from intake.messages import MessageKind
from intake.speech import Permanent, RetryAfter, Unknown, UserGone
from intake.wording import Wording
from simulators import faults
from simulators.people import OLENA
from simulators.telegram_api import Upload
from simulators.viber_api import TOKEN, ViberApi
from simulators.viber_api.chats import user_id_of
from tests.bots.contract import channel as contract
from tests.bots.contract.channel import Channel, Shown, dumped, of, words
from tests.bots.fakes import NOW, Blobs, Journal, StandingClock, serving

IMPATIENCE = 0.2  # seconds
FAULTS = {
    contract.BLOCKED: faults.refuse(6, "receiverNotSubscribed"),
    contract.TOO_FAST: faults.refuse(12, "tooManyRequests"),
    contract.BROKEN: faults.server_error(),
    contract.PAGE: faults.page(),
    contract.BARRED: faults.barred(),
    contract.SILENT: faults.silence(),
    contract.BAD: faults.refuse(3, "badData"),
    contract.REVOKED: faults.refuse(2, "invalidAuthToken"),
}
TAP, IRRELEVANT = MessageKind.TAP, MessageKind.IRRELEVANT
UNSUPPORTED, RECEIPT = MessageKind.UNSUPPORTED, MessageKind.RECEIPT


class Heard:
    """Olena wrote a while ago."""

    def __init__(self):
        self.ago = timedelta(hours=1)

    async def last_at(self, address):
        return NOW - self.ago


NO_CHANGES = "Viber tells bots of neither edits nor deletions"


class ViberChannel(Channel):
    name = "viber"
    title = "Viber"
    account = "servicedesk"
    person = user_id_of(OLENA)
    secrets = (TOKEN,)
    first, second = "text", "tap"
    unknown_content = dumped(
        {
            "event": "message",
            "timestamp": 1795511400000,
            "message_token": 17,
            "sender": {"id": "A=", "name": "Olena"},
            "message": {"type": "hologram", "text": "Printer"},
        }
    )
    unknown_event = b'{"event": "hologram", "timestamp": 1, "message_token": 18}'
    limit = 7000
    rates = (("account", 20, 1.0), ("address", 100, 3600.0))
    contents = {
        "text": words("принтер на 3 поверсі не друкує, E5"),
        "url": words("про це\nhttps://status.example.com/incident/17"),
        "picture": words("ось екран", "IMG_0042.jpg"),
        "picture_without_name": words("", "photo-2026-11-24-0910.jpg"),
        "video": words("", "VID_0007.mp4"),
        "file": words("", "звіт за листопад.pdf"),
        "file_too_big": words("", "backup.zip"),
        "contact": words("Olena Kovalenko, 380501110011"),
        "location": words("50.4501, 30.5234"),
        "location_at_the_pole": words("90, 0"),
        "tap": of(TAP, "set|1042|scope|me", "tap:set|1042|scope|me"),
        "contact_empty": of(UNSUPPORTED, "contact"),
        "sticker": of(UNSUPPORTED, "sticker"),
        "rich_media": of(UNSUPPORTED, "rich_media"),
        "unknown_type": of(UNSUPPORTED, "hologram", "Printer"),
        "subscribed": of(MessageKind.REACHABLE),
        "unsubscribed": of(MessageKind.UNREACHABLE),
        "delivered": of(RECEIPT),
        "seen": of(RECEIPT),
        "failed": of(RECEIPT),
        "conversation_started": of(MessageKind.START, "kiosk-3_E5"),
        "client_status": of(IRRELEVANT, "client_status"),
        "webhook": of(IRRELEVANT, "webhook"),
    }
    exempt = {
        "test_a_later_change_names_the_message_that_it_changes": NO_CHANGES,
        "test_what_is_taken_back_names_the_message_that_it_takes": NO_CHANGES,
    }
    ends = {
        contract.BLOCKED: UserGone,
        contract.TOO_FAST: RetryAfter,
        contract.BROKEN: RetryAfter,
        contract.PAGE: Unknown,
        contract.BARRED: RetryAfter,
        contract.SILENT: Unknown,
        contract.CLOSED: Permanent,
        contract.BAD: Permanent,
        contract.REVOKED: RetryAfter,
        contract.AWAY: RetryAfter,
    }

    @asynccontextmanager
    async def opened(self):
        self.journal, self.blobs, self.heard = Journal(), Blobs(), Heard()
        async with ViberApi(pace=0.002) as self.api:
            self.viber = Viber(
                TOKEN, account=self.account, sender_name="Служба IT", server=self.api.url
            )
            self.webhook = self._webhook()
            door = web.post(self.webhook.path, self.webhook.receive)
            links = FileLinks(key=b"k" * 32, address="", clock=StandingClock())
            files = file_app(FileDoor(links=links, read_blob=self.blobs.read))
            async with serving(door, apps={PATH: files}) as self.url:
                self.sender = self._sender(self.url)
                await self.viber.set_webhook(self.url + self.webhook.path)
                self.api.write(OLENA, "Доброго дня")
                await self.api.until(lambda: not self.api.callbacks.unconfirmed)
                self.journal.kept.clear()
                yield self
                await self.viber.close()

    def _webhook(self):
        wording = Wording(NOW.tzinfo)
        return ViberWebhook(
            account=self.account,
            token=TOKEN,
            accept=self.journal.accept,
            clock=StandingClock(),
            welcome=lambda language: self.viber.said_in_answer(welcome(wording, language)),
        )

    def _sender(self, address):
        return ViberSender(
            viber=self.viber,
            links=FileLinks(key=b"k" * 32, address=address, clock=StandingClock()),
            hearing=self.heard,
            write_blob=self.blobs.write,
            clock=StandingClock(),
        )

    @classmethod
    def read(cls, payload):
        return list(translate(envelope_of(cls.account, payload, NOW)))

    def translate(self, envelope):
        return list(translate(envelope))

    async def deliver(self, payload, *, is_genuine=True):
        headers = {SIGNATURE_HEADER: signature(TOKEN if is_genuine else "other", payload)}
        post = aiohttp.request("POST", self.url + self.webhook.path, data=payload, headers=headers)
        async with post as answer:
            return answer.status == 200

    async def bring(self, name, content):
        self.api.send_file(OLENA, Upload(content=content, name=name, mime_type="text/x-log"))
        (message,) = self._newest()
        assert [file.name for file in message.files] == [name]
        return await ViberFetcher(self.viber).fetch(message.files[0].source)

    async def tap(self, label):
        if any(label in one.buttons for one in self.shown()):
            self.api.tap(OLENA, label)
        else:
            self.api.write(OLENA, label)
        (message,) = self._newest()
        return message

    def _newest(self):
        event = next(e for e in reversed(self.api.callbacks.emitted) if e["event"] == "message")
        return self.read(dumped(event))

    def shown(self):
        return [
            Shown(
                text=entry.text,
                files={file.name: file.content for file in entry.files},
                buttons={
                    one["Text"]: one["ActionBody"]
                    for one in entry.wire.get("keyboard", {}).get("Buttons", [])
                },
            )
            for entry in self.api.answers(OLENA)
        ]

    async def provoke(self, fault):
        if fault == contract.CLOSED:
            self.heard.ago = timedelta(hours=24)
            return
        if fault == contract.AWAY:
            await self.api.stop()
            await self.viber.close()  # whose open connection has just gone
            return
        if fault == contract.SILENT:
            self.viber.timeout = IMPATIENCE
        self.api.faults.inject(FAULTS[fault], on="send_message")
