"""Groups of agents: where they have moved to, and which let us in no more."""

from collections.abc import Mapping, Sequence

from intake.companion.showings import CHANNEL, MAKING, WITHOUT
from store.keys import keyed
from store.listing import LIVE
from store.part import WorkPart

MOVE = """
    UPDATE showing SET chat = $3, topic = '', card_id = NULL, card_mark = '',
        is_behind = true, next_at = 0
    WHERE account = $1 AND chat = $2
"""
MOVE_DELIVERIES = """
    UPDATE delivery SET address = $4 WHERE channel = $1 AND account = $2 AND address = $3
        AND state IN ('waiting', 'sending')
"""
NOTE_MOVED = """
    INSERT INTO cursor (name, position) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET position = excluded.position
"""
NAMED = "SELECT name, position FROM cursor WHERE substr(name, 1, $2) = $1"
# Anybody may add the bot to a group and put it out again: only those count that show tickets.
NOTE_CLOSED = """
    INSERT INTO cursor (name, position)
    SELECT $1, $3 WHERE EXISTS (SELECT 1 FROM showing WHERE account = $2 AND chat = $3)
    ON CONFLICT (name) DO NOTHING RETURNING name
"""
FORGET_CLOSED = "DELETE FROM cursor WHERE name = $1 RETURNING name"
# What is shown there is to be shown elsewhere.
UNTELL = f"""
    UPDATE ticket SET is_told = false WHERE {LIVE} AND id IN (
        SELECT ticket_id FROM showing WHERE account = $1 AND chat = $2)
"""  # noqa: S608 - made of constants
# And what has come meanwhile is to be shown there.
UNTELL_OTHERS = f"""
    UPDATE ticket SET is_told = false WHERE {LIVE} AND NOT EXISTS (
        SELECT 1 FROM showing
        WHERE ticket_id = ticket.id AND account = $1 AND agent_id IS NULL)
"""  # noqa: S608 - made of constants
LOOK_AGAIN = "UPDATE showing SET is_behind = true, next_at = 0 WHERE account = $1 AND chat = $2"
ADOPT = """
    UPDATE showing SET topic = $4, name = $5, is_closed = false, is_behind = true, next_at = 0
    WHERE account = $1 AND chat = $2 AND ticket_id = $3 AND topic IN ('', $6)
"""
# What was on its way there when it closed has not arrived.
DRAW_AGAIN = f"""
    UPDATE showing SET card_mark = '' WHERE account = $1 AND chat = $2
        AND ticket_id IN (SELECT id FROM ticket WHERE {LIVE})
"""  # noqa: S608 - made of constants
REGAIN = f"""
    UPDATE showing SET topic = '', card_id = NULL, card_mark = '', is_behind = true, next_at = 0
    WHERE account = $1 AND chat = $2 AND topic = $3
        AND ticket_id IN (SELECT id FROM ticket WHERE {LIVE})
"""  # noqa: S608 - made of constants


class AgentGroupWork(WorkPart):
    async def move_chat(self, account: str, before: str, after: str) -> None:
        await self._session.execute(MOVE, account, before, after)
        await self._session.execute(MOVE_DELIVERIES, CHANNEL, account, before, after)
        name = _name(account, "moved", keyed(before))
        await self._session.execute(NOTE_MOVED, name, after)
        self._session.rings |= {"tickets", "outward"}

    async def moved_chats(self, account: str) -> Mapping[str, str]:
        first = _name(account, "moved", "")
        rows = await self._session.fetch(NAMED, first, len(first))
        return {row["name"].removeprefix(first): row["position"] for row in rows}

    async def close_group(self, account: str, chat: str) -> bool:
        name = _name(account, "closed", keyed(chat))
        if await self._session.fetch_one(NOTE_CLOSED, name, account, chat) is None:
            return False
        await self._session.execute(UNTELL, account, chat)
        self._session.rings.add("tickets")
        return True

    async def open_group(self, account: str, chat: str) -> None:
        name = _name(account, "closed", keyed(chat))
        if await self._session.fetch_one(FORGET_CLOSED, name) is not None:
            await self._session.execute(LOOK_AGAIN, account, chat)
            await self._session.execute(DRAW_AGAIN, account, chat)
            await self._session.execute(UNTELL_OTHERS, account)
            self._session.rings.add("tickets")

    async def closed_groups(self, account: str) -> Sequence[str]:
        first = _name(account, "closed", "")
        rows = await self._session.fetch(NAMED, first, len(first))
        return [row["name"].removeprefix(first) for row in rows]

    async def adopt_topic(
        self, account: str, chat: str, number: int, topic: str, name: str
    ) -> None:
        where = (account, chat, number)
        await self._session.execute(ADOPT, *where, keyed(topic), keyed(name), MAKING)
        self._session.rings.add("tickets")

    async def regain_topics(self, account: str, chat: str) -> None:
        """Their cards come once more, each in a topic."""
        await self._session.execute(REGAIN, account, chat, WITHOUT)
        self._session.rings.add("tickets")


def _name(account: str, what: str, chat: str) -> str:
    return f"{CHANNEL}:{account}:{what}:{chat}"
