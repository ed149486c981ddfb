"""The way out to Viber: one delivery becomes one or more messages, with exactly one end.

How it looks is left to `card`, the wire to `client`, pace and retries to `intake.flow.outward`.
What would cost money (outside of the 24 hours after the person's last words) goes only where that
is allowed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from viberbot.api.messages import FileMessage, PictureMessage, TextMessage, VideoMessage

from bots.cutting import split_text
from bots.failures import CallFailed, result_unanswered
from bots.files import FileLinks, text_file
from bots.viber.card import MIN_API_VERSION, Drawing, draw
from bots.viber.refusals import Refused
from bots.viber.terms import MOST_PARTS, SESSION, parts_of
from intake.errors import Unavailable
from intake.ports import Begin, Clock, Hearing
from intake.speech import (
    Accepted,
    Delivery,
    Enclosure,
    Operation,
    Permanent,
    RetryAfter,
    SendResult,
    Unknown,
    UserGone,
)

if TYPE_CHECKING:
    from bots.viber.client import Sent, Viber

LONGEST_BEGINNING = 600  # characters shown above such a file
LONGEST_NAME = 256
LARGEST_PICTURE = 1 << 20  # bytes
LARGEST_VIDEO = 26 << 20
LARGEST_FILE = 50 << 20
CLOSED = "outside of the 24 hours in which an answer is free"
BILLED = 5
# Statuses of Viber's answers ("Error codes" of its REST API).
NOBODY_THERE = (5, 6, 11)  # not registered, not subscribed, no suitable device
ACCOUNT_REFUSED = (2, 7, 9, 10, 15)  # token, blocked, suspended, no webhook, not authorized
TOO_MANY = 12

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class ViberSender:
    """Meets `ports.Sender`. `write_blob` stores a file and gives its SHA-256, and may block."""

    viber: "Viber"
    links: FileLinks
    hearing: Hearing
    write_blob: Callable[[bytes], str]
    clock: Clock
    sends_paid: bool = False

    async def send(self, delivery: Delivery, begin: Begin) -> SendResult:
        match delivery.operation:
            case Operation.SEND:
                return await self._refused(delivery) or await self._send(delivery, begin)
            case Operation.EDIT | Operation.TOPIC | Operation.TAKE_BACK:
                return Permanent(reason="a message can't be changed in Viber")
            case Operation.ANSWER_TAP:
                return Accepted()

    async def _send(self, delivery: Delivery, begin: Begin) -> SendResult:
        try:
            messages = await self._messages(delivery)
        except Unavailable as error:
            return RetryAfter(seconds=0, reason=f"files: {error}")
        if not messages:
            return Permanent(reason="there is nothing to say")
        await begin()
        return await self._walk(delivery.address.external_id, messages)

    async def _refused(self, delivery: Delivery) -> SendResult | None:
        """What never goes, said before anything is sent."""
        large = [file.name for file in delivery.attachments if file.size > LARGEST_FILE]
        if large:
            return Permanent(reason=f"larger than Viber takes: {', '.join(large)}"[:300])
        if self.sends_paid:
            return None
        heard_at = await self.hearing.last_at(delivery.address)
        is_open = heard_at is not None and self.clock.now() - heard_at < SESSION
        return None if is_open else Permanent(reason=CLOSED)

    # what is said

    async def _messages(self, delivery: Delivery) -> list[Any]:
        """Words first, then files; the keyboard comes with the last of them."""
        drawing = draw(delivery.body)
        files = [self._file(file) for file in delivery.attachments]
        parts = parts_of(drawing.text)
        if len(parts) > MOST_PARTS:
            name = f"{delivery.ticket_id or 'message'}.txt"
            whole = await text_file(self.write_blob, name, drawing.text)
            files.insert(0, self._file(whole))
            parts = [split_text(drawing.text, LONGEST_BEGINNING)[0] + "…"]
        texts = [TextMessage(text=part) for part in parts]
        messages = [*texts, *files]
        return [*messages[:-1], *(_with_keyboard(one, drawing) for one in messages[-1:])]

    def _file(self, file: Enclosure) -> Any:
        link = self.links.link(file)
        if file.media_type in ("image/jpeg", "image/png") and file.size <= LARGEST_PICTURE:
            return PictureMessage(media=link, text="")
        if file.media_type == "video/mp4" and file.size <= LARGEST_VIDEO:
            return VideoMessage(media=link, size=file.size)
        return FileMessage(media=link, size=file.size, file_name=file.name[-LONGEST_NAME:])

    # how it goes

    async def _walk(self, receiver: str, messages: Sequence[Any]) -> SendResult:
        """One after the other. What breaks in the middle is neither sent nor unsent: unknown."""
        sent: list[Sent] = []
        for message in messages:
            try:
                sent.append(await self.viber.say(receiver, message))
            except CallFailed as failure:
                if not sent:
                    return result_of(failure)
                arrived = f"{len(sent)} of {len(messages)} messages arrived"
                return Unknown(reason=f"{arrived}, then: {failure}")
        billed = sum(one.billing_status == BILLED for one in sent)
        if billed:
            log.info("messages billed", account=self.viber.account, count=billed)
        return Accepted(
            provider_id=sent[-1].token,
            has_receipts=True,
            reason="charged for (billing_status 5)" if billed else "",
        )


def _with_keyboard(message: Any, drawing: Drawing) -> Any:
    if drawing.keyboard is None:
        return message
    shown = {"keyboard": drawing.keyboard, "min_api_version": MIN_API_VERSION}
    return message.from_dict(shown)


def result_of(failure: CallFailed) -> SendResult:
    """What a failed call means for a message that was to be sent."""
    if not isinstance(failure, Refused):
        return result_unanswered(failure)
    return _result_of_http(failure) if failure.is_http else _result_of_status(failure)


def _result_of_http(refusal: Refused) -> SendResult:
    """Viber itself says 200 to everything: this is a server in between, or trouble."""
    if refusal.status == 413:  # noqa: PLR2004 - RFC 9110: larger than it lets through
        return Permanent(reason=str(refusal))
    is_away = refusal.status < 500 and refusal.status != 429  # noqa: PLR2004
    return RetryAfter(seconds=refusal.retry_after, reason=str(refusal), is_away=is_away)


def _result_of_status(refusal: Refused) -> SendResult:
    reason = str(refusal)
    if refusal.status in NOBODY_THERE:
        return UserGone(reason=reason)
    if refusal.status in ACCOUNT_REFUSED:
        return RetryAfter(seconds=0, reason=reason, is_refused=True)
    if refusal.status == TOO_MANY:  # of this person alone: others need not wait
        return RetryAfter(seconds=0, reason=reason)
    return Permanent(reason=reason)
