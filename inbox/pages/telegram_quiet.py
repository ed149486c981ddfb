"""Says when nothing new shall come to an agent's Telegram: a span of the day, or never."""

from datetime import time

from aiohttp import web

from inbox.keys import FORM, SESSION
from inbox.pages.telegram_show import ADDRESS, companion_of
from intake.errors import Invalid


async def submit(request: web.Request) -> web.StreamResponse:
    form = request[FORM]
    begins, ends = _time(form.text("from")), _time(form.text("until"))
    if (begins is None) != (ends is None):
        raise Invalid("half_a_span")
    quiet = (begins, ends) if begins is not None and ends is not None else None
    await companion_of(request).set_quiet(request[SESSION].agent, quiet)
    raise web.HTTPSeeOther(ADDRESS)


def _time(text: str) -> time | None:
    """None for an empty text. Raises Invalid."""
    if not text.strip():
        return None
    try:
        return time.fromisoformat(text.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise Invalid("no_time") from error
