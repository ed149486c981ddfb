"""Who serves what, among processes: a name is held by one owner until its time is over.

The database's clock says when that is: a process whose own clock is fast must not keep a lease
from its successors.
"""

from store.database import Database

TAKE = """
    INSERT INTO lease (name, owner, expires_at) VALUES ($1, $2, {now} + $3)
    ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
    WHERE lease.owner = excluded.owner OR lease.expires_at <= {now}
"""
OWNER = "SELECT owner FROM lease WHERE name = $1"
RELEASE = "DELETE FROM lease WHERE name = $1 AND owner = $2"


class Leases:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, name: str, owner: str, within: float) -> bool:
        """Take or renew for `within` seconds; False while another owner holds it."""
        async with self._database.transaction() as session:
            sql = TAKE.format(now=session.dialect.now)
            taken = await session.execute(sql, name, owner, round(within * 1_000_000))
        return taken > 0

    async def release(self, name: str, owner: str) -> None:
        async with self._database.transaction() as session:
            await session.execute(RELEASE, name, owner)

    async def owner(self, name: str) -> str:
        row = await self._database.fetch_one(OWNER, name)
        return str(row["owner"]) if row is not None else ""
