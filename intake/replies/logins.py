"""A login that stands alone in a reply: “j.novak, since Monday”, “erossi, asap”.

Pure. By its shape it is nothing else that people are asked for; amid other words it may be.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from intake.understanding.fields import ACCOUNT, SYSTEM
from intake.understanding.plainly import labelled_login
from intake.understanding.reading import Reading

PIECE = re.compile(r"[\n,;]+|[.!?…]+(?=\s|$)")
NUMBER = re.compile(r"^\W*\d{1,2}[.)]\s+")
BARE = re.compile(r"[a-z]{4,16}\d{0,4}")
SHAPE = re.compile(r"(?:[\w-]{2,15}\\)?[^\W\d_]{1,15}(?:\.[^\W\d_]{2,20}|_[^\W\d_]{1,20})\d{0,3}")
NAME = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’.-]*){1,3}")  # of a person
# of files and of the web: "report.xlsx" and "firma.sk" are nobody's login
ENDINGS = {
    "exe", "dll", "msi", "pdf", "doc", "docx", "xls", "xlsx", "xlsm", "csv", "txt", "zip", "rar",
    "png", "jpg", "jpeg", "pst", "log", "bat", "com", "net", "org", "eu", "ua", "sk", "cz", "gr",
    "it", "io", "example",
}  # fmt: skip


def login_alone(whole: Reading, asked: Collection[str]) -> dict[str, str]:
    """Nothing where two stand there: which one is meant nobody knows."""
    if ACCOUNT not in asked or not ("." in whole.text or "_" in whole.text):
        return {}
    pieces = (NUMBER.sub("", one.strip()).strip() for one in PIECE.split(whole.text))
    found = {one for one in pieces if SHAPE.fullmatch(one)}
    logins = [one for one in found if re.split(r"[._]", one)[-1].lower() not in ENDINGS]
    return {ACCOUNT: logins[0]} if len(logins) == 1 else {}


def bare_login(
    whole: Reading, asked: Collection[str], filled: Mapping[str, str]
) -> dict[str, str]:
    """The one word alone that no list knows; where the system is open, too, it may be that."""
    is_open = ACCOUNT in asked and ACCOUNT not in filled
    if not is_open or (SYSTEM in asked and SYSTEM not in filled):
        return {}
    others = " ".join(filled.values())
    found = [own for own in _bare(whole) if own not in others]
    places = {own: whole.token_at(whole.text.index(own)) for own in found}
    unknown = [own for own, at in places.items() if not whole.is_listed(at)]
    return {ACCOUNT: unknown[0]} if len(unknown) == 1 else {}


def login_of_named(whole: Reading, known: str) -> str:
    """Of somebody who stands there by name the login: “login akowal, her boss approves”.

    Alone in a message it needs no such label: one small word that no list knows.
    """
    if not NAME.fullmatch(known):
        return ""
    labelled = labelled_login(whole).get(ACCOUNT)
    if labelled is not None:
        return labelled.value
    shaped = login_alone(whole, (ACCOUNT,)).get(ACCOUNT, "")
    words = [token for token in whole.text.strip(" .!").split() if token]
    is_bare = len(words) == 1 and BARE.fullmatch(words[0]) and not whole.is_listed(0)
    return shaped or (words[0] if is_bare else "")


def _bare(whole: Reading) -> Iterator[str]:
    """The pieces that are one small word, but for what is asked back: “account?”."""
    for line in whole.text.split("\n"):
        for piece in re.split(r"[,;]|\.(?=\s|$)", line):
            word = NUMBER.sub("", piece.strip()).strip()
            if BARE.fullmatch(word):
                yield word
