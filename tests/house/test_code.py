"""Rules of the code that the linters don't know."""

import ast
import subprocess
import sys

from tests.house import tree

LIGHT = (
    "desk.cli",
    "desk.roles",
    "intake.flow.inward",
    "intake.flow.outward",
    "store.work",
    "inbox.app",
)
HEAVY = ("aiogram", "telegram", "viberbot", "imapclient", "tortoise")


def exists(module: str) -> bool:
    path = tree.ROOT / module.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def test_only_the_runtime_starts_tasks():
    started = [
        f"{tree.inside(path)}:{node.lineno}"
        for path in tree.production_files()
        if not tree.inside(path).startswith(("desk/runtime", "simulators/"))
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in ("create_task", "ensure_future")
    ]
    assert not started


def test_only_the_loops_and_the_flow_steps_catch_everything():
    steps = ("inward", "outward", "fetching", "ringing")
    places = (
        *("desk/runtime.py", "intake/companion/hearing.py", "simulators/"),
        *(f"intake/flow/{step}.py" for step in steps),
    )
    broad = [
        f"{tree.inside(path)}:{node.lineno}"
        for path in tree.production_files()
        if not tree.inside(path).startswith(places)
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & set(caught(node.type)))
        and not raises_again(node)
    ]
    assert not broad


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Whether it only tidies up on the way out."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def caught(expression: ast.expr) -> list[str]:
    parts = expression.elts if isinstance(expression, ast.Tuple) else [expression]
    return [tree.dotted(part) for part in parts]


def test_importing_a_module_does_nothing():
    doing = [
        f"{tree.inside(path)}:{node.lineno}"
        for path in tree.production_files()
        for node in tree.parsed(path).body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Await)
    ]
    assert not doing


def test_every_module_can_be_imported_without_a_side_word():
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    modules = [
        tree.inside(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in tree.production_files()
        if path.name != "__main__.py"
    ]
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *modules],
        cwd=tree.ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_heavy_libraries_are_loaded_only_where_they_serve():
    present = [module for module in LIGHT if exists(module)]
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *present],
        cwd=tree.ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")
