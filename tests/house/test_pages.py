"""The written pages keep up with the code: settings, channels, roles, glossary."""

import ast
import importlib
import re
from collections.abc import Iterator
from datetime import time

import pydantic
from pydantic.fields import FieldInfo

from tests.house import tree

SETTINGS = tree.ROOT / "desk" / "settings.py"
POINTER = rf"`((?:{'|'.join(tree.ROOMS)})\.[\w.]+)`"
LANGUAGE_COLUMNS = len(tree.LANGUAGES)


def nested(annotation: object) -> Iterator[type[pydantic.BaseModel]]:
    """The settings classes inside a field's type: of `list[Mailbox]`, Mailbox."""
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from nested(part)


def fields(
    settings: type[pydantic.BaseModel], before: str = ""
) -> Iterator[tuple[str, FieldInfo]]:
    """Every key as it is written in firstline.toml: `telegram.token`."""
    for name, field in settings.model_fields.items():
        inner = list(nested(field.annotation))
        for section in inner:
            yield from fields(section, f"{before}{name}.")
        if not inner:
            yield f"{before}{name}", field


def settings_fields() -> dict[str, FieldInfo]:
    if not SETTINGS.is_file():
        return {}
    module = importlib.import_module("desk.settings")
    return dict(fields(module.Settings))


def as_written(default: object) -> str:
    """A default as the settings table shows it."""
    if isinstance(default, pydantic.SecretStr):
        default = default.get_secret_value()
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, time):
        return f"`{default:%H:%M}`"
    return "empty" if default in (None, "") else f"`{default}`"


def channels() -> list[str]:
    """Folders of bots/ with something in them beside their docstring."""
    folders = {
        path.parent.name for path in tree.python_files("bots") if path.parent.name != "bots"
    }
    return sorted(
        name
        for name in folders
        if any(p.name != "__init__.py" for p in tree.python_files(f"bots/{name}"))
    )


def test_the_readme_explains_every_setting_with_its_default_and_no_other():
    explained = {row[0].strip("`"): row[1] for row in tree.table_rows("README.md", "Settings")}
    known = {key: as_written(field.default) for key, field in settings_fields().items()}
    assert explained == (known or explained)


ANSWERED_ELSEWHERE = {"portal"}  # what comes by a form is answered in its ticket's own channel


def layers() -> list[list[str]]:
    rows = tree.table_rows("docs/understanding.md", "The layers")
    return [re.findall(r"`(\w+)`", row[1]) for row in rows]


def test_every_module_of_the_understanding_has_its_layer_and_no_other_has():
    modules = {path.stem for path in tree.python_files("intake/understanding")} - {"__init__"}
    assert sorted(name for layer in layers() for name in layer) == sorted(modules)


def test_no_layer_of_the_understanding_leans_on_one_below_it():
    depth = {name: at for at, layer in enumerate(layers()) for name in layer}
    leaning = {
        (path.stem, module.split(".")[2])
        for path in tree.python_files("intake/understanding")
        for module, _ in tree.imported(path)
        if module.startswith("intake.understanding.") and path.stem in depth
    }
    assert not {(one, other) for one, other in leaning if depth.get(other, 0) > depth[one]}


def test_every_channel_receives_translates_and_sends():
    missing = [
        f"bots/{name}/{module}.py"
        for name in channels()
        for module in ("receive", "translate", "send")
        if not (tree.ROOT / "bots" / name / f"{module}.py").is_file()
        and (name, module) not in {(name, "send") for name in ANSWERED_ELSEWHERE}
    ]
    assert not missing


def test_every_channel_has_captured_payloads():
    places = [tree.inside(path).partition("/captured/")[2] for path in tree.project_files()]
    captured = {place.partition("/")[0] for place in places if place}
    assert set(channels()) <= captured


def test_the_readme_has_a_row_for_every_channel_and_no_other():
    rows = {re.sub(r"[^a-z]", "", row[1]) for row in tree.table_rows("README.md", "Channels")}
    folders = {path.parent.name for path in tree.python_files("bots")} - {"bots"}
    assert set(channels()) <= {row.removeprefix("bots") for row in rows} <= folders


def glossary(*headings: str) -> list[tuple[str, list[str]]]:
    """Each word with the cells of its row; some stand for a thing and for a deed."""
    rows = (row for heading in headings for row in tree.table_rows("GLOSSARY.md", heading))
    return [(row[0], row[1:]) for row in rows]


def pointed(pointer: str) -> object:
    """What `intake.tickets.Ticket`, `intake.service.Service.take` or `intake.tickets` is."""
    try:
        return importlib.import_module(pointer)
    except ImportError:
        owner, _, name = pointer.rpartition(".")
        return getattr(pointed(owner), name)


def test_every_word_of_the_glossary_stands_for_something_in_the_code():
    for term, cells in glossary("Terms", "Verbs"):
        pointers = re.findall(POINTER, cells[1])
        assert pointers, f"{term}: nothing is called so"
        assert None not in map(pointed, pointers)


def test_every_class_of_the_core_named_like_a_term_is_pointed_to():
    classes = {
        node.name: f"{tree.inside(path).removesuffix('.py').replace('/', '.')}.{node.name}"
        for path in tree.python_files("intake")
        for node in tree.parsed(path).body
        if isinstance(node, ast.ClassDef)
    }
    missing = [
        f"{term}: {classes[name]}"
        for term, cells in glossary("Terms")
        for name in ["".join(word.capitalize() for word in re.split(r"[\s-]", term))]
        if name in classes and classes[name] not in cells[1]
    ]
    assert not missing


def test_every_term_has_a_meaning_and_five_translations():
    thin = [
        term
        for term, cells in glossary("Terms", "Verbs")
        if not cells[0] or not all(cells[2 : 2 + LANGUAGE_COLUMNS])
    ]
    assert not thin


def test_the_procfile_names_roles_that_exist():
    lines = (tree.ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    started = [re.fullmatch(r"(\w+): firstline run (\w+)", line) for line in lines if line]
    assert all(started), lines
    assert all(found.group(1) == found.group(2) for found in started)
    if (tree.ROOT / "desk" / "cli.py").is_file():
        assert {found.group(2) for found in started} == roles()


def roles() -> set[str]:
    """What `firstline run ROLE` takes."""
    run = importlib.import_module("desk.cli").cli.commands["run"]
    return {choice for given in run.params for choice in getattr(given.type, "choices", ())}


def test_every_command_the_makefile_helps_with_is_in_contributing():
    makefile = (tree.ROOT / "Makefile").read_text(encoding="utf-8")
    commands = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    page = (tree.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [c for c in commands if f"make {c}" not in page] == []


def test_every_page_links_only_to_files_that_exist():
    """Screenshots are made by the journeys: until the first one is there, none is missed."""
    has_screens = any(
        tree.inside(path).startswith("docs/screens/") for path in tree.project_files()
    )
    dead = [
        f"{tree.inside(page)}: {link}"
        for page in tree.project_files()
        if page.suffix == ".md"
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).is_file() and (has_screens or "docs/screens/" not in link)
    ]
    assert not dead
