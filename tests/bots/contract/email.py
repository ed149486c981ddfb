"""E-mail before the contract: IMAP in, SMTP out.

Where other platforms sign what they push, mail is fetched under our own login: the signature in
question is the token by which a mail claims a ticket.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from hashlib import sha256

import orjson

from bots.email.card import MailDrawing
from bots.email.fetch import MailFetcher
from bots.email.mailbox import Mailbox, MailboxAccess
from bots.email.receive import MailPoller
from bots.email.send import MailSender
from bots.email.smtp import SmtpAccess
from bots.email.threads import Signer
from bots.email.translate import MailTranslator
from intake.errors import Unavailable
from intake.messages import Envelope
from intake.speech import Permanent, RetryAfter, Unknown, UserGone
from intake.wording import templates_folder
from simulators.mail_letters import Enclosure
from simulators.mail_server import MailServer
from tests.bots.contract import channel as contract
from tests.bots.contract.channel import Channel, Content, Shown, words
from tests.bots.fakes import NOW, Blobs, Journal, Killed, StandingClock

SUPPORT = "support@firma.example"
SIGNER = Signer(keys={"a": b"k" * 32}, current="a", mailbox=SUPPORT)
FAULTS = {
    contract.BLOCKED: "smtp_permanent",
    contract.TOO_FAST: "smtp_temporary",
    contract.BROKEN: "smtp_drop_before_data",
    contract.SILENT: "smtp_drop_after_data",
    contract.REVOKED: "smtp_login",
}

NO_JSON = "a mail is no JSON: `tests/bots/email/test_mime_hostile.py` reads hostile ones"


class PatientMailbox(Mailbox):
    """Has no news to wait for."""

    def wait(self, within, stop):
        pass


class EmailChannel(Channel):
    name = "email"
    title = "E-mail"
    account = SUPPORT
    person = "olena@firma.example"
    suffix = "eml"
    first = "uk_gmail_reply"
    poisons = (
        b"",
        b"no head at all",
        b"From: \xff\xfe <\xff>\r\nSubject: \0\r\n\r\n\xff",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 50,
        b"Content-Type: text/plain; charset=hologram\r\n\r\n\xd0\xb6",
    )
    contents = {
        "uk_gmail_reply": words("Дякую, принтер уже друкує.", subject="Re: Принтер не друкує"),
        "sk_outlook_reply": words(
            "Dobrý deň,\n\ntlačiareň stále netlačí.", subject="RE: Tlačiareň"
        ),
        "el_thunderbird_cp1253": words(
            "Ο εκτυπωτής στον τρίτο όροφο δεν τυπώνει, και το δίκτυο είναι αργό.",
            subject="Εκτυπωτής",
        ),
        "it_apple_mail": words(
            "Ecco lo schermo:\n\nE qui l’errore.",
            "schermata n° 1.png",
            subject="Non riesco più ad accedere",
        ),
        "ja_iso_2022_jp": words("プリンターが動きません。", subject="プリンターの件"),
        "uk_koi8u_no_label": words(
            "Доброго дня! Пошта не відкривається, їжте каву в ґанку.", subject="Не працює пошта"
        ),
        "uk_cp1251_said_utf8": words(
            "Мережа зникає кожні п’ять хвилин, їдальня теж без зв’язку.", subject="Мережа"
        ),
        "broken_headers": words("VPN words", subject="VPN не працює"),
        "nested_forward": words("See the mail inside.", "Помилка 5.eml", subject="Fwd: error"),
        "invitation": words("Maintenance on Friday.", "text-1.ics", subject="Maintenance"),
        "pgp_encrypted": words("", "file-1.bin", "encrypted.asc", subject="..."),
        "signed": words("Signed words.", "smime.p7s", subject="Signed"),
        "smime_opaque": words(
            "Сканер не бачить мережу, кабінет 214", "smime.p7m", subject="Сканер"
        ),
        "smime_opaque_in_pieces": words(
            "Сканер не бачить мережу, кабінет 214", "smime.p7m", subject="Сканер"
        ),
        "image_only": words("", "IMG_1.JPG"),
        "uuencoded": words("The log is here:", "log.txt", subject="Log"),
        "form_with_reply_to": words(
            "Ім'я: Олена\nПошта: olena@firm.test\nДата: 23.11.2026 10:15\nТекст: не працює сканер",
            subject="New request",
        ),
        "no_words": words("", subject="Зателефонуйте мені"),
        "newsletter": words("Buy now", subject="50 % off", automatic="bulk"),
        "en_out_of_office": words(
            "I am away until Monday.", subject="Automatic reply: Printer", automatic="reply"
        ),
        "bounce": Content(kind=None),
    }
    exempt = {
        "test_what_bears_no_valid_signature_is_refused_and_not_kept": (
            "mail is fetched under our own login; only tokens of ours prove a ticket"
        ),
        "test_an_unknown_kind_is_kept_and_named": "what nobody knows is a file",
        "test_any_value_in_any_place_is_read_or_unreadable": NO_JSON,
        "test_any_bytes_are_read_or_unreadable": NO_JSON,
        "test_a_later_change_names_the_message_that_it_changes": "a mail can't be changed",
        "test_what_is_taken_back_names_the_message_that_it_takes": "nor be taken back",
        "test_a_long_text_is_cut_by_the_platforms_own_unit_and_no_word_is_lost": (
            "a mail may be of any length"
        ),
        "test_a_choice_is_a_button_that_comes_back_as_what_it_stands_for": (
            "a mail has no buttons: its choices are listed"
        ),
    }
    rates = (("account", 20, 1.0), ("address", 5, 1.0))
    ends = {
        contract.BLOCKED: UserGone,
        contract.TOO_FAST: RetryAfter,
        contract.BROKEN: RetryAfter,
        contract.SILENT: Unknown,
        contract.BAD: Permanent,
        contract.REVOKED: RetryAfter,
        contract.AWAY: RetryAfter,
    }

    @asynccontextmanager
    async def opened(self):
        self.journal, self.blobs = Journal(), Blobs()
        self.server = MailServer(support=SUPPORT)
        await self.server.start()
        self.secrets = (self.server.password,)
        self.sender, self.executor = self._sender(), ThreadPoolExecutor(max_workers=1)
        self.poller = self._poller()
        await self.poller.step()
        yield self
        await asyncio.to_thread(self.poller.mailbox.close)
        self.executor.shutdown()
        await self.server.stop()

    def _poller(self):
        access = MailboxAccess(
            host=self.server.host,
            port=self.server.imap_port,
            has_tls=False,
            login=SUPPORT,
            password=self.server.password,
        )
        return MailPoller(
            account=SUPPORT,
            mailbox=PatientMailbox(access),
            executor=self.executor,
            journal=self.journal,
            blobs=self.blobs,
            clock=StandingClock(),
        )

    def _sender(self):
        return MailSender(
            address=SUPPORT,
            desk_name="Служба IT",
            access=SmtpAccess(
                host=self.server.host,
                port=self.server.smtp_port,
                security="none",
                login=SUPPORT,
                password=self.server.password,
            ),
            signer=SIGNER,
            drawing=MailDrawing(templates_folder()),
            read_blob=self.blobs.read,
            clock=StandingClock(),
        )

    @classmethod
    def pair(cls):
        first = cls.captured(cls.first)
        return first, first + b"\nPS: E5"

    @classmethod
    def read(cls, payload):
        raw = payload.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        facts = {"sha256": sha256(raw).hexdigest(), "received_at": NOW.isoformat()}
        envelope = Envelope(
            channel="email", account=SUPPORT, key="k", conversation="c",
            payload=orjson.dumps(facts), received_at=NOW,
        )  # fmt: skip
        return list(translator({facts["sha256"]: raw}.__getitem__)(envelope))

    def translate(self, envelope):
        return list(translator(self.blobs.read)(envelope))

    async def deliver(self, payload, *, is_genuine=True):
        self.server.deliver_raw(payload)
        try:
            await self.poller.step()
        except (Unavailable, Killed):
            return False
        return True

    async def bring(self, name, content):
        attached = Enclosure(name=name, media_type="application/octet-stream", payload=content)
        self.server.write(self.person, "Звіт", "ось", attachments=(attached,))
        (file,) = (await self._newest()).files
        assert file.name == name
        return await MailFetcher(read_blob=self.blobs.read).fetch(file.source)

    async def tap(self, label):
        mail = self.server.mails(self.person)[-1]
        self.server.reply(self.person, mail, label)
        return await self._newest()

    async def _newest(self):
        await self.poller.step()
        (message,) = self.translate(list(self.journal.kept.values())[-1])
        return message

    def shown(self):
        return [
            Shown(
                text=mail.text,
                files={file.name: file.payload for file in mail.attachments},
                buttons={},
            )
            for mail in self.server.mails(self.person)
        ]

    async def provoke(self, fault):
        if fault == contract.AWAY:
            await self.server.stop()
        elif fault == contract.BAD:
            self.person = "olena@firma.example\r\nBcc: ivan@else.example"
        else:
            self.server.faults.inject(FAULTS[fault], times=1)


def translator(read_blob):
    return MailTranslator(
        account=SUPPORT, own_addresses=frozenset({SUPPORT}), signer=SIGNER, read_blob=read_blob
    )
