"""The way out to Messenger and Instagram: a delivery becomes messages, with exactly one end.

How it looks is left to `card`, the wire to `client`, pace and retries to `intake.flow.outward`.
Meta takes answers for a day after the person's last words; what an agent wrote goes for a week
where the app has the feature for that.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bots.failures import CallFailed, result_unanswered
from bots.files import FileLinks, text_file
from bots.meta.card import draw
from bots.meta.events import INSTAGRAM, MESSENGER
from bots.meta.refusals import PROOF, Refused
from bots.meta.terms import HUMAN_WINDOW, MOST_PARTS, WINDOW, parts_of
from bots.shape import Json
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
    from bots.meta.client import Graph

CLOSED = "outside of the time in which Meta takes an answer"
LARGEST_PICTURE = 8_000_000  # bytes
LARGEST_OTHER = 25_000_000

# Codes of Meta's errors, some with a subcode ("Error codes" of the Messenger Platform).
WINDOW_CLOSED = (10, 2018278)
THREAD_TAKEN = (10, 2018300)  # another app of the Page has the chat; this one alone
NOBODY_THERE = ((100, 2018001), (200, 1545041), (200, 2018108))
NOT_NOW = 551  # the person takes nothing
LATER = (1, 2, 4, 17, 32, 613, 80006)  # trouble of Meta's own, or too many
ACCOUNT_REFUSED = (10, 102, 190, 200, 368, 2635)  # token, permission, restricted Page, version


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """The files that one of the two takes."""

    pictures: tuple[str, ...]  # media types that go as such; all else goes as a link
    others: tuple[str, ...]  # beginnings of media types


PLATFORMS = {
    MESSENGER: Platform(
        pictures=("image/jpeg", "image/png", "image/gif"),
        others=("",),
    ),
    INSTAGRAM: Platform(
        pictures=("image/jpeg", "image/png", "image/gif"),
        others=("audio/", "video/", "application/pdf"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaSender:
    """Meets `ports.Sender`. `write_blob` stores a file and gives its SHA-256, and may block."""

    graph: "Graph"
    links: FileLinks
    hearing: Hearing
    write_blob: Callable[[bytes], str]
    clock: Clock
    has_human_agent: bool = False  # the app may use the tag of that name

    async def send(self, delivery: Delivery, begin: Begin) -> SendResult:
        match delivery.operation:
            case Operation.SEND:
                return await self._send(delivery, begin)
            case Operation.EDIT | Operation.TOPIC | Operation.TAKE_BACK:
                return Permanent(reason="a message can't be changed there")
            case Operation.ANSWER_TAP:
                return Accepted()

    async def _send(self, delivery: Delivery, begin: Begin) -> SendResult:
        manner = await self._manner(delivery)
        if manner is None:
            return Permanent(reason=CLOSED)
        try:
            messages = await self._messages(delivery)
        except Unavailable as error:
            return RetryAfter(seconds=0, reason=f"files: {error}")
        if not messages:
            return Permanent(reason="there is nothing to say")
        await begin()
        about = {"recipient": {"id": delivery.address.external_id}, **manner}
        marks = ["more"] * (len(messages) - 1) + ["last"]
        return await self._walk(
            [
                {**about, "message": {**message, "metadata": f"firstline:{delivery.id}:{mark}"}}
                for message, mark in zip(messages, marks, strict=True)
            ]
        )

    async def _manner(self, delivery: Delivery) -> Json | None:
        """As what Meta is to take it now; None where it takes nothing any more."""
        heard_at = await self.hearing.last_at(delivery.address)
        since = HUMAN_WINDOW if heard_at is None else self.clock.now() - heard_at
        if since < WINDOW:
            return {"messaging_type": "RESPONSE"}
        if self.has_human_agent and not delivery.is_automatic and since < HUMAN_WINDOW:
            return {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
        return None

    # what is said

    async def _messages(self, delivery: Delivery) -> list[Json]:
        """Words first, then files; but quick replies below all of it."""
        platform = PLATFORMS[self.graph.channel]
        drawing = draw(delivery.body, self.graph.channel)
        parts = parts_of(drawing.text, self.graph.channel)
        files = list(delivery.attachments)
        if len(parts) > MOST_PARTS and not delivery.is_automatic:
            name = f"{delivery.ticket_id or 'message'}.txt"
            files.insert(0, await text_file(self.write_blob, name, drawing.text))
            parts = parts[:1]
        messages: list[Json] = [{"text": part} for part in parts]
        enclosed = [self._file(file, platform) for file in files]
        if not messages or not drawing.replies:
            return [*messages, *enclosed]
        last = {**messages[-1], "quick_replies": list(drawing.replies)}
        return [*messages[:-1], *enclosed, last]  # the replies would vanish below a file

    def _file(self, file: Enclosure, platform: Platform) -> Json:
        """As itself where the platform takes it, else as a link to it."""
        link = self.links.link(file)
        kind = _kind_of(file, platform)
        if not kind:
            return {"text": f"{file.name}\n{link}"}
        return {"attachment": {"type": kind, "payload": {"url": link, "is_reusable": False}}}

    # how it goes

    async def _walk(self, wishes: Sequence[Json]) -> SendResult:
        """One after the other. What breaks in the middle is neither sent nor unsent: unknown."""
        sent: list[str] = []
        for wish in wishes:
            try:
                sent.append(await self.graph.say(wish))
            except CallFailed as failure:
                if not sent:
                    return result_of(failure)
                arrived = f"{len(sent)} of {len(wishes)} messages arrived"
                return Unknown(reason=f"{arrived}, then: {failure}", parts=tuple(sent))
        return Accepted(provider_id=sent[-1], parts=tuple(sent[:-1]), has_receipts=True)


def _kind_of(file: Enclosure, platform: Platform) -> str:
    if file.media_type in platform.pictures and file.size <= LARGEST_PICTURE:
        return "image"
    if file.size > LARGEST_OTHER or not file.media_type.startswith(platform.others):
        return ""
    major = file.media_type.partition("/")[0]
    return major if major in ("audio", "video") else "file"


def result_of(failure: CallFailed) -> SendResult:
    """What a failed call means for a message that was to be sent."""
    if not isinstance(failure, Refused):
        return result_unanswered(failure)
    return _result_of_refusal(failure)


def _result_of_refusal(refusal: Refused) -> SendResult:
    reason, named = str(refusal), (refusal.number, refusal.detail)
    if named == WINDOW_CLOSED:
        return Permanent(reason=CLOSED)
    if named in NOBODY_THERE or refusal.number == NOT_NOW:
        return UserGone(reason=reason)
    if refusal.is_passing or refusal.number in LATER:
        return RetryAfter(seconds=refusal.retry_after, reason=reason)
    if (refusal.number in ACCOUNT_REFUSED and named != THREAD_TAKEN) or PROOF in reason:
        return RetryAfter(seconds=0, reason=reason, is_refused=True)
    return Permanent(reason=reason)
