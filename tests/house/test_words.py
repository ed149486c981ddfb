"""Names use the words of the glossary; words that say nothing are not used."""

import ast
import re
from collections.abc import Iterator

from tests.house import tree

EMPTY = {"manager", "helper", "util", "misc", "common", "base", "data", "info"}
PLURALS = {"managers", "helpers", "utils", "bases", "infos"}

# Names that others chose: a protocol or a library calls them so.
GIVEN = {
    "data_received": "asyncio.Protocol",
    "handle_DATA": "aiosmtpd",
    "smtp_DATA": "aiosmtpd",
    "get_webhook_info": "Bot API, getWebhookInfo",
    "callback_data": "Bot API",
    "exc_info": "logging.LogRecord",
    "pipe_data_received": "asyncio.SubprocessProtocol",
}
GIVEN_IN = {
    ("intake/speech.py", "data"): "what a button carries, as the Bot API calls it",
    ("desk/ldap.py", "base"): "where a search begins, as LDAP calls it",
}


def words(name: str) -> set[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return set(re.split(r"[^a-z0-9]+", spaced.lower()))


def names(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Everything this module names: classes, functions, parameters, variables, fields."""
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname, node.lineno


def test_no_name_in_the_code_is_an_empty_word():
    empty = [
        f"{tree.inside(path)}:{line} {name}"
        for path in tree.production_files()
        for name, line in names(tree.parsed(path))
        if words(name) & (EMPTY | PLURALS)
        and name not in GIVEN
        and (tree.inside(path), name) not in GIVEN_IN
    ]
    assert not empty, "\n".join(empty)


def test_no_file_or_folder_is_named_with_an_empty_word():
    named = {*tree.production_files(), *tree.template_files()}
    empty = [tree.inside(p) for p in named if words(tree.inside(p)) & (EMPTY | PLURALS)]
    assert not empty
