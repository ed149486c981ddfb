"""Style, scripts and the icon: read once, served from memory, kept by browsers for good."""

import hashlib
import re
from pathlib import Path
from typing import Final

from aiohttp import web

FOLDER: Final = Path(__file__).resolve().parent / "static"
FOREVER: Final = "public, max-age=31536000, immutable"
IMPORT: Final = re.compile(rb'(from "\./[\w-]+\.js)"')
TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class StaticFiles:
    """Everything in inbox/static under one version: the hash of all of it."""

    def __init__(self, folder: Path = FOLDER) -> None:
        read = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        joined = b"\0".join(name.encode() + b"\0" + content for name, content in read.items())
        self.version = hashlib.sha256(joined).hexdigest()[:12]
        # Modules import one another by the same versioned address that pages use.
        versioned = rb'\1?v=%s"' % self.version.encode()
        self._files = {name: IMPORT.sub(versioned, content) for name, content in read.items()}

    def address(self, name: str) -> str:
        if name not in self._files:
            raise KeyError(name)
        return f"/static/{name}?v={self.version}"

    async def show(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        content = self._files.get(name)
        if content is None:
            raise web.HTTPNotFound
        is_current = request.query.get("v") == self.version
        return web.Response(
            body=content,
            content_type=TYPES.get(Path(name).suffix, "application/octet-stream"),
            charset="utf-8",
            headers={"Cache-Control": FOREVER if is_current else "no-cache"},
        )
