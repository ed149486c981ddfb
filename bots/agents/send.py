"""The way out to agents: one delivery becomes one or more calls, with exactly one end.

A ticket has a topic of its own wherever the chat has topics (`topics`), which is made anew where
somebody has deleted it. How it looks is left to `card`, the wire to `client`, pace and retries to
`intake.flow.outward`. Each call beyond the first is counted by `count`, since a group takes only
so many in a minute.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from bots.agents.card import Drawing, draw, without_links
from bots.agents.places import Place, Places, Spot
from bots.agents.topics import NO_TOPIC, SAME_ALREADY, Topics, as_number, is_about
from bots.bot_markup import plain, to_html
from bots.bot_markup import units as units_of
from bots.bot_refusals import Moved, Refused
from bots.bot_results import again_if_unclear, result_of
from bots.bot_split import LONGEST_CAPTION, split_runs
from bots.bot_uploads import (
    LARGEST_UPLOAD,
    Group,
    Upload,
    as_documents,
    grouped,
    may_be_documents,
    upload_of,
)
from bots.cutting import split_text
from bots.failures import CallFailed
from intake.companion.showings import ANYBODY
from intake.errors import NotFound, Unavailable
from intake.ports import Begin
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
    from bots.agents.client import AgentsTelegram

LONGEST_TAP_ANSWER = 200
MOST_IN_A_MINUTE = 16  # calls to a group; a topic that is made anew is two more
_NO_MESSAGE = (
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    *NO_TOPIC,
)
_TOO_LATE = ("can't be deleted",)
_ABOUT_BUTTONS = ("button", "url")  # Telegram takes no address that only this network reaches
_NOTHING = Drawing(runs=())

Step = Callable[[Spot], Awaitable[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSender:
    """Meets `ports.Sender`. `read_blob` gives a stored file by its SHA-256, and may block."""

    telegram: "AgentsTelegram"
    places: Places
    read_blob: Callable[[str], bytes]
    count: Callable[[str], None]
    noted: Callable[[str], int] = lambda _: 0  # calls to a chat in the last minute, with this one

    @property
    def topics(self) -> Topics:
        return Topics(telegram=self.telegram, places=self.places, count=self.count)

    async def send(self, delivery: Delivery, begin: Begin) -> SendResult:
        chat_id = as_number(delivery.address.external_id)
        if chat_id == 0:
            return Permanent(reason="the address is no chat of Telegram's")
        if delivery.operation is Operation.ANSWER_TAP:
            return await self._answer_tap(delivery)
        if not await self._may_go(delivery, chat_id):
            return Permanent(reason="the chat is no agent's any more")
        try:
            result = await self._send(delivery, chat_id, begin)
        except Moved as moved:  # surely nothing was done: once more, there
            self.count(str(moved.chat_id))
            await self.places.move(delivery.address.external_id, str(moved.chat_id))
            address = replace(delivery.address, external_id=str(moved.chat_id))
            return await self._again(replace(delivery, address=address), moved.chat_id, begin)
        if isinstance(result, UserGone):
            await self.places.leave(delivery.address.external_id)
        return result

    async def _may_go(self, delivery: Delivery, chat_id: int) -> bool:
        """Asked right before: what has waited must not come to one who has been removed since."""
        if chat_id < 0 or delivery.subject == ANYBODY:
            return True
        return await self.places.is_agents(delivery.address.external_id)

    async def _again(self, delivery: Delivery, chat_id: int, begin: Begin) -> SendResult:
        try:
            return await self._send(delivery, chat_id, begin)
        except Moved as moved:
            return RetryAfter(seconds=0, reason=str(moved))

    async def _send(self, delivery: Delivery, chat_id: int, begin: Begin) -> SendResult:
        if delivery.operation is Operation.EDIT:
            return await self._edit(delivery, chat_id)
        if delivery.operation is Operation.TAKE_BACK:
            return await self._take_back(delivery, chat_id)
        if delivery.operation is Operation.TOPIC:
            return await self.topics.change(delivery, chat_id)
        return await self._say(delivery, chat_id, begin)

    # new messages

    async def _say(self, delivery: Delivery, chat_id: int, begin: Begin) -> SendResult:
        try:
            uploads = [await self._read(file) for file in delivery.attachments]
        except Unavailable as error:
            return RetryAfter(seconds=0, reason=f"files: {error}")
        except (NotFound, OSError) as error:
            return Permanent(reason=f"a file is missing: {type(error).__name__}")
        steps = self._steps(draw(delivery.body), uploads)
        refused = self._refused(delivery, chat_id, (len(steps), uploads))
        if refused is not None:
            return refused
        try:
            place, spot = await self.topics.spot(delivery, chat_id)
        except Moved:
            raise
        except CallFailed as failure:  # no topic was made, or perhaps one
            return again_if_unclear(result_of(failure))
        await begin()
        return await self._walk(delivery, steps, (place, spot))

    def _refused(
        self, delivery: Delivery, chat_id: int, wanted: tuple[int, Sequence[Upload]]
    ) -> SendResult | None:
        """What can't go at all, or not in this minute: each file of an album counts."""
        step_count, uploads = wanted
        if not step_count or any(file.size > LARGEST_UPLOAD for file in delivery.attachments):
            return Permanent(reason="there is nothing to say, or a file is too large")
        calls = step_count + sum(len(group) - 1 for group in grouped(uploads))
        is_full = self.noted(str(chat_id)) - 1 + calls > MOST_IN_A_MINUTE
        return RetryAfter(seconds=0, reason="its minute is full") if is_full else None

    async def _read(self, file: Enclosure) -> Upload:
        return upload_of(file, await asyncio.to_thread(self.read_blob, file.sha256))

    def _steps(self, drawing: Drawing, uploads: Sequence[Upload]) -> list[Step]:
        """Words first, then files; one file with few words is one message."""
        length = units_of(plain(drawing.runs))
        if len(uploads) == 1 and length <= LONGEST_CAPTION:
            return [partial(self._put, (uploads[0],), drawing)]
        parts = [part for part in split_runs(drawing.runs) if plain(part).strip()]
        words: list[Step] = [
            partial(
                self._put_words,
                Drawing(runs=part, rows=drawing.rows if number == len(parts) else ()),
            )
            for number, part in enumerate(parts, start=1)
        ]
        return words + [partial(self._put, group, _NOTHING) for group in grouped(uploads)]

    async def _put_words(self, drawing: Drawing, spot: Spot) -> int:
        html = to_html(drawing.runs)
        try:
            return await self.telegram.say(spot, html, drawing.rows)
        except Refused as refusal:
            rows = without_links(drawing.rows)
            if rows == drawing.rows or not is_about(refusal, _ABOUT_BUTTONS):
                raise
        self.count(str(spot.chat_id))
        return await self.telegram.say(spot, html, rows)

    async def _put(self, group: Group, drawing: Drawing, spot: Spot) -> int:
        """Files. What Telegram does not like as a photo or a voice goes as a document."""
        try:
            return await self._put_as_is(group, drawing, spot)
        except Refused as refusal:
            if not may_be_documents(group, refusal):
                raise
        self.count(str(spot.chat_id))
        return await self._put_as_is(as_documents(group), drawing, spot)

    async def _put_as_is(self, group: Group, drawing: Drawing, spot: Spot) -> int:
        if len(group) > 1:
            for _ in group[1:]:  # each of an album counts
                self.count(str(spot.chat_id))
            return await self.telegram.send_album(spot, group)
        return await self.telegram.send_file(spot, group[0], to_html(drawing.runs), drawing.rows)

    async def _walk(
        self, delivery: Delivery, steps: Sequence[Step], where: tuple[Place | None, Spot]
    ) -> SendResult:
        """One after the other. What breaks in the middle is neither sent nor unsent: unknown."""
        place, spot = where
        sent: list[int] = []
        for step in steps:
            if sent:
                self.count(str(spot.chat_id))
            try:
                spot = await self._step(delivery, step, (place, spot), sent)
            except Moved:
                if sent:
                    return _broken_off(sent, len(steps), "the group has moved")
                raise
            except CallFailed as failure:
                if sent:
                    return _broken_off(sent, len(steps), str(failure))
                return result_of(failure)
            spot = replace(spot, quoted_id=0)
        return Accepted(provider_id=str(sent[-1]), parts=tuple(map(str, sent[:-1])))

    async def _step(
        self, delivery: Delivery, step: Step, where: tuple[Place | None, Spot], sent: list[int]
    ) -> Spot:
        """Where the topic is gone it is made anew, once."""
        place, spot = where
        try:
            sent.append(await step(spot))
        except Refused as refusal:
            if place is None or not spot.topic or not is_about(refusal, NO_TOPIC):
                raise
            await self.places.lose_topic(place.showing_id, delivery.id)
            self.count(str(spot.chat_id))
            topic = await self.topics.make(spot.chat_id, place)
            spot = replace(spot, topic=as_number(topic), quoted_id=0)
            self.count(str(spot.chat_id))
            sent.append(await step(spot))
        return spot

    # what may be repeated without harm: an unclear end means "again"

    async def _edit(self, delivery: Delivery, chat_id: int) -> SendResult:
        message_id = as_number(delivery.target_provider_id)
        drawing = draw(delivery.body)
        if not message_id or len(split_runs(drawing.runs)) != 1:
            return Permanent(reason="no message to edit, or too long for one")
        try:
            await self._rewrite(chat_id, message_id, drawing)
        except Moved:
            raise
        except CallFailed as failure:
            if is_about(failure, SAME_ALREADY):
                return Accepted(provider_id=delivery.target_provider_id)
            if is_about(failure, _NO_MESSAGE) and delivery.target_id is not None:
                await self.places.lose_card(delivery.address.external_id, delivery.target_id)
            return again_if_unclear(result_of(failure))
        return Accepted(provider_id=delivery.target_provider_id)

    async def _take_back(self, delivery: Delivery, chat_id: int) -> SendResult:
        """Telegram has it deleted within two days; later its words go, and its files stay."""
        number = as_number(delivery.target_external_id)
        try:
            await self.telegram.delete(chat_id, number)
        except Moved:
            raise
        except CallFailed as failure:
            if not is_about(failure, _TOO_LATE):
                is_gone = is_about(failure, _NO_MESSAGE)
                return Accepted() if is_gone else again_if_unclear(result_of(failure))
            self.count(str(chat_id))
            return await self._edit(replace(delivery, target_provider_id=str(number)), chat_id)
        return Accepted()

    async def _rewrite(self, chat_id: int, message_id: int, drawing: Drawing) -> None:
        html = to_html(drawing.runs)
        try:
            await self.telegram.rewrite(chat_id, message_id, html, drawing.rows)
        except Refused as refusal:
            rows = without_links(drawing.rows)
            if rows == drawing.rows or not is_about(refusal, _ABOUT_BUTTONS):
                raise
            self.count(str(chat_id))
            await self.telegram.rewrite(chat_id, message_id, html, rows)

    async def _answer_tap(self, delivery: Delivery) -> SendResult:
        """Telegram forgets a tap after a while ("query is too old"): permanent, and no harm."""
        text = plain(draw(delivery.body).runs)
        shown = next(iter(split_text(text, LONGEST_TAP_ANSWER, units_of)), "").strip()
        try:
            await self.telegram.answer_tap(delivery.target_external_id, shown)
        except CallFailed as failure:
            return again_if_unclear(result_of(failure))
        return Accepted()


def _broken_off(sent: Sequence[int], count: int, why: str) -> SendResult:
    parts = tuple(map(str, sent))
    return Unknown(reason=f"{len(sent)} of {count} messages arrived, then: {why}", parts=parts)
