"""Draws pages: one Jinja2 environment a language, made once, with its words and moments.

Which page shows what is left to `pages`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp_jinja2
from aiohttp import web
from jinja2 import Environment

from inbox.keys import SERVICES, SESSION
from inbox.moments import Moments
from inbox.ports import InboxServices
from inbox.static_files import StaticFiles
from intake.people import LANGUAGES
from intake.wording import reading, translations


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """All that differs between languages."""

    language: str
    environment: web.AppKey[Environment]
    words: Mapping[str, str]  # short words by name, see templates/inbox/words.txt
    moments: Moments

    def word(self, kind: str, name: str) -> str:
        """The word for a machine value, such as ("status", "new"); unknown ones as they are."""
        return self.words.get(f"{kind}_{name}", name)


VOICES: Final = web.AppKey("voices", Mapping[str, Voice])
ENVIRONMENTS: Final = {
    language: web.AppKey(f"environment_{language}", Environment) for language in LANGUAGES
}


def install_voices(app: web.Application, services: InboxServices, static: StaticFiles) -> None:
    app[VOICES] = {
        language: Voice(
            language=language,
            environment=ENVIRONMENTS[language],
            words=_speak(app, language, static),
            moments=Moments(language, services.settings.zone),
        )
        for language in LANGUAGES
    }


def _speak(app: web.Application, language: str, static: StaticFiles) -> dict[str, str]:
    """Sets the language's environment up; returns its words."""
    environment = aiohttp_jinja2.setup(
        app,
        app_key=ENVIRONMENTS[language],
        default_helpers=False,
        **reading(is_html=True),
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {
        "static": static.address,
        "language": language,
        "languages": LANGUAGES,
    }
    words = _words(environment)
    environment.globals["words"] = words
    return words


def _words(environment: Environment) -> dict[str, str]:
    """Each block of words.txt by its name: pages look words up instead of translating rows."""
    page = environment.overlay(autoescape=False).get_template("inbox/words.txt")
    context = page.new_context()
    return {name: "".join(block(context)).strip() for name, block in page.blocks.items()}


def voice_of(request: web.Request) -> Voice:
    """The agent's language, else the browser's, else the desk's."""
    voices = request.app[VOICES]
    session = request.get(SESSION)
    if session is not None and session.agent.language in voices:
        return voices[session.agent.language]
    for wanted in request.headers.get("Accept-Language", "").split(","):
        language = wanted.strip()[:2].lower()
        if language in voices:
            return voices[language]
    return voices[request.app[SERVICES].settings.language]


def draw(
    request: web.Request, template: str, values: Mapping[str, Any], status: int = 200
) -> web.Response:
    """The page templates/inbox/<template>.html."""
    voice = voice_of(request)
    return aiohttp_jinja2.render_template(
        f"inbox/{template}.html", request, values, app_key=voice.environment, status=status
    )
