"""Messages in agents' chats that tell of entries: what is taken back goes from there, too."""

from collections.abc import Collection, Sequence

from intake.companion.showings import CHANNEL, Relay, Showing
from intake.speech import DeliveryState, Speech
from store import mapping
from store.part import WorkPart
from store.session import Row

REDUCED = """
    SELECT DISTINCT ticket_id FROM entry
    WHERE {among} AND kind = 'change' AND change_what = 'deleted'
"""
RELAYS = """
    SELECT id, state, subject, provider_id, parts FROM delivery
    WHERE ticket_id = $1 AND channel = $2 AND account = $3 AND address = $4
        AND operation = 'send' AND substr(subject, 1, $6) = $5
    ORDER BY id {locked}
"""
# Cards as they once were, and other words of the desk's own that are out.
FORGET = """
    UPDATE delivery SET body = $5
    WHERE ticket_id = $1 AND channel = $2 AND account = $3 AND address = $4
        AND operation IN ('send', 'edit') AND state = 'accepted'
        AND substr(subject, 1, $7) <> $6 AND body <> $5
"""
CHANGE_RELAY = "UPDATE delivery SET body = $2, subject = $3 WHERE id = $1"


class RelayWork(WorkPart):
    async def reduced(self, numbers: Sequence[int]) -> Collection[int]:
        dialect = self._session.dialect
        sql = REDUCED.format(among=dialect.among("ticket_id", 1))
        rows = await self._session.fetch(sql, dialect.listed(numbers))
        return {row["ticket_id"] for row in rows}

    async def relays(self, showing: Showing, mark: str) -> Sequence[Relay]:
        sql = RELAYS.format(locked=self._session.dialect.locked())
        place = (showing.ticket_id, CHANNEL, showing.account, showing.chat)
        return [
            Relay(
                delivery_id=row["id"],
                state=DeliveryState(row["state"]),
                subject=row["subject"],
                messages=tuple(filter(None, [*_parts(row), row["provider_id"]])),
            )
            for row in await self._session.fetch(sql, *place, mark, len(mark))
        ]

    async def forget_others(self, showing: Showing, mark: str, body: Speech) -> None:
        place = (showing.ticket_id, CHANNEL, showing.account, showing.chat)
        words = mapping.speech_to_json(body)
        await self._session.execute(FORGET, *place, words, mark, len(mark))

    async def change_relay(self, relay: Relay, body: Speech, subject: str) -> None:
        words = mapping.speech_to_json(body)
        await self._session.execute(CHANGE_RELAY, relay.delivery_id, words, subject)


def _parts(row: Row) -> Sequence[str]:
    return mapping.words_of(row["parts"]) if row["parts"] else ()
