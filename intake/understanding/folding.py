"""One spelling for each word: case, accents and letters that people leave out don't count.

Ukrainian in Latin letters folds to the same as in Cyrillic, Greek in Latin letters ("Greeklish")
to the same as in Greek, so that a word is written down once in the word lists.
"""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’ʼ`´ʹ‘"
REMEMBERED = 256  # texts: many rules look at the same one
ALPHABETS = 4096  # letters

_UKRAINIAN = {
    "shch": "щ", "zgh": "зг", "zh": "ж", "kh": "х", "ts": "ц", "tz": "ц", "ch": "ч", "sh": "ш",
    "sch": "щ", "yu": "ю", "ju": "ю", "iu": "ю", "ya": "я", "ja": "я", "ia": "я", "ye": "е",
    "je": "е", "ie": "е", "yi": "и", "ji": "и", "yo": "йо", "jo": "йо", "a": "а", "b": "б",
    "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "г", "i": "и", "j": "и", "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т",
    "u": "у", "v": "в", "w": "в", "x": "х", "y": "и", "z": "з",
    "і": "и", "ї": "и", "й": "и", "ы": "и", "є": "е", "э": "е", "ё": "е", "ґ": "г",
    "ь": "", "ъ": "",
}  # fmt: skip

_GREEK = {
    "ου": "u", "αι": "e", "ει": "i", "οι": "i", "υι": "i", "αυ": "av", "ευ": "ev", "μπ": "v",
    "ντ": "d", "γγ": "g", "γκ": "g", "γχ": "gx", "α": "a", "β": "v", "γ": "g", "δ": "d",
    "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m", "ν": "n",
    "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "i", "φ": "f",
    "χ": "x", "ψ": "ps", "ω": "o",
    "ou": "u", "ai": "e", "ei": "i", "oi": "i", "yi": "i", "au": "av", "ay": "av", "af": "av",
    "eu": "ev", "ey": "ev", "ef": "ev", "mp": "v", "nt": "d", "gg": "g", "gk": "g", "gx": "gx",
    "ng": "g", "th": "th", "ch": "x", "kh": "x", "ks": "x", "ph": "f", "ps": "ps", "b": "v",
    "c": "k", "q": "k", "w": "o", "y": "i", "j": "tz", "8": "th",
}  # fmt: skip


def _matcher(table: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


_UKRAINIAN_LETTERS = _matcher(_UKRAINIAN)
_GREEK_LETTERS = _matcher(_GREEK)
_GREEK_H = re.compile(r"h(?=[aeioutrl])")  # χ; any other h stands for η
_DOUBLED = re.compile(r"([b-df-hj-np-tv-xz])\1")


@lru_cache(maxsize=REMEMBERED)
def plain(text: str) -> str:
    """Lower case without accents, letter for letter: positions stay what they were.

    The apostrophe of a telephone is the one of a keyboard, and ς, which capitals lack, is σ.
    """
    return text.translate(_PLAIN)


def _plain_letter(letter: str) -> str:
    if letter in APOSTROPHES:
        return "'"
    lower = "σ" if letter == "ς" else letter.lower()
    # й and ї are letters of their own: stripping them would make other words
    kept = lower if lower in "йїё" else unicodedata.normalize("NFD", lower)[:1]
    return kept[:1] or letter


class _Letters(dict[int, str]):
    """What `str.translate` looks letters up in; no more are kept than people write with."""

    def __missing__(self, code: int) -> str:
        letter = _plain_letter(chr(code))
        if len(self) < ALPHABETS:
            self[code] = letter
        return letter


_PLAIN = _Letters()


@lru_cache(maxsize=20_000)
def fold(word: str, language: str) -> str:
    """The spelling under which a word stands in the lists of a language."""
    lower = plain(word)
    for mark in APOSTROPHES:
        lower = lower.replace(mark, "")
    if language == "uk":
        return _UKRAINIAN_LETTERS.sub(lambda found: _UKRAINIAN[found.group()], lower)
    if language == "el":
        return _greek(lower)
    return lower


def _greek(lower: str) -> str:
    marked = lower if lower.isdecimal() else _GREEK_LETTERS.sub(_greek_letters, lower)
    return _DOUBLED.sub(r"\1", _GREEK_H.sub("x", marked).replace("ThH", "th").replace("h", "i"))


def _greek_letters(found: re.Match[str]) -> str:
    return _GREEK[found.group()].replace("th", "ThH")
