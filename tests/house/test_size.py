"""Small functions, small files, few parameters, and every module says what it is for."""

import ast

from tests.house import tree

LONGEST_FUNCTION = 40
LONGEST_FILE = 400
MOST_PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(module: ast.Module) -> list[Function]:
    return [node for node in ast.walk(module) if isinstance(node, Function)]


def parameters(function: Function) -> list[str]:
    given = function.args
    names = [a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls")]


def test_no_function_is_longer_than_forty_lines():
    long = [
        f"{tree.inside(path)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1}"
        for path in tree.production_files()
        for node in functions(tree.parsed(path))
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_no_file_is_longer_than_four_hundred_lines():
    files = tree.python_files(*tree.ROOMS, "tests")
    sizes = {tree.inside(p): len(p.read_text("utf-8").splitlines()) for p in files}
    long = {name: size for name, size in sizes.items() if size > LONGEST_FILE}
    assert not long


def test_no_function_takes_more_than_five_parameters():
    many = [
        f"{tree.inside(path)}:{node.lineno} {node.name}({', '.join(parameters(node))})"
        for path in tree.production_files()
        for node in functions(tree.parsed(path))
        if len(parameters(node)) > MOST_PARAMETERS
    ]
    assert not many, "\n".join(many)


def test_every_module_opens_with_what_it_is_for():
    silent = [
        tree.inside(path)
        for path in tree.production_files()
        if not ast.get_docstring(tree.parsed(path))
    ]
    assert not silent
