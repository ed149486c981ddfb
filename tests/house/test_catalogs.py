"""Every sentence of the templates stands in all five catalogs, whole and with its placeholders."""

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.house import tree

HINT = "run `make catalogs`, then translate"


@cache
def sentences() -> tuple[tuple[str, str | tuple[str, ...], str | None], ...]:
    """Each sentence of the templates with where it stands: (file, msgid, context)."""
    with (tree.ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(tree.ROOT / "templates", methods, options)
    return tuple((name, msgid, context) for name, _, msgid, _, context in found)


@cache
def catalog(language: str) -> Catalog:
    path = tree.ROOT / "templates" / "locales" / language / "LC_MESSAGES" / "firstline.po"
    assert path.is_file(), f"{tree.inside(path)} is missing: {HINT}"
    with path.open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return words if isinstance(words, tuple) else (words,)


def trouble(message: Message | None, language: str, plurals: int) -> str:
    """What is wrong with a translation, "" when nothing is. English may leave itself empty."""
    if message is None:
        return "missing"
    written = forms(message.string)
    if language == "en" and not any(written):
        return ""
    if message.fuzzy or not all(form.strip() for form in written):
        return "not translated"
    if isinstance(message.id, tuple) and len(written) != plurals:
        return f"{len(written)} plural forms instead of {plurals}"
    found = [misplaced(form, forms(message.id)) for form in written]
    return next(filter(None, found), "")


def misplaced(form: str, msgid: tuple[str, ...]) -> str:
    """What is wrong with the placeholders of one written form."""
    wanted = set().union(*map(placeholders, msgid))
    # Where there are plurals, one form may say "one" instead of the number.
    optional = wanted - placeholders(msgid[0]) | {"count", "num"} if len(msgid) > 1 else set()
    if not wanted - optional <= placeholders(form) <= wanted:
        return f"placeholders {sorted(placeholders(form))} instead of {sorted(wanted)}"
    if "%" in re.sub(r"%\(\w+\)[sd]|%%", "", form):
        return "a lone % (write %%)"
    return ""


@pytest.mark.parametrize("language", tree.LANGUAGES)
def test_every_sentence_is_translated_with_its_placeholders(language):
    known = catalog(language) if sentences() else Catalog(locale=language)
    wrong = []
    for name, msgid, context in sentences():
        singular = forms(msgid)[0]
        found = trouble(known.get(singular, context), language, known.num_plurals)
        if found:
            wrong.append(f"{name}: {singular!r}: {found}")
    assert not wrong, HINT + "\n" + "\n".join(wrong)


@pytest.mark.parametrize("language", tree.LANGUAGES)
def test_no_catalog_keeps_a_sentence_that_no_template_says(language):
    said = {(forms(msgid)[0], context) for _, msgid, context in sentences()}
    known = catalog(language) if sentences() else Catalog(locale=language)
    stale = [
        message.id
        for message in known
        if message.id and (forms(message.id)[0], message.context) not in said
    ]
    assert not stale, HINT


@pytest.mark.parametrize(
    ("msgid", "translation", "found"),
    [
        ("Hello, %(name)s!", "Вітаю, %(name)s!", ""),
        ("Hello, %(name)s!", "Вітаю!", "placeholders [] instead of ['name']"),
        ("Save", "", "not translated"),
        ("%(num)s ticket", "%(nom)s заявка", "placeholders ['nom'] instead of ['num']"),
        ("Half", "50 %", "a lone % (write %%)"),
        (("one ticket", "%(num)s tickets"), ("одна", "%(num)s заявки", "%(num)s заявок"), ""),
        (("one ticket", "%(num)s tickets"), ("a", "b"), "2 plural forms instead of 3"),
    ],
)
def test_a_wrong_translation_is_seen(msgid, translation, found):
    assert trouble(Message(msgid, translation), "uk", 3) == found
