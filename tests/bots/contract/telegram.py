"""Telegram before the contract, by webhook."""

from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from bots.bot_fetch import TelegramFetcher
from bots.bot_markup import units
from bots.telegram.client import Telegram
from bots.telegram.receive import SECRET_HEADER, TelegramWebhook, envelope_of
from bots.telegram.send import TelegramSender
from bots.telegram.translate import translate
from intake.messages import MessageKind
from intake.speech import Permanent, RetryAfter, Unknown, UserGone
from simulators import faults
from simulators.people import OLENA
from simulators.telegram_api import TOKEN, TelegramApi, Upload
from tests.bots.contract import channel as contract
from tests.bots.contract.channel import Channel, Shown, dumped, of, words
from tests.bots.fakes import NOW, Blobs, Journal, Pauses, StandingClock, serving
from tests.schemas.botapi import validate_object, validate_request, validate_update

SECRET = "olive-Branch_17"
IMPATIENCE = 0.2  # seconds
FAULTS = {
    contract.BLOCKED: faults.forbidden(),
    contract.TOO_FAST: faults.too_many_requests(17),
    contract.BROKEN: faults.server_error(),
    contract.PAGE: faults.page(),
    contract.BARRED: faults.barred(),
    contract.SILENT: faults.silence(),
    contract.BAD: faults.refuse(400, "Bad Request: can't parse entities"),
    contract.REVOKED: faults.refuse(401, "Unauthorized"),
}
EDIT, TAP = MessageKind.EDIT, MessageKind.TAP
UNSUPPORTED, IRRELEVANT = MessageKind.UNSUPPORTED, MessageKind.IRRELEVANT


class TelegramChannel(Channel):
    name = "telegram"
    title = "Telegram"
    account = "700800900"
    person = str(OLENA.id)
    secrets = (TOKEN, SECRET)
    first, second = "text", "tap"
    changed = "edited"
    unknown_content = dumped(
        {
            "update_id": 6,
            "message": {
                "message_id": 5,
                "date": 1795511400,
                "chat": {"id": OLENA.id, "type": "private", "first_name": "Olena"},
                "hologram": {"title": "Printer"},
            },
        }
    )
    unknown_event = b'{"update_id": 7, "hologram": {"id": "1"}}'
    limit = 4096
    units = staticmethod(units)
    rates = (("account", 30, 1.0), ("address", 3, 3.0))
    contents = {
        "text": words("принтер на 3 поверсі не друкує, E5"),
        "words_as_links": words("😀 на сторінці помилка, ось вона"),
        "reply": words("так, саме цей"),
        "reply_to_elsewhere": words("про це"),
        "reply_with_quote": words("INV-20418"),
        "forward": words("VPN падає щогодини"),
        "unknown_command": words("/reboot now"),
        "photo": words("ось екран", "photo-2026-11-23-0910.jpg"),
        "album_first": words("три фото", "photo-2026-11-23-0910.jpg"),
        "album_second": words("", "photo-2026-11-23-0910.jpg"),
        "document": words("не відкривається", "звіт за листопад.pdf"),
        "document_too_big": words("", "backup.zip"),
        "document_without_name": words("", "document-2026-11-23-0910"),
        "voice": words("", "voice-2026-11-23-0910.ogg"),
        "audio": words("", "audio-2026-11-23-0910.mp3"),
        "video": words("", "IMG_0042.MP4"),
        "video_note": words("", "video-note-2026-11-23-0910.mp4"),
        "animation": words("", "blink.mp4"),
        "contact": words("Olena Kovalenko, +380501110011"),
        "location": words("50.4501, 30.5234"),
        "live_location": words("50.4501, 30.5234"),
        "venue": words("Office, gate 2\nKhreshchatyk 1"),
        "edited": of(EDIT, "", "принтер на 3 поверсі, кабінет E5"),
        "edited_caption": of(EDIT, "", "ось новий екран", "photo-2026-11-23-0910.jpg"),
        "edited_live_location": of(IRRELEVANT, "", "50.46, 30.53"),
        "tap": of(TAP, "set|1042|scope|me"),
        "tap_on_old_message": of(TAP, "send|1040"),
        "start": of(MessageKind.START),
        "start_with_payload": of(MessageKind.START, "kiosk-3_E5"),
        "help": of(MessageKind.COMMAND, "help"),
        "status": of(MessageKind.COMMAND, "status"),
        "checklist": of(UNSUPPORTED, "checklist", "Новий колега\nноутбук\nпропуск"),
        "dice": of(UNSUPPORTED, "dice", "🎲"),
        "game": of(UNSUPPORTED, "game", "Chess\nA game"),
        "paid_media": of(UNSUPPORTED, "paid_media", "дивись"),
        "poll": of(UNSUPPORTED, "poll", "Коли зручно?\nзранку\nпо обіді"),
        "sticker": of(UNSUPPORTED, "sticker", "👍"),
        "story": of(UNSUPPORTED, "story"),
        "blocked": of(MessageKind.UNREACHABLE),
        "unblocked": of(MessageKind.REACHABLE),
        "bot_message": of(IRRELEVANT, "message"),
        "channel_post": of(IRRELEVANT, "channel_post"),
        "group_membership": of(IRRELEVANT, "my_chat_member"),
        "group_message": of(IRRELEVANT, "message"),
        "inline_query": of(IRRELEVANT, "inline_query"),
        "pinned": of(IRRELEVANT),
    }
    exempt = {
        "test_what_a_platform_cannot_edit_or_answer_says_so_and_disturbs_nobody": (
            "cards are edited in place"
        ),
        "test_what_is_taken_back_names_the_message_that_it_takes": (
            "Telegram tells bots of no deletions"
        ),
    }
    ends = {
        contract.BLOCKED: UserGone,
        contract.TOO_FAST: RetryAfter,
        contract.BROKEN: RetryAfter,
        contract.PAGE: Unknown,
        contract.BARRED: RetryAfter,
        contract.SILENT: Unknown,
        contract.BAD: Permanent,
        contract.REVOKED: RetryAfter,
        contract.AWAY: RetryAfter,
    }

    @asynccontextmanager
    async def opened(self):
        self.journal, self.blobs = Journal(), Blobs()
        self.webhook = TelegramWebhook(
            account=self.account, secret=SECRET, accept=self.journal.accept, clock=StandingClock()
        )
        async with TelegramApi() as self.api, serving(self._door()) as self.url:
            self.api.press_start(OLENA)
            self.telegram = Telegram(TOKEN, self.api.url)
            self.sender = TelegramSender(
                telegram=self.telegram, read_blob=self.blobs.read, pause=Pauses()
            )
            yield self
            await self.telegram.close()
        check_by_the_foreign_schema(self.api)

    def _door(self):
        return web.post(self.webhook.path, self.webhook.receive)

    @classmethod
    def read(cls, payload):
        return list(translate(envelope_of(cls.account, payload, NOW)))

    def translate(self, envelope):
        return list(translate(envelope))

    async def deliver(self, payload, *, is_genuine=True):
        headers = {SECRET_HEADER: SECRET if is_genuine else "wrong"}
        post = aiohttp.request("POST", self.url + self.webhook.path, data=payload, headers=headers)
        async with post as answer:
            return answer.status == 200

    async def bring(self, name, content):
        self.api.send_document(OLENA, Upload(content=content, name=name))
        (message,) = translate(self._newest())
        assert [file.name for file in message.files] == [name]
        return await TelegramFetcher(self.telegram).fetch(message.files[0].source)

    async def tap(self, label):
        if any(label in one.buttons for one in self.shown()):
            self.api.tap(OLENA, label)
        else:
            self.api.write(OLENA, label)
        (message,) = translate(self._newest())
        return message

    def _newest(self):
        return envelope_of(self.account, dumped(self.api.updates[-1]), NOW)

    def shown(self):
        return [
            Shown(
                text=entry.text,
                files={file.name: self._content(file) for file in entry.files},
                buttons={one.label: one.callback for row in entry.buttons for one in row},
            )
            for entry in self.api.answers(OLENA)
        ]

    def _content(self, file):
        return self.api.world.files.by_id(file.file_id).upload.content

    async def provoke(self, fault):
        if fault == contract.AWAY:
            await self.api.stop()
            return
        if fault == contract.SILENT:
            self.telegram._session.timeout = IMPATIENCE
        self.api.faults.inject(FAULTS[fault], on="sendMessage")


def check_by_the_foreign_schema(api):
    for call in api.requests:
        validate_request(call.method, call.params)
    for update in api.updates:
        validate_update(update)
    for entry in api.chat(OLENA):
        validate_object("Message", entry.wire)
