"""Every sentence that leaves: Jinja templates with gettext catalogs, in the reader's language.

The catalogs are compiled in memory at first use, so there is no build step. What is said when is
left to `dialogue`; HTML pages take their environment from here too.
"""

import gettext
from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.dates import format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from intake.people import LANGUAGES

if TYPE_CHECKING:
    from types import CodeType

NOON = time(12)
REMEMBERED = 256  # days, in each language


def templates_folder() -> Path:
    """Where the templates lie, in a checkout as in an installed wheel: beside the packages."""
    return Path(__file__).resolve().parent.parent / "templates"


@cache
def translations(language: str) -> gettext.NullTranslations:
    """One language's catalog; sentences it lacks come out in English."""
    path = templates_folder() / "locales" / language / "LC_MESSAGES" / "firstline.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class CompiledOnce(BytecodeCache):
    """A template is compiled for the first language; the others take the same code."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


COMPILED = {is_html: CompiledOnce() for is_html in (True, False)}


def reading(*, is_html: bool, folder: Path | None = None) -> dict[str, Any]:
    """How a template is read. What is HTML escapes all that is put into it."""
    return {
        "loader": FileSystemLoader(folder or templates_folder()),
        "bytecode_cache": COMPILED[is_html],
        "undefined": StrictUndefined,
        "autoescape": is_html,
        "auto_reload": False,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
    }


def environment(language: str, *, is_html: bool, folder: Path | None = None) -> Environment:
    """Templates with the words of one language."""
    made = Environment(**reading(is_html=is_html, folder=folder))  # noqa: S701
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    return made


@lru_cache(maxsize=REMEMBERED)
def _day(day: date, language: str) -> str:
    """Asked for by every card, most of which promise one of a few days.

    In English the day stands first, as in the dates of its answers.
    """
    locale = "en_GB" if language == "en" else language
    return format_skeleton("MMMMd", datetime.combine(day, NOON), locale=locale)


class Wording:
    """Renders templates/chat in five languages."""

    def __init__(self, zone: tzinfo, folder: Path | None = None) -> None:
        self._zone = zone
        self._folder = folder
        self._environments: dict[str, Environment] = {}
        self._words: dict[str, dict[str, str]] = {}  # of the pages, by language
        self._bare: dict[tuple[str, str], str] = {}  # what needs nothing filled in, as rendered

    def __reduce__(self) -> tuple[object, ...]:
        """Handed to another process, it reads its templates there."""
        return type(self), (self._zone, self._folder)

    def say(self, template: str, language: str, values: Mapping[str, Any]) -> str:
        """The words of templates/chat/<template>.txt, without surrounding white space."""
        if values:
            return self._rendered(f"chat/{template}.txt", language, values)
        key = template, language
        if key not in self._bare:
            self._bare[key] = self._rendered(f"chat/{template}.txt", language, {})
        return self._bare[key]

    def tell(self, template: str, language: str, values: Mapping[str, Any]) -> str:
        """The words of templates/agents/<template>.txt, for agents in their chats."""
        return self._rendered(f"agents/{template}.txt", language, values)

    def problem(self, language: str, code: str, values: Mapping[str, str]) -> str:
        """What went wrong, as the pages say it."""
        told = {"code": code, "status": 422, "values": values}
        return self._rendered("inbox/problem.txt", language, told)

    def report(self, template: str, language: str, values: Mapping[str, Any]) -> str:
        """The words of templates/desk/<template>.txt, for the administrator."""
        return self._rendered(f"desk/{template}.txt", language, values)

    def _rendered(self, template: str, language: str, values: Mapping[str, Any]) -> str:
        return self._environment(language).get_template(template).render(values).strip()

    def parts(self, template: str, language: str, values: Mapping[str, Any]) -> dict[str, str]:
        """Each block of a template by its name, such as the heading and the closing of a card."""
        return self._parts(f"chat/{template}.txt", language, values)

    def parts_for_agents(
        self, template: str, language: str, values: Mapping[str, Any]
    ) -> dict[str, str]:
        """The same of templates/agents/<template>.txt."""
        return self._parts(f"agents/{template}.txt", language, values)

    def _parts(self, template: str, language: str, values: Mapping[str, Any]) -> dict[str, str]:
        page = self._environment(language).get_template(template)
        context = page.new_context(dict(values))
        return {name: "".join(block(context)).strip() for name, block in page.blocks.items()}

    def word(self, kind: str, name: str, language: str) -> str:
        """The pages' word for a machine value, such as ("status", "new"); else as it is."""
        if language not in self._words:
            self._words[language] = self._parts("inbox/words.txt", language, {})
        return self._words[language].get(f"{kind}_{name}", name)

    def moment(self, value: datetime, language: str, now: datetime) -> str:
        """A moment as people say it: the time alone where it is today, else with the day."""
        local = value.astimezone(self._zone)
        if local.date() == now.astimezone(self._zone).date():
            return f"{local:%H:%M}"
        return f"{_day(local.date(), language)}, {local:%H:%M}"

    def _environment(self, language: str) -> Environment:
        known = language if language in LANGUAGES else "en"
        if known not in self._environments:
            # Chat and mail text is no HTML: each channel escapes for itself when it draws.
            made = environment(known, is_html=False, folder=self._folder)
            self._environments[known] = made
        return self._environments[known]
