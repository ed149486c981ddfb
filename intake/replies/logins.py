"""A login that stands alone in a reply: “j.novak, since Monday”.

Pure. By its shape it is nothing else that people are asked for; amid other words it may be.
"""

import re
from collections.abc import Collection

from intake.understanding.reading import Reading

LOGIN = "account"
PIECE = re.compile(r"[\n,;]+|[.!?…]+(?=\s|$)")
NUMBER = re.compile(r"^\W*\d{1,2}[.)]\s+")
SHAPE = re.compile(r"(?:[\w-]{2,15}\\)?[^\W\d_]{1,15}(?:\.[^\W\d_]{2,20}|_[^\W\d_]{1,20})\d{0,3}")
# of files and of the web: "report.xlsx" and "firma.sk" are nobody's login
ENDINGS = {
    "exe", "dll", "msi", "pdf", "doc", "docx", "xls", "xlsx", "xlsm", "csv", "txt", "zip", "rar",
    "png", "jpg", "jpeg", "pst", "log", "bat", "com", "net", "org", "eu", "ua", "sk", "cz", "gr",
    "it", "io", "example",
}  # fmt: skip


def login_alone(whole: Reading, asked: Collection[str]) -> dict[str, str]:
    """Nothing where two stand there: which one is meant nobody knows."""
    if LOGIN not in asked or not ("." in whole.text or "_" in whole.text):
        return {}
    pieces = (NUMBER.sub("", one.strip()).strip() for one in PIECE.split(whole.text))
    found = {one for one in pieces if SHAPE.fullmatch(one)}
    logins = [one for one in found if re.split(r"[._]", one)[-1].lower() not in ENDINGS]
    return {LOGIN: logins[0]} if len(logins) == 1 else {}
