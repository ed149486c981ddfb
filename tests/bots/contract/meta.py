"""Messenger and Instagram before the contract: one adapter, two platforms."""

from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
from aiohttp import web

from bots.files import PATH, FileDoor, FileLinks, file_app
from bots.meta.client import Access, Graph
from bots.meta.fetch import MetaFetcher
from bots.meta.receive import SIGNATURE_HEADER, MetaWebhook, envelopes_of, signature
from bots.meta.send import MetaSender
from bots.meta.translate import MetaTranslator
from intake.messages import MessageKind
from intake.speech import Permanent, RetryAfter, Unknown, UserGone
from simulators import faults, graph_api
from simulators.graph_api import APP_ID, APP_SECRET, VERIFY_TOKEN, GraphApi
from simulators.graph_api.chats import user_id_of
from simulators.people import OLENA
from simulators.telegram_api import Upload
from tests.bots.contract import channel as contract
from tests.bots.contract.channel import Channel, Content, Shown, dumped, of, words
from tests.bots.fakes import NOW, Blobs, Journal, StandingClock, serving

IMPATIENCE = 0.2  # seconds
FAULTS = {
    contract.BLOCKED: faults.refuse(551, "1545041 This person isn't available right now."),
    contract.TOO_FAST: faults.too_many_requests(7),
    contract.BROKEN: faults.server_error(),
    contract.PAGE: faults.page(),
    contract.BARRED: faults.barred(),
    contract.SILENT: faults.silence(),
    contract.CLOSED: faults.refuse(10, "2018278 sent outside of allowed window"),
    contract.BAD: faults.refuse(100, "2018109 the length of the text is not allowed"),
    contract.REVOKED: faults.refuse(190, "463 session has expired"),
}
TAP, START, IRRELEVANT = MessageKind.TAP, MessageKind.START, MessageKind.IRRELEVANT
UNSUPPORTED, RECEIPT = MessageKind.UNSUPPORTED, MessageKind.RECEIPT
OUTSIDE, EDIT, DELETION = MessageKind.OUTSIDE, MessageKind.EDIT, MessageKind.DELETION
PHOTO = "photo-2026-11-24-0910"


class Heard:
    """Olena wrote a while ago."""

    def __init__(self):
        self.ago = timedelta(hours=1)

    async def last_at(self, address):
        return NOW - self.ago


class MetaChannel(Channel):
    """What is the same on both."""

    object: str
    secrets = (APP_SECRET, VERIFY_TOKEN, graph_api.PAGE_TOKEN, graph_api.INSTAGRAM_TOKEN)
    token: str
    rates = (("account", 40, 1.0),)
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
    taken_back = "deleted"
    first, second = "text", "quick_reply"

    @classmethod
    def folder(cls):
        return contract.CAPTURED / "meta" / cls.name

    @asynccontextmanager
    async def opened(self):
        self.journal, self.blobs, self.heard = Journal(), Blobs(), Heard()
        async with GraphApi(pace=0.002) as self.api:
            self.phones = getattr(self.api, self.name)
            self.graph = Graph(self._access())
            self.webhook = self._webhook()
            path, links = self.webhook.path, self._links("")
            doors = web.post(path, self.webhook.receive), web.get(path, self.webhook.verify)
            files = file_app(FileDoor(links=links, read_blob=self.blobs.read))
            async with serving(*doors, apps={PATH: files}) as self.url:
                self.sender = self._sender()
                assert await self.api.webhook.subscribe(self.url + path, VERIFY_TOKEN)
                self.phones.write(OLENA, "Доброго дня")
                await self.api.until(lambda: not self.api.webhook.unconfirmed)
                self.journal.kept.clear()
                yield self
                await self.graph.close()

    def _access(self):
        return Access(
            channel=self.name,
            account=self.account,
            token=self.token,
            server=self.api.url,
            version=graph_api.VERSION,
            secret=APP_SECRET,
        )

    def _webhook(self):
        return MetaWebhook(
            app_id=APP_ID,
            app_secret=APP_SECRET,
            verify_token=VERIFY_TOKEN,
            accept=self.journal.accept,
            clock=StandingClock(),
        )

    def _links(self, address):
        return FileLinks(key=b"k" * 32, address=address, clock=StandingClock())

    def _sender(self, **more):
        return MetaSender(
            graph=self.graph,
            links=self._links(self.url),
            hearing=self.heard,
            write_blob=self.blobs.write,
            clock=StandingClock(),
            **more,
        )

    @classmethod
    def read(cls, payload):
        translate = MetaTranslator(accounts=frozenset({cls.account}), app_id=APP_ID)
        return [one for kept in envelopes_of(payload, NOW) for one in translate(kept)]

    def translate(self, envelope):
        return self.read(envelope.payload)

    async def deliver(self, payload, *, is_genuine=True):
        secret = APP_SECRET if is_genuine else "other"
        headers = {SIGNATURE_HEADER: signature(secret, payload)}
        post = aiohttp.request("POST", self.url + self.webhook.path, data=payload, headers=headers)
        async with post as answer:
            return answer.status == 200

    async def bring(self, name, content):
        file = Upload(content=content, name=name, mime_type="application/octet-stream")
        self.phones.send_files(OLENA, [file])
        (message,) = self._newest()
        assert [file.name for file in message.files] == [name]
        return await MetaFetcher(self.graph).fetch(message.files[0].source)

    async def tap(self, label):
        if any(label in one.buttons for one in self.shown()):
            self.phones.tap(OLENA, label)
        else:
            self.phones.write(OLENA, label)
        (message,) = self._newest()
        return message

    def _newest(self):
        return self.read(dumped(self.api.webhook.emitted[-1]))

    def shown(self):
        return [
            Shown(
                text=entry.text,
                files={file.name: file.content for file in entry.files},
                buttons={
                    one["title"]: one["payload"]
                    for one in entry.wire.get("quick_replies", [])
                    if "title" in one
                },
            )
            for entry in self.phones.answers(OLENA)
        ]

    async def provoke(self, fault):
        if fault == contract.AWAY:
            await self.api.stop()
            return
        if fault == contract.SILENT:
            self.graph.timeout = IMPATIENCE
        self.api.faults.inject(FAULTS[fault], on=graph_api.server.SEND)


def unknown_to(kind, account):
    """A message and an event of a kind that nobody here knows."""
    around = {"sender": {"id": "7"}, "recipient": {"id": account}, "timestamp": 1795511400000}
    message = {"mid": "m_17", "text": "Printer", "attachments": [{"type": "hologram"}]}
    return tuple(
        dumped({"object": kind, "entry": [{"id": account, "messaging": [{**around, **about}]}]})
        for about in ({"message": message}, {"hologram": {"depth": 3}})
    )


class MessengerChannel(MetaChannel):
    name = "messenger"
    title = "Messenger"
    account = graph_api.PAGE_ID
    token = graph_api.PAGE_TOKEN
    person = user_id_of(OLENA, "messenger")
    changed = "edited"
    unknown_content, unknown_event = unknown_to("page", graph_api.PAGE_ID)
    limit = 2000
    contents = {
        "text": words("принтер на 3 поверсі не друкує, E5"),
        "reply": words("так, саме він"),
        "phone": words("+380501110011"),
        "image": words("", f"{PHOTO}.jpg"),
        "images": words("ось екран", f"{PHOTO}.png", f"{PHOTO}-2.png"),
        "voice": words("", "voice-2026-11-24-0910.mp4"),
        "video": words("", "video-2026-11-24-0910.mp4"),
        "file": words("", "звіт за листопад.pdf"),
        "location": words("50.4501, 30.5234"),
        "link": words("про це https://status.example.com/incident/17"),
        "postback_menu": words("Мої звернення"),
        "quick_reply": of(TAP, "set|1042|scope|me"),
        "postback_tap": of(TAP, "solved|1042|yes"),
        "edited": of(EDIT, text="принтер на 4 поверсі не друкує, E5"),
        "deleted": of(DELETION),
        "echo_outside": of(OUTSIDE, "", "Вже дивлюся, Марек"),
        "echo_outside_image": of(OUTSIDE, "", "", f"{PHOTO}.jpg"),
        "begin": of(START),
        "begin_by_link": of(START, "kiosk-3_E5"),
        "referral": of(START, "kiosk-3_E5"),
        "sticker": of(UNSUPPORTED, "sticker"),
        "template": of(UNSUPPORTED, "template"),
        "unsupported": of(UNSUPPORTED, "unsupported"),
        "unknown_attachment": of(UNSUPPORTED, "hologram", "Printer"),
        "delivered": of(RECEIPT),
        "delivered_until": of(RECEIPT),
        "seen": of(RECEIPT),
        "echo_marked": of(RECEIPT),
        "echo_own": of(IRRELEVANT, "echo"),
        "reaction": of(IRRELEVANT, "reaction"),
        "optin": of(IRRELEVANT, "optin"),
        "shut_out": Content(kind=contract.QUARANTINED),
        "let_in_again": of(IRRELEVANT, "policy_enforcement"),
        "handover": of(IRRELEVANT, "pass_thread_control"),
        "standby": of(IRRELEVANT, "standby"),
        "another_page": of(IRRELEVANT, "message"),
        "feed": of(IRRELEVANT, "feed"),
    }

    @staticmethod
    def units(text):
        return len(text.encode("utf-16-le")) // 2


class InstagramChannel(MetaChannel):
    name = "instagram"
    title = "Instagram"
    account = graph_api.INSTAGRAM_ID
    token = graph_api.INSTAGRAM_TOKEN
    person = user_id_of(OLENA, "instagram")
    unknown_content, unknown_event = unknown_to("instagram", graph_api.INSTAGRAM_ID)
    limit = 1000
    contents = {
        "text": words("принтер на 3 поверсі не друкує, E5"),
        "reply": words("так, саме він"),
        "reply_to_story": words("чудово"),
        "image": words("", f"{PHOTO}.jpg"),
        "voice": words("", "voice-2026-11-24-0910.mp4"),
        "video": words("", "video-2026-11-24-0910.mp4"),
        "share": words("https://www.example.com/p/17"),
        "reel": words("https://www.example.com/reel/17"),
        "ice_breaker": words("Не працює Wi-Fi"),
        "quick_reply": of(TAP, "set|1042|scope|me"),
        "postback_tap": of(TAP, "solved|1042|yes"),
        "deleted": of(DELETION),
        "echo_outside": of(OUTSIDE, "", "Вже дивлюся, Марек"),
        "referral": of(START, "kiosk-3_E5"),
        "story_mention": of(UNSUPPORTED, "story_mention"),
        "vanishing": of(UNSUPPORTED, "ephemeral"),
        "unsupported": of(UNSUPPORTED, "unsupported"),
        "unknown_attachment": of(UNSUPPORTED, "hologram", "Printer"),
        "seen": of(RECEIPT),
        "echo_own": of(IRRELEVANT, "echo"),
        "reaction": of(IRRELEVANT, "reaction"),
        "comment": of(IRRELEVANT, "comments"),
        "comment_by_login": of(IRRELEVANT, "comments"),
    }
    exempt = {
        "test_a_later_change_names_the_message_that_it_changes": (
            "Instagram tells of deletions only"
        ),
    }

    @staticmethod
    def units(text):
        return len(text.encode())
