"""Raw mails, and the messages that become of them."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import orjson

from bots.email.threads import Signer
from bots.email.translate import MailTranslator
from intake.messages import Envelope
from simulators import mail_letters

SUPPORT = "support@firma.example"
OLENA = "Олена Коваленко <olena@firma.example>"
SIGNER = Signer(keys={"a": b"k" * 32}, current="a", mailbox=SUPPORT)
OURS = SIGNER.message_id("1042", "7", "abcdefghijklmnop")
REPLY_TO = SIGNER.reply_address("1042")
ARRIVED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Mailroom:
    """Keeps raw mails and makes the envelopes of them."""

    def __init__(self):
        self.blobs = {}
        self.translate = MailTranslator(
            account=SUPPORT,
            own_addresses=frozenset({SUPPORT}),
            signer=SIGNER,
            read_blob=self.blobs.__getitem__,
            web_forms=frozenset({"web@shop.example"}),
        )

    def receive(self, raw: bytes, **facts):
        digest = sha256(raw).hexdigest()
        self.blobs[digest] = raw
        facts = {"sha256": digest, "received_at": ARRIVED.isoformat(), "is_whole": True, **facts}
        (message,) = self.translate(envelope(facts))
        return message

    def take(self, text="не друкує", person=OLENA, subject="Принтер", **parts):
        parts = {"to": (SUPPORT,), "written_at": ARRIVED - timedelta(minutes=1), **parts}
        return self.receive(mail_letters.build(person, subject, text, **parts).as_bytes())

    def take_lines(self, *lines):
        return self.receive("\r\n".join((*lines, "", "words")).encode())


def envelope(facts):
    return Envelope(
        channel="email",
        account=SUPPORT,
        key="k",
        conversation="c",
        payload=orjson.dumps(facts),
        received_at=ARRIVED,
    )
