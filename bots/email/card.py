"""Draws cards and texts as mails: a plain and an HTML version of the same words.

A mail has no buttons: choices are listed, and the answer is a reply in own words.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from intake.speech import Card, Speech, Text
from intake.wording import environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The two versions of a mail's body."""

    text: str
    html: str


class MailDrawing:
    """Renders templates/email."""

    def __init__(self, templates: Path) -> None:
        self._templates = templates
        self._environments: dict[tuple[str, bool], Environment] = {}

    def draw(self, body: Speech, language: str) -> Drawn:
        match body:
            case Card():
                values = {"card": body, "language": language}
                return Drawn(
                    text=_squeezed(self._render("card.txt", values)),
                    html=self._render("card.html", values),
                )
            case Text():
                paragraphs = [part.split("\n") for part in re.split(r"\n{2,}", body.text)]
                title = body.text.split("\n", 1)[0][:80]
                values = {"text": body, "language": language, "title": title}
                return Drawn(
                    text=_squeezed(self._render("text.txt", values)),
                    html=self._render("text.html", {**values, "paragraphs": paragraphs}),
                )

    def _render(self, name: str, values: dict[str, object]) -> str:
        chosen = self._environment(str(values["language"]), is_html=name.endswith(".html"))
        return chosen.get_template(f"email/{name}").render(values)

    def _environment(self, language: str, *, is_html: bool) -> Environment:
        key = language, is_html
        if key not in self._environments:
            self._environments[key] = environment(
                language, is_html=is_html, folder=self._templates
            )
        return self._environments[key]


def _squeezed(text: str) -> str:
    """At most one blank line in a row."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
