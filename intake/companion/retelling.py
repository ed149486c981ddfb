"""Takes out of agents' chats what its writer has taken back, by deleting what carries it.

What else they carried is said once more. Which messages told of which entries stands with each as
its subject.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from intake.companion.ports import CompanionWork
from intake.companion.showings import Relay, Showing
from intake.companion.speaker import Speaker
from intake.companion.telling import Telling, numbered
from intake.speech import DeliveryState, NewDelivery, Operation, Text
from intake.tickets import Entry, EntryKind, Ticket

MARK: Final = "told:"
GONE: Final = Text(text="…")
MOST: Final = 500  # entries that are read again
UNDER_WAY: Final = DeliveryState.SENDING


def mark_of(entry_ids: Sequence[int]) -> str:
    """The subject of a message that tells of these entries."""
    return MARK + ",".join(map(str, entry_ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class Retelling:
    telling: Telling
    speaker: Speaker

    async def retell(
        self, work: CompanionWork, showing: Showing, ticket: Ticket, asked: tuple[str, datetime]
    ) -> tuple[int, bool]:
        """How many messages were posted, and whether something is under way still.

        `asked` is the chat's language, and the moment.
        """
        await work.forget_others(showing, MARK, GONE)
        relays = {relay: _ids_of(relay) for relay in await work.relays(showing, MARK)}
        told = [number for numbers in relays.values() for number in numbers]
        if not told:
            return 0, False
        read = await work.entries_after(ticket.id, min(told) - 1, MOST)
        entries = {entry.id: entry for entry, _ in read}
        stale = {
            relay: [entries[number] for number in numbers if number in entries]
            for relay, numbers in relays.items()
            if any(number in entries and _is_gone(entries[number]) for number in numbers)
        }
        posted = 0
        for relay, its in stale.items():
            if relay.state != UNDER_WAY:
                again = self._again(showing, ticket, its, asked)
                posted += await self._replace(work, relay, again)
        return posted, any(relay.state == UNDER_WAY for relay in stale)

    async def _replace(self, work: CompanionWork, relay: Relay, again: NewDelivery) -> int:
        """What waits still is changed where it is."""
        if relay.state == DeliveryState.WAITING:
            await work.change_relay(relay, again.body, again.subject)
            return 0
        words = replace(again, body=GONE, subject="", operation=Operation.TAKE_BACK)
        for number in relay.messages:
            await work.post(replace(words, target_external_id=number))
        await work.change_relay(relay, words.body, "")
        await work.post(again)
        return len(relay.messages) + 1

    def _again(
        self,
        showing: Showing,
        ticket: Ticket,
        entries: Sequence[Entry],
        asked: tuple[str, datetime],
    ) -> NewDelivery:
        language, now = asked
        words = self.speaker.words("taken_back", language, name=ticket.requester)
        rest = [entry for entry in entries if not _is_gone(entry)]
        told = self.telling.tell([(entry, "") for entry in rest], "-", language, now)
        blocks = [words]
        if told.body is not None:
            blocks += [told.body.signature, told.body.text]
        body = Text(
            text="\n\n".join(filter(None, blocks)),
            files=told.body.files if told.body is not None else (),
        )
        return NewDelivery(
            address=showing.address,
            body=numbered(body, showing),
            ticket_id=ticket.id,
            subject=mark_of(told.entry_ids),
            language=language,
        )


def _ids_of(relay: Relay) -> list[int]:
    return [int(one) for one in relay.subject.removeprefix(MARK).split(",") if one]


def _is_gone(entry: Entry) -> bool:
    if entry.kind is EntryKind.CHANGE:
        return entry.change is not None and entry.change.after == ""
    return entry.kind is EntryKind.MESSAGE and not (entry.text or entry.files)
