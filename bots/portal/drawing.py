"""Draws the portal's pages: templates/portal in the ticket's language, with their headers.

No script, no style of another's, nothing kept, and no word to other pages of where one comes from.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from babel.numbers import format_decimal
from jinja2 import Environment

from bots.portal.checking import FILES_LIMIT
from bots.portal.drafts import NOT_KNOWN, Draft
from intake.catalogue import Catalogue
from intake.people import LANGUAGES
from intake.tickets import Ticket
from intake.wording import environment

STATIC: Final = Path(__file__).resolve().parent / "static"
TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
FOREVER: Final = "public, max-age=31536000, immutable"
TELEGRAM_WEB: Final = "https://web.telegram.org"  # shows Mini Apps in a frame
MEGA: Final = 1_000_000
LOOKS: Final = {"text": "box", "code": "line", "quantity": "number"}  # others look as they are


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One field of the page. `look` is choice, moment, box, line, number or phone."""

    name: str
    look: str
    label: str
    hint: str
    unit: str
    words: str
    day: str
    choices: tuple[tuple[str, str], ...]  # value and words
    is_unknown: bool
    error: str


def headers(*, is_secure: bool, is_framed: bool) -> dict[str, str]:
    """Of every page; `is_framed` where Telegram's web client may show it as a Mini App."""
    framers = TELEGRAM_WEB if is_framed else "'none'"
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {framers}"
    )
    strict = {"Strict-Transport-Security": "max-age=31536000"} if is_secure else {}
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        **strict,
    }


class PortalDrawing:
    """Pages by template and language, and the style they share."""

    def __init__(self, catalogue: Catalogue, desk_name: str) -> None:
        self._catalogue = catalogue
        self._desk_name = desk_name
        self._files = {path.name: path.read_bytes() for path in sorted(STATIC.iterdir())}
        joined = b"\0".join(self._files.values())
        self._version = hashlib.sha256(joined).hexdigest()[:12]
        self._environments = {language: self._make(language) for language in LANGUAGES}

    def page(self, template: str, language: str, values: Mapping[str, Any]) -> str:
        chosen = self._environments.get(language) or self._environments["en"]
        return chosen.get_template(f"portal/{template}.html").render(values)

    def file(self, name: str, version: str) -> web.Response | None:
        content = self._files.get(name)
        if content is None:
            return None
        kept = FOREVER if version == self._version else "no-cache"
        return web.Response(
            body=content,
            content_type=TYPES.get(Path(name).suffix, "application/octet-stream"),
            charset="utf-8",
            headers={"Cache-Control": kept},
        )

    def inputs(
        self, ticket: Ticket, draft: Draft, errors: Mapping[str, str]
    ) -> tuple[list[Input], list[Input]]:
        """What is asked for, then what is known already; nothing that was typed is left out."""
        chosen = self._catalogue.categories.get(draft.category)
        is_asked = ticket.ask is not None and draft.category == ticket.category
        wanted = [name for name in ticket.asked if is_asked and name in self._catalogue.fields]
        asked = tuple(dict.fromkeys([*wanted, *(chosen.ask if chosen else ())]))
        known = [name for name in draft.was.words if name not in draft.was.unknown]
        typed = [*draft.words, *draft.days, *draft.unknown]
        settled = {*known, *draft.was.unknown}.difference(wanted)
        missing = dict.fromkeys([*(n for n in asked if n not in settled), *typed])
        first = [name for name in missing if name not in settled]
        then = [name for name in dict.fromkeys([*asked, *known]) if name in settled]
        then += [name for name in sorted(draft.was.unknown) if name not in then]
        return (
            [self._input(name, ticket.language, draft, errors) for name in first],
            [self._input(name, ticket.language, draft, errors) for name in then],
        )

    def categories(self, language: str) -> Sequence[tuple[str, str]]:
        catalogue = self._catalogue
        return [(name, catalogue.category_label(name, language)) for name in catalogue.categories]

    def _input(self, name: str, language: str, draft: Draft, errors: Mapping[str, str]) -> Input:
        catalogue, asked = self._catalogue, self._catalogue.fields[name]
        words = draft.words.get(name, "")
        choices = [(value, catalogue.says(name, value, language)) for value in asked.values]
        return Input(
            name=name,
            look=LOOKS.get(asked.type, asked.type),
            label=catalogue.label(name, language, draft.category),
            hint=catalogue.hint(name, language, draft.category),
            unit=asked.unit,
            words=words,
            day=draft.days.get(name, ""),
            choices=tuple(choices),
            is_unknown=name in draft.unknown,
            error=errors.get(name, ""),
        )

    def _make(self, language: str) -> Environment:
        made = environment(language, is_html=True)
        made.globals |= {
            "language": language,
            "desk": self._desk_name,
            "version": self._version,
            "not_known": NOT_KNOWN,
            "most": format_decimal(FILES_LIMIT // MEGA, locale=language),
        }
        return made
