"""The way out to Telegram: one delivery becomes one or more calls, with exactly one end.

How it looks is left to `card`, the wire to `client`, pace and retries to `intake.flow.outward`.
A receipt's provider id is the number of the last message that carries the words: it holds the
buttons, it is the one to be edited, and the one a tap comes from.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import structlog

from bots.bot_markup import Run, plain, units
from bots.bot_refusals import Refused
from bots.bot_results import NOT_MODIFIED, again_if_unclear, result_of
from bots.bot_split import LONGEST_CAPTION, split_runs
from bots.bot_uploads import (
    LARGEST_UPLOAD,
    Group,
    Upload,
    as_documents,
    grouped,
    may_be_documents,
    text_upload,
    upload_of,
)
from bots.cutting import split_text
from bots.failures import CallFailed
from bots.telegram.card import Drawing, Rows, draw
from bots.telegram.terms import MOST_PARTS
from intake.errors import NotFound, Unavailable
from intake.ports import Begin
from intake.speech import (
    Accepted,
    Delivery,
    Enclosure,
    Link,
    Operation,
    Permanent,
    RetryAfter,
    SendResult,
    Unknown,
)

if TYPE_CHECKING:
    from bots.telegram.client import Telegram

LONGEST_BEGINNING = 600  # UTF-16 units shown below such a file
LONGEST_TAP_ANSWER = 200
LONGEST_WAIT = 30.0  # seconds to wait between two parts rather than leave a message half sent
_ABOUT_BUTTONS = "button"  # in the words with which Telegram refuses one
_Result = TypeVar("_Result")
_NOTHING = Drawing(runs=())

log = structlog.get_logger()


class Step(NamedTuple):
    """One call that puts messages into the chat; gives the number of the last."""

    call: Callable[[], Awaitable[int]]
    carries_words: bool


@dataclass(frozen=True, slots=True)
class Target:
    """The chat, and the message there that is answered."""

    chat_id: int
    quoted_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSender:
    """Meets `ports.Sender`. `read_blob` gives a stored file by its SHA-256, and may block."""

    telegram: "Telegram"
    read_blob: Callable[[str], bytes]
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def send(self, delivery: Delivery, begin: Begin) -> SendResult:
        chat_id = _number(delivery.address.external_id)
        if chat_id is None:
            return Permanent(reason="the address is no chat of Telegram's")
        match delivery.operation:
            case Operation.SEND:
                target = Target(chat_id, _quoted(delivery))
                return await self._send(delivery, target, begin)
            case Operation.EDIT:
                return await self._edit(delivery, chat_id)
            case Operation.ANSWER_TAP:
                return await self._answer_tap(delivery)
            case Operation.TOPIC | Operation.TAKE_BACK:
                return Permanent(reason="chats of employees have no topics")

    # new messages

    async def _send(self, delivery: Delivery, target: Target, begin: Begin) -> SendResult:
        large = [file.name for file in delivery.attachments if file.size > LARGEST_UPLOAD]
        if large:
            return Permanent(reason=f"larger than Telegram takes: {', '.join(large)}"[:300])
        try:
            uploads = [await self._read(file) for file in delivery.attachments]
        except Unavailable as error:
            return RetryAfter(seconds=0, reason=f"files: {error}")
        except (NotFound, OSError) as error:
            return Permanent(reason=f"a file is missing: {type(error).__name__}")
        steps = self._steps(delivery, target, uploads)
        if not steps:
            return Permanent(reason="there is nothing to say")
        await begin()
        return await self._walk(steps)

    async def _read(self, file: Enclosure) -> Upload:
        return upload_of(file, await asyncio.to_thread(self.read_blob, file.sha256))

    def _steps(self, delivery: Delivery, target: Target, uploads: Sequence[Upload]) -> list[Step]:
        """Words first, then files; one file with few words is one message."""
        drawing = draw(delivery.body)
        length = units(plain(drawing.runs))
        if len(uploads) == 1 and length <= LONGEST_CAPTION:
            group = (uploads[0],)
            return [Step(partial(self._put, target, group, drawing), carries_words=length > 0)]
        words = self._words(delivery, drawing, target)
        rest = Target(target.chat_id) if words else target
        files = [
            Step(partial(self._put, rest, group, _NOTHING), carries_words=False)
            for group in grouped(uploads)
        ]
        return words + files

    def _words(self, delivery: Delivery, drawing: Drawing, target: Target) -> list[Step]:
        """The text in parts, buttons at the last; a very long one as a file with its beginning."""
        parts = [part for part in split_runs(drawing.runs) if plain(part).strip()]
        if len(parts) > MOST_PARTS:
            file = text_upload(str(delivery.ticket_id or "message"), plain(drawing.runs))
            beginning = (*split_runs(drawing.runs, LONGEST_BEGINNING)[0], Run("…"))
            shown = Drawing(runs=beginning, rows=drawing.rows)
            return [Step(partial(self._put, target, (file,), shown), carries_words=True)]
        steps = []
        for number, part in enumerate(parts, start=1):
            rows = drawing.rows if number == len(parts) else ()
            quoted_id = target.quoted_id if number == 1 else None
            shown = Drawing(runs=part, rows=rows)
            say = partial(self._say, Target(target.chat_id, quoted_id), shown)
            steps.append(Step(say, carries_words=True))
        return steps

    async def _say(self, target: Target, shown: Drawing) -> int:
        async def say(rows: Rows) -> int:
            return await self.telegram.say(target.chat_id, shown.html, rows, target.quoted_id)

        return await _linked_if_taken(say, shown.rows)

    async def _put(self, target: Target, group: Group, shown: Drawing) -> int:
        """Files. What Telegram does not like as a photo or a voice goes as a document."""
        try:
            return await self._put_as_is(target, group, shown)
        except Refused as refusal:
            if not may_be_documents(group, refusal):
                raise
        return await self._put_as_is(target, as_documents(group), shown)

    async def _put_as_is(self, target: Target, group: Group, shown: Drawing) -> int:
        chat_id, quoted_id = target.chat_id, target.quoted_id
        if len(group) > 1:
            return await self.telegram.send_album(chat_id, group, quoted_id)
        return await self.telegram.send_file(chat_id, group[0], shown.html, shown.rows, quoted_id)

    async def _walk(self, steps: Sequence[Step]) -> SendResult:
        """One after the other. What breaks in the middle is neither sent nor unsent: unknown."""
        words_id, last_id = 0, 0
        for number, step in enumerate(steps):
            try:
                last_id = await self._call(step, is_first=number == 0)
            except CallFailed as failure:
                if number == 0:
                    return result_of(failure)
                arrived = f"{number} of {len(steps)} messages arrived"
                return Unknown(reason=f"{arrived}, then: {failure}")
            words_id = last_id if step.carries_words else words_id
        return Accepted(provider_id=str(words_id or last_id))

    async def _call(self, step: Step, *, is_first: bool) -> int:
        try:
            return await step.call()
        except Refused as refusal:
            if is_first or not 0 < refusal.retry_after <= LONGEST_WAIT:
                raise
            await self.pause(refusal.retry_after)
        return await step.call()

    # what may be repeated without harm: an unclear end means "again"

    async def _edit(self, delivery: Delivery, chat_id: int) -> SendResult:
        message_id = _number(delivery.target_provider_id)
        if message_id is None:
            return Permanent(reason="the message to edit has no number")
        drawing = draw(delivery.body)
        if len(split_runs(drawing.runs)) != 1:
            return Permanent(reason="too long for the one message that is edited")

        async def rewrite(rows: Rows) -> None:
            await self.telegram.rewrite(chat_id, message_id, drawing.html, rows)

        try:
            await _linked_if_taken(rewrite, drawing.rows)
        except CallFailed as failure:
            if isinstance(failure, Refused) and NOT_MODIFIED in failure.description.lower():
                return Accepted(provider_id=delivery.target_provider_id)
            return again_if_unclear(result_of(failure))
        return Accepted(provider_id=delivery.target_provider_id)

    async def _answer_tap(self, delivery: Delivery) -> SendResult:
        """Telegram forgets a tap after a while ("query is too old"): permanent, and no harm."""
        text = plain(draw(delivery.body).runs)
        shown = next(iter(split_text(text, LONGEST_TAP_ANSWER, units)), "").strip()
        try:
            await self.telegram.answer_tap(delivery.target_external_id, shown)
        except CallFailed as failure:
            return again_if_unclear(result_of(failure))
        return Accepted()


async def _linked_if_taken(call: Callable[[Rows], Awaitable[_Result]], rows: Rows) -> _Result:
    """Telegram refuses addresses it can't reach: rather a card without its form than none."""
    try:
        return await call(rows)
    except Refused as refusal:
        unlinked = tuple(
            kept
            for row in rows
            if (kept := tuple(button for button in row if not isinstance(button, Link)))
        )
        if unlinked == rows or _ABOUT_BUTTONS not in refusal.description.lower():
            raise
    # Telegram's words hold the address, which nobody may read in a log.
    log.warning("form link refused, the card goes without it")
    return await call(unlinked)


def _quoted(delivery: Delivery) -> int | None:
    """An agent's answer shows what it answers, which may be days old; the bot speaks at once."""
    return None if delivery.is_automatic else _number(delivery.quoted_id)


def _number(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
