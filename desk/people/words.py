"""How lists of people word their columns, languages and yes or no, in five languages."""

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def meanings(table: str) -> Mapping[str, str]:
    """By each word of a table in `columns.toml`, as `plain` writes it, what it means."""
    words = tomllib.loads(files("desk.people").joinpath("columns.toml").read_text("utf-8"))
    return {plain(word): meant for meant, known in words[table].items() for word in known}


def plain(word: str) -> str:
    """Without case, blanks and marks: "Work e-mail:" reads like "workemail"."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
