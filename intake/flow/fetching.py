"""Files of messages: brought from their channel and stored, or refused with a word about it.

The message is on its timeline before its files are. What does not come is tried for as long as
sends are (`retrying`); then agents see that it is missing, and may have it tried again. While the
database or the disk is away nothing is tried. How a channel hands files over is left to its
`fetch.py`, where bytes lie to `store.blobs`.
"""

import asyncio
from dataclasses import dataclass, replace

import structlog

from intake.bot_entries import changed_by_bot, said_by_bot
from intake.errors import Gone, NotFound, TooBig, is_of_surroundings
from intake.flow.retrying import is_enough, pause_after
from intake.media_types import media_type
from intake.ports import Blobs, Clock, Fetch, Fetcher, Files, Store
from intake.speech import NewDelivery, Text
from intake.undelivered import without_file
from intake.wording import Wording

BATCH = 4

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """Brings the files of one account. Only the holder of the account's lease may step."""

    files: Files
    fetcher: Fetcher
    blobs: Blobs
    store: Store
    wording: Wording
    clock: Clock
    channel: str
    account: str
    limit_mb: int  # what the channel hands over at most; said to the person
    bot_name: str

    async def recover(self) -> int:
        """What a crashed predecessor was bringing is brought now."""
        return await self.files.release(self.channel, self.account)

    async def step(self) -> int:
        """Bring what waits; returns how many were tried. Raises Unavailable."""
        now = self.clock.now()
        due = await self.files.claim(self.channel, self.account, now, BATCH)
        for fetch in due:
            try:
                await self._bring(fetch)
            except NotFound:  # its message was taken back meanwhile, and with it the file
                log.info("file no longer wanted", id=fetch.file_id)
        return len(due)

    async def _bring(self, fetch: Fetch) -> None:
        try:
            content = await self.fetcher.fetch(fetch.source)
        except TooBig:
            await self._refuse(fetch)
        except Gone as error:
            await self._give_up(fetch, str(error))
        except Exception as error:  # noqa: BLE001 - one file must not stop the others
            await self._put_off(fetch, error)
        else:
            # Where this fails, nothing can be stored.
            sha256 = await asyncio.to_thread(self.blobs.write, content)
            kind = media_type(content, name=fetch.name)
            await self.files.stored(fetch.file_id, sha256, len(content), kind)

    async def _put_off(self, fetch: Fetch, error: Exception) -> None:
        reason = f"{type(error).__name__}: {error}"[:200]
        if is_of_surroundings(error):  # no try of it; once the claim runs out it is due again
            log.warning("file waits", id=fetch.file_id, reason=reason)
            return
        log.warning("file not fetched", id=fetch.file_id, tries=fetch.attempts)
        if is_enough(fetch.attempts):
            await self._give_up(fetch, reason)
        else:
            next_try_at = self.clock.now() + pause_after(fetch.attempts)
            await self.files.postponed(fetch.file_id, reason, next_try_at)

    async def _give_up(self, fetch: Fetch, reason: str) -> None:
        """An agent is to see it; the person, who can't help it, is told nothing."""
        now = self.clock.now()
        async with self.store.work() as work:
            number = await work.fail_file(fetch.file_id, reason)
            ticket, changes = without_file(await work.ticket(number), now)
            for change in changes:
                await work.add_entry(changed_by_bot(ticket.id, change, now, self.bot_name))
            await work.save_ticket(ticket)

    async def _refuse(self, fetch: Fetch) -> None:
        """The person hears of it where the file was sent, and the agent sees that it was said."""
        async with self.store.work() as work:
            ticket = await work.ticket(await work.refuse_file(fetch.file_id, "too big"))
            values = {"name": fetch.name, "limit": self.limit_mb}
            text = self.wording.say("file_too_big", ticket.language, values)
            entry = said_by_bot(ticket.id, text, self.clock.now(), self.bot_name)
            delivery = NewDelivery(
                address=fetch.address,
                body=Text(text=text),
                ticket_id=ticket.id,
                subject=ticket.subject,
                language=ticket.language,
            )
            await work.post(replace(delivery, entry_id=await work.add_entry(entry)))
