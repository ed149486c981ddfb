"""The topic of each ticket: made right before its first message, renamed, closed, opened again.

That one is about to be made is noted before: where the process dies in between, or no answer
comes, Telegram's own news of the topic tells its number (`intake.companion.groups`). What is said
in a topic is left to `send`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bots.agents.card import draw
from bots.agents.places import Place, Places, Spot
from bots.bot_markup import plain
from bots.bot_refusals import Moved, Refused
from bots.bot_results import NOT_MODIFIED, again_if_unclear, result_of
from bots.failures import CallFailed, NotSent
from intake.companion.showings import MAKING, WITHOUT
from intake.speech import Accepted, Delivery, SendResult

if TYPE_CHECKING:
    from bots.agents.client import AgentsTelegram

NO_TOPIC = ("thread not found", "topic_id_invalid", "topic_deleted")
SAME_ALREADY = (NOT_MODIFIED, "topic_not_modified")
_PROMPTS = ("reply", "note")
_BAD_REQUEST = 400

log = structlog.get_logger()


class PerhapsMade(CallFailed):
    """A topic was being made when the process ended: whether it is there is told soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    telegram: "AgentsTelegram"
    places: Places
    count: Callable[[str], None]

    async def spot(self, delivery: Delivery, chat_id: int) -> tuple[Place | None, Spot]:
        """Where to say it, in a topic that is made for it where there may be one."""
        place, topic = None, next(iter(delivery.thread), "")
        if delivery.ticket_id is not None:
            place = await self.places.of(str(chat_id), delivery.ticket_id)
            topic = place.topic if place is not None else topic
        if place is not None and topic == MAKING:
            await self.places.set_topic(place.showing_id, "", place.name)
            raise PerhapsMade("its topic was perhaps made")
        if place is not None and topic == "" and self._has_topics(chat_id):
            self.count(str(chat_id))
            topic = await self.make(chat_id, place)
        spot = Spot(
            chat_id=chat_id,
            topic=as_number(topic),
            quoted_id=as_number(delivery.quoted_id),
            asks=delivery.subject in _PROMPTS,
        )
        return place, spot

    def _has_topics(self, chat_id: int) -> bool:
        return chat_id < 0 or self.telegram.has_topics

    async def make(self, chat_id: int, place: Place) -> str:
        """Its number; WITHOUT in a chat that has none, or does not let us make one."""
        await self.places.set_topic(place.showing_id, MAKING, place.name)
        try:
            topic = str(await self.telegram.create_topic(chat_id, place.name or "…"))
        except (Refused, NotSent) as failure:  # surely not made
            is_without = isinstance(failure, Refused) and failure.status == _BAD_REQUEST
            if isinstance(failure, Moved) or not is_without:
                await self.places.set_topic(place.showing_id, "", place.name)
                raise
            log.warning("no topic made", chat=chat_id, reason=str(failure))
            topic = WITHOUT
        await self.places.set_topic(place.showing_id, topic, place.name)
        return topic

    async def change(self, delivery: Delivery, chat_id: int) -> SendResult:
        place = await self.places.of(str(chat_id), delivery.ticket_id or 0)
        topic = as_number(place.topic) if place is not None else 0
        if place is None or not topic:
            return Accepted()  # it was deleted since, or never was
        try:
            await self._call(delivery, chat_id, topic)
        except Moved:
            raise
        except CallFailed as failure:
            if is_about(failure, NO_TOPIC):
                await self.places.lose_topic(place.showing_id, 0)
            elif not is_about(failure, SAME_ALREADY):
                return again_if_unclear(result_of(failure))
        return Accepted()

    async def _call(self, delivery: Delivery, chat_id: int, topic: int) -> None:
        match delivery.subject:
            case "close":
                await self.telegram.close_topic(chat_id, topic)
            case "open":
                await self.telegram.reopen_topic(chat_id, topic)
            case _:
                name = plain(draw(delivery.body).runs)
                await self.telegram.rename_topic(chat_id, topic, name)


def is_about(failure: CallFailed, words: Sequence[str]) -> bool:
    return isinstance(failure, Refused) and any(
        word in failure.description.lower() for word in words
    )


def as_number(text: str) -> int:
    """0 where it is none, such as WITHOUT."""
    try:
        return int(text)
    except ValueError:
        return 0
