"""Rules of the tests: what they may import, and that they neither sleep, skip nor mock."""

import ast

import pytest

from tests.house import tree

OURS = set(tree.ROOMS)
FRAMEWORKS = {"aiogram", "aiohttp", "aiohttp_jinja2", "tortoise", "asyncpg", "telegram"}


def strangers(folder: str, forbidden: set[str]) -> list[str]:
    return sorted(
        {
            f"{tree.inside(path)}:{line} {module}"
            for path in tree.python_files(f"tests/{folder}")
            for module, line in tree.imported(path)
            if module.split(".")[0] in forbidden
        }
    )


def test_tests_of_the_core_import_only_the_core_and_fakes():
    assert not strangers("intake", (OURS - {"intake"}) | FRAMEWORKS)


def test_journeys_see_only_the_desk_and_the_outside_world():
    assert not strangers("journeys", OURS - {"desk", "simulators"})


def test_tests_of_the_simulators_import_nothing_else_of_ours():
    assert not strangers("simulators", OURS - {"simulators"})


def test_no_test_uses_a_mock_library():
    mocks = [
        f"{tree.inside(path)}:{line} {module}"
        for path in tree.python_files("tests")
        for module, line in tree.imported(path)
        if module.startswith(("unittest.mock", "mock", "pytest_mock"))
    ]
    assert not mocks


def imported_names(module: ast.Module) -> dict[str, str]:
    """What each bare name stands for: {"sleep": "asyncio.sleep"}."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def sleeps(module: ast.Module) -> list[int]:
    """Lines that wait for time to pass; `asyncio.sleep(0)` only lets others run."""
    known = imported_names(module)
    found = []
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        called = known.get(tree.dotted(node.func), tree.dotted(node.func))
        is_zero = bool(node.args) and ast.unparse(node.args[0]) == "0"
        if called == "time.sleep" or (called == "asyncio.sleep" and not is_zero):
            found.append(node.lineno)
    return found


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("time.sleep(1)", 1),
        ("await asyncio.sleep(0.1)", 1),
        ("await asyncio.sleep(pause)", 1),
        ("await asyncio.sleep(0)", 0),
        ("from time import sleep\nsleep(1)", 1),
        ("from asyncio import sleep as nap\nnap(2)", 1),
    ],
)
def test_a_sleep_is_seen_however_it_is_written(line, count):
    assert len(sleeps(ast.parse(line))) == count


def test_no_test_sleeps():
    waiting = [
        f"{tree.inside(path)}:{line}"
        for path in tree.python_files("tests", but="tests/bench")
        for line in sleeps(tree.parsed(path))
    ]
    assert not waiting


def test_no_test_is_skipped():
    skipping = ("skip", "skipif", "xfail", "importorskip", "skipTest")
    skipped = [
        f"{tree.inside(path)}:{node.lineno}"
        for path in tree.python_files("tests")
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Attribute)
        and node.attr in skipping
        and tree.dotted(node.value) in ("pytest", "pytest.mark", "mark", "self")
    ]
    assert not skipped
