"""Deliveries as mails: an answer in the thread it belongs to, with an id that proves it is ours.

The id is made from the delivery alone, so that each try carries the same one. How a mail looks is
left to `card`, how its bytes are built to `compose`, how it is handed over to `smtp`. Rules S12.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from bots.email.addresses import Address
from bots.email.attachments import Attachment
from bots.email.card import MailDrawing
from bots.email.compose import (
    HeaderRefused,
    Outgoing,
    ascii_address,
    build,
    is_message_id,
    reply_subject,
)
from bots.email.smtp import SmtpAccess, hand_over
from bots.email.threads import RANDOM_LETTERS, Signer
from intake.errors import NotFound, Unavailable
from intake.ports import Begin, Clock
from intake.speech import (
    Accepted,
    Delivery,
    Enclosure,
    Operation,
    Permanent,
    RetryAfter,
    SendResult,
    Text,
)

CONNECTIONS = 3  # at once: as many as the strictest of the large providers takes


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSender:
    """Meets `ports.Sender` for one mailbox. `read_blob` gives a file by its SHA-256; may block."""

    address: str  # the support address
    desk_name: str
    access: SmtpAccess
    signer: Signer
    drawing: MailDrawing
    read_blob: Callable[[str], bytes]
    clock: Clock
    has_plus_addresses: bool = True
    _lines: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CONNECTIONS))

    async def send(self, delivery: Delivery, begin: Begin) -> SendResult:
        """Sends; a mail that is out can neither be edited nor tapped."""
        if delivery.operation is Operation.ANSWER_TAP:
            return Accepted()
        if delivery.operation is Operation.EDIT:
            return Permanent(reason="a mail can't be changed once it is sent")
        message_id = self._message_id(delivery)
        try:
            recipient = ascii_address(delivery.address.external_id)
            files = [await self._read(file) for file in delivery.attachments]
            raw = build(self._outgoing(delivery, message_id, files))
        except (HeaderRefused, NotFound) as error:
            return Permanent(reason=str(error))
        except Unavailable as error:
            return RetryAfter(seconds=0, reason=str(error))
        async with self._lines:
            sender = self._envelope_from(delivery)
            result = await hand_over(self.access, sender, recipient, raw, begin)
        return Accepted(provider_id=message_id) if isinstance(result, Accepted) else result

    def _message_id(self, delivery: Delivery) -> str:
        random = sha256(f"delivery {delivery.id}".encode()).hexdigest()[:RANDOM_LETTERS]
        return self.signer.message_id(_ticket(delivery), str(delivery.id), random)

    def _envelope_from(self, delivery: Delivery) -> str:
        if not self.has_plus_addresses:
            return self.address
        return self.signer.bounce_address(_ticket(delivery), str(delivery.id))

    def _outgoing(
        self, delivery: Delivery, message_id: str, files: Sequence[Attachment]
    ) -> Outgoing:
        drawn = self.drawing.draw(delivery.body, delivery.language)
        has_token = self.has_plus_addresses and delivery.ticket_id is not None
        return Outgoing(
            sender=Address(self._signed_name(delivery), self.address),
            to=(Address("", delivery.address.external_id),),
            reply_to=self.signer.reply_address(_ticket(delivery)) if has_token else None,
            subject=_subject(delivery),
            text=drawn.text,
            html=drawn.html,
            attachments=files,
            message_id=message_id,
            in_reply_to=delivery.quoted_id if is_message_id(delivery.quoted_id) else None,
            references=tuple(filter(is_message_id, reversed(delivery.thread))),
            written_at=self.clock.now(),
            automatic="auto-replied" if delivery.is_automatic else None,
            language=delivery.language,
        )

    def _signed_name(self, delivery: Delivery) -> str:
        body = delivery.body
        signature = body.signature if isinstance(body, Text) else ""
        return f"{signature} · {self.desk_name}" if signature else self.desk_name

    async def _read(self, file: Enclosure) -> Attachment:
        content = await asyncio.to_thread(self.read_blob, file.sha256)
        return Attachment(name=file.name, media_type=file.media_type, payload=content)


def _ticket(delivery: Delivery) -> str:
    return str(delivery.ticket_id or 0)


def _subject(delivery: Delivery) -> str:
    subject = reply_subject(delivery.subject)
    tag = f"[#{delivery.ticket_id}]"
    return subject if delivery.ticket_id is None or tag in subject else f"{subject} {tag}"
