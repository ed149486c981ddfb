"""Every template compiles, finds what it includes, keeps the strict CSP, speaks by gettext."""

import re
from functools import cache
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta, nodes

from tests.house import tree

# Words that are the same in every language.
SAME_EVERYWHERE = {"Firstline", "Telegram", "Ctrl", "Enter", "Esc", "URL", "MB", "KB", "GB"}
SPOKEN_ATTRIBUTES = r'\b(?:title|alt|placeholder|aria-label|aria-description|label)="([^"]*)"'
FILTERS = re.compile(r'(?:filters|tests)\["(\w+)"\]|filters\.update\(([^)]*)\)')


@cache
def added_names() -> set[str]:
    """Filters and tests that our code gives to the templates."""
    return {
        name
        for path in tree.production_files()
        for found in FILTERS.finditer(path.read_text(encoding="utf-8"))
        for name in re.findall(r"\w+", " ".join(part for part in found.groups() if part))
    }


def environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(tree.ROOT / "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_null_translations(newstyle=True)
    made.filters.update(dict.fromkeys(added_names(), str))
    made.tests.update(dict.fromkeys(added_names(), bool))
    return made


def names() -> list[str]:
    return [path.relative_to(tree.ROOT / "templates").as_posix() for path in tree.template_files()]


def source(name: str) -> str:
    return (tree.ROOT / "templates" / name).read_text(encoding="utf-8")


def fills_a_class(block: nodes.Block) -> bool:
    """Whether a block holds one lower-case word: a class for the style sheet, read by nobody."""
    parts = [part for output in block.body for part in getattr(output, "nodes", [None])]
    plain = [part.data for part in parts if isinstance(part, nodes.TemplateData)]
    return plain != [] and len(parts) == 1 and re.fullmatch(r"[a-z][a-z-]*", plain[0]) is not None


def untranslated(text: str) -> list[str]:
    """Words between the tags, or in attributes that are read aloud, that bypass gettext."""
    parsed = environment().parse(text)
    # Expressions, and sentences that go through gettext, leave no TemplateData.
    classes = [block.body for block in parsed.find_all(nodes.Block) if fills_a_class(block)]
    outputs = [
        node
        for found in parsed.find_all(nodes.Output)
        if [found] not in classes
        for node in found.nodes
    ]
    plain = "".join(n.data if isinstance(n, nodes.TemplateData) else "\x00" for n in outputs)
    plain = re.sub(r"<!--.*?-->|<(script|style|svg)\b.*?</\1>", " ", plain, flags=re.DOTALL)
    read_aloud = " ".join(re.findall(SPOKEN_ATTRIBUTES, plain))
    # Tags, entities and the path of an address (`{{ address }}/demo`) are no words.
    between = re.sub(r"<[^<>]*>|&\w+;|\x00/[\w/]+", " ", plain)
    found = re.findall(r"[^\W\d_]{2,}", f"{between} {read_aloud}")
    return [word for word in found if word not in SAME_EVERYWHERE]


def test_every_template_compiles():
    compiling = environment()
    for name in names():
        compiling.get_template(name)


def test_every_template_includes_only_templates_that_exist():
    known = set(names())
    missing = [
        f"{name}: {wanted}"
        for name in names()
        for wanted in meta.find_referenced_templates(environment().parse(source(name)))
        if wanted is not None and not {wanted, f"{name.rpartition('/')[0]}/{wanted}"} & known
    ]
    assert not missing


def test_no_page_has_inline_script_or_style():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)|<style\b|<[^>]*\sstyle\s*=|<[^>]*\son[a-z]+\s*=|javascript:",
        re.IGNORECASE,
    )
    pages = [n for n in names() if n.endswith(".html") and not n.startswith("email/")]
    found = [f"{n}: {hit.group()}" for n in pages for hit in inline.finditer(source(n))]
    assert not found


def test_every_word_in_a_template_goes_through_gettext():
    spoken = {name: found for name in names() if (found := untranslated(source(name)))}
    assert not spoken


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>Save</p>", ["Save"]),
        ("{{ address }}/demo and", ["and"]),
        ("{% block look %}list{% endblock %}", []),
        ("{% block look %}Two words{% endblock %}", ["Two", "words"]),
        ('<p>{{ _("Save") }}</p>', []),
        ("<p>{% trans %}Save it{% endtrans %}</p>", []),
        ('<a href="{{ url }}" title="Open">{{ word }}</a>', ["Open"]),
        ('<a class="{{ kind }}" href="/tickets">#{{ number }}</a>', []),
        ("{% if a %}Yes{% endif %}", ["Yes"]),
    ],
)
def test_an_untranslated_word_is_seen(text, found):
    text = re.sub(r"{% if a %}", "{% set a = 1 %}{% if a %}", text)
    assert untranslated(text) == found


def test_templates_lie_where_the_wheel_takes_them_from():
    folder = Path(tree.ROOT / "templates")
    assert folder.is_dir()
