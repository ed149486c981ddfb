"""Awaiting to the end what must not be torn: the begin, commit and rollback of a transaction."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


async def to_the_end(action: Awaitable[T]) -> T:
    """Await `action` whatever happens; a cancellation that came meanwhile is raised after it.

    A torn BEGIN or COMMIT would leave the connection in a state that nobody knows.
    """
    future = asyncio.shield(action)
    cancellation: asyncio.CancelledError | None = None
    while not future.done():
        try:
            await asyncio.wait([future])
        except asyncio.CancelledError as error:
            cancellation = error
    if cancellation is None:
        return future.result()
    if not future.cancelled():
        future.exception()  # seen, so that asyncio does not complain of it
    raise cancellation
