"""Files of timelines as rows; their bytes lie in `blobs`, bringing them is left to channels."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from intake.errors import Conflict, NotFound
from intake.flow.retrying import LONGEST_PAUSE
from intake.ports import Fetch
from store import mapping
from store.database import Database
from store.moments import to_micros
from store.part import WorkPart, checked_id

FETCH_WITHIN = timedelta(minutes=1)  # then a claimed file is somebody else's to fetch

CLAIM = """
    UPDATE file SET next_try_at = $5
    WHERE id IN (SELECT id FROM file
        WHERE state = 'waiting' AND channel = $1 AND account = $2
            AND (next_try_at <= $3 OR next_try_at > $6)
        ORDER BY next_try_at LIMIT $4 {locked})
    RETURNING id, channel, account, address, source, name, size, attempts
"""
# What was put off says why; it keeps its pause.
RELEASE = """
    UPDATE file SET next_try_at = 0
    WHERE state = 'waiting' AND channel = $1 AND account = $2 AND next_try_at > 0 AND error = ''
"""
# What was taken back while it was on its way stays so: its bytes are named, and go soon.
STORED = """
    UPDATE file SET sha256 = $2, size = $3, media_type = $4, error = '',
        state = CASE WHEN state = 'erased' THEN state ELSE 'stored' END
    WHERE id = $1
"""
REFUSE = "UPDATE file SET state = 'too_big', error = $2 WHERE id = $1 AND state = 'waiting'"
FAIL = "UPDATE file SET state = 'failed', error = $2 WHERE id = $1 AND state = 'waiting'"
RETRY = """
    UPDATE file SET state = 'waiting', attempts = 0, next_try_at = 0, error = ''
    WHERE id = $1 AND state = 'failed'
"""
POSTPONED = """
    UPDATE file SET attempts = attempts + 1, error = $2, next_try_at = $3 WHERE id = $1
"""
TICKET_OF = """
    SELECT entry.ticket_id FROM file JOIN entry ON entry.id = file.entry_id WHERE file.id = $1
"""
LACKING = """
    SELECT 1 FROM file JOIN entry ON entry.id = file.entry_id
    WHERE entry.ticket_id = $1 AND file.state = 'failed' LIMIT 1
"""
ADD_UPLOAD = """
    INSERT INTO file (source, name, media_type, size, state, sha256, next_try_at, error)
    VALUES ('', $1, $2, $3, 'stored', $4, 0, '') RETURNING id
"""


class Files:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self, channel: str, account: str, now: datetime, limit: int
    ) -> Sequence[Fetch]:
        """Files to bring now; for `FETCH_WITHIN` no other call gives them out.

        `attempts` counts this try, but only a failure that is noted stays counted. A file whose
        next try is further ahead than any pause is due: the clock was put back.
        """
        async with self._database.transaction() as session:
            rows = await session.fetch(
                CLAIM.format(locked=session.dialect.locked(skips=True)),
                channel,
                account,
                to_micros(now),
                limit,
                to_micros(now + FETCH_WITHIN),
                to_micros(now + LONGEST_PAUSE),
            )
        fetches = [
            Fetch(
                file_id=row["id"],
                address=mapping.address(row),
                source=row["source"],
                name=row["name"],
                size=row["size"],
                attempts=row["attempts"] + 1,
            )
            for row in rows
        ]
        return sorted(fetches, key=lambda fetch: fetch.file_id)

    async def release(self, channel: str, account: str) -> int:
        """What a crashed predecessor had claimed is due again; returns how many."""
        async with self._database.transaction() as session:
            return await session.execute(RELEASE, channel, account)

    async def stored(self, file_id: int, sha256: str, size: int, media_type: str) -> None:
        await self._change(STORED, file_id, sha256, size, media_type)

    async def postponed(self, file_id: int, reason: str, next_try_at: datetime) -> None:
        await self._change(POSTPONED, file_id, reason, to_micros(next_try_at))

    async def add_upload(self, name: str, media_type: str, size: int, sha256: str) -> int:
        """A file that an agent brings; an entry takes it by its id."""
        async with self._database.transaction() as session:
            rows = await session.fetch(ADD_UPLOAD, name, media_type, size, sha256)
        upload_id: int = rows[0]["id"]
        return upload_id

    async def _change(self, sql: str, file_id: int, *values: object) -> None:
        async with self._database.transaction() as session:
            await session.execute(sql, file_id, *values)
            row = await session.fetch_one(TICKET_OF, file_id)
            if row is not None:
                session.rings.add(f"ticket:{row['ticket_id']}")


class FileWork(WorkPart):
    """What befalls a file together with its ticket."""

    async def refuse_file(self, file_id: int, reason: str) -> int:
        """Too big to be fetched, ever; returns the ticket that it belongs to. Raises NotFound."""
        number = await self._ticket_of(file_id)
        await self._session.execute(REFUSE, file_id, reason)
        return number

    async def fail_file(self, file_id: int, reason: str) -> int:
        """It could not be fetched; returns the ticket that it belongs to. Raises NotFound."""
        number = await self._ticket_of(file_id)
        await self._session.execute(FAIL, file_id, reason)
        return number

    async def retry_file(self, file_id: int) -> int:
        """Failed back to waiting; returns its ticket. Raises NotFound, Conflict."""
        number = await self._ticket_of(checked_id(file_id, "no_file"))
        if not await self._session.execute(RETRY, file_id):
            raise Conflict("stale")
        self._session.rings.add("files")
        return number

    async def lacks_file(self, ticket_id: int) -> bool:
        return await self._session.fetch_one(LACKING, ticket_id) is not None

    async def _ticket_of(self, file_id: int) -> int:
        row = await self._session.fetch_one(TICKET_OF, file_id)
        if row is None:
            raise NotFound("no_file")
        self._session.rings.add(f"ticket:{row['ticket_id']}")
        number: int = row["ticket_id"]
        return number
