"""The project's files as the house rules see them: found by folder, never listed by hand."""

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("desk", "bots", "intake", "store", "inbox", "simulators")
LANGUAGES = ("uk", "en", "sk", "el", "it")


@cache
def project_files() -> tuple[Path, ...]:
    """All that is or would be committed, so that a rule bites before the commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
        return tuple(sorted(path for path in set(found) if path.is_file()))
    return tuple(sorted(_walked()))  # an unpacked archive has no git


def _walked() -> Iterator[Path]:
    ignored = {".venv", "build", "dist", "var", "__pycache__"}
    for folder, names, files in os.walk(ROOT):
        names[:] = [
            n for n in names if n not in ignored and not n.endswith(("_cache", "egg-info"))
        ]
        yield from (Path(folder) / name for name in files if name != "firstline.toml")


def python_files(*folders: str, but: str = "store/migrations") -> list[Path]:
    """Our modules below these folders; what is generated has rules of its own."""
    return [
        path
        for path in project_files()
        if path.suffix == ".py"
        and inside(path).startswith(tuple(f"{folder}/" for folder in folders))
        and not inside(path).startswith(but)
    ]


def production_files() -> list[Path]:
    return python_files(*ROOMS)


def template_files() -> list[Path]:
    return [
        path
        for path in project_files()
        if inside(path).startswith("templates/") and path.suffix in (".html", ".txt", ".xml")
    ]


def inside(path: Path) -> str:
    """The path within the project, as messages show it."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every module a file imports, anywhere in it, with the line."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ".", node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def dotted(node: ast.AST) -> str:
    """`asyncio.sleep` of the expression asyncio.sleep, "" of anything less plain."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def table_rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the table below a heading of a Markdown page, without its head."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"{page} has no section {heading!r}"
    lines = [line for line in found.group(1).splitlines() if line.startswith("|")]
    assert len(lines) > 2, f"{page}: no table under {heading!r}"
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]
