"""The page of a link between a chat and a person: what it is, and the one tap that settles it.

Whoever opens its address was told of the link by mail; opening alone does nothing, since mail
servers open what they find. What becomes of it is left to the core.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from intake.errors import NotFound
from intake.linking.service import Links
from intake.posted_forms import read_body

PATH: Final = "/link/{token}"
BODY_LIMIT: Final = 1000
LONGEST_TOKEN: Final = 64
GONE: Final = 404

Draw = Callable[[web.Request, str, str, Mapping[str, Any]], web.Response]  # template, language


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    links: Links
    draw: Draw

    async def show(self, request: web.Request) -> web.Response:
        number, key = _named(request)
        try:
            told = await self.links.told(number, key)
        except NotFound:
            return self._done(request, "en", "link_over", GONE)
        if not (told.link.is_asked or told.link.is_live):
            return self._done(request, told.language, "link_over")
        values = {"link": told.link, "agent": told.link.by, "channel": told.channel}
        return self.draw(request, "link", told.language, values)

    async def take(self, request: web.Request) -> web.Response:
        number, key = _named(request)
        body = await request.clone(client_max_size=BODY_LIMIT).read()
        form = read_body(body, request.headers.get("Content-Type", ""))
        try:
            told = await self.links.told(number, key)
            done = await self.links.answer(number, key, is_so=form.text("answer") == "yes")
        except NotFound:
            return self._done(request, "en", "link_over", GONE)
        return self._done(request, told.language, done)

    def _done(
        self, request: web.Request, language: str, done: str, status: int = 200
    ) -> web.Response:
        page = self.draw(request, "linked", language, {"done": done})
        page.set_status(status)
        return page


def _named(request: web.Request) -> tuple[int, str]:
    """0 for what is no link of ours."""
    number, _, key = request.match_info["token"][:LONGEST_TOKEN].partition(".")
    is_number = number.isascii() and number.isdecimal() and len(number) <= 18  # noqa: PLR2004
    return (int(number) if is_number else 0), key
