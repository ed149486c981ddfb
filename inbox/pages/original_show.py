"""A mail as it came, for an agent who wants to see all of it: a download, never shown."""

import asyncio
from functools import partial

from aiohttp import web

from inbox.keys import DISK, SERVICES
from inbox.pages.file_show import POLICY, disposition


async def show(request: web.Request) -> web.Response:
    """Named by its SHA-256, which nobody guesses. Raises NotFound."""
    sha256 = request.match_info["sha256"]
    content = await asyncio.get_running_loop().run_in_executor(
        request.app[DISK], partial(request.app[SERVICES].blobs.read, sha256)
    )
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "private, no-store",
        "Content-Disposition": disposition(f"{sha256[:12]}.eml", is_inline=False),
    }
    return web.Response(body=content, content_type="application/octet-stream", headers=headers)
