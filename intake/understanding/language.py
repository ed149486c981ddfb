"""Which of the five languages a message is in, also when it is short, mixed or in Latin letters.

Script first, then the stock phrases that a short message may be made of, then a vote of function
words and of letters that only one language has.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from intake.people import LANGUAGES
from intake.understanding.compiling import variants
from intake.understanding.folding import plain
from intake.understanding.lexicon import PAGE, WORD, lexicon, tokenize
from intake.understanding.phrases import phrases

CYRILLIC = range(0x0400, 0x0530)
GREEK = range(0x0370, 0x0400)
NOT_LATIN = re.compile("[\u0370-\u052f]")
PAGES = re.compile(PAGE)  # in Latin letters, whoever names them
NAMES = re.compile(r"\w+(?:[._@]\w+)+")  # of logins, files, addresses: "s.moss" is no Slovak "s"
LETTERS = {"sk": "ľščťžýáíéúäôňďĺŕó", "it": "àèìòù"}
LETTER_WEIGHT = 0.7
KNOWN_WEIGHT = 0.35
SHARED = ("application", "brand")  # names are the same everywhere
SURE_LEAD = 1.0
LONGEST_STOCK = 6  # words
Words = tuple[str, ...]
REMEMBERED = 64  # texts: many rules ask for the language of one
OWN_SCRIPT_SHARE = 0.3  # of the letters: product names in a Greek or Ukrainian message are Latin


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """Telling words and phrases per language, of Latin-letter writing only."""

    votes: Mapping[str, Mapping[str, float]]  # word: language: weight
    stock: Mapping[Words, frozenset[str]]  # phrases, and the languages that have them

    @staticmethod
    @cache
    def load() -> "Languages":
        """What our lists tell: the same for every reader of a process."""
        votes: dict[str, dict[str, float]] = {}
        for language in LANGUAGES:
            speech = lexicon(language).speech
            words = speech["latin"] if language in ("uk", "el") else speech["function"]
            for word in (*words, *phrases("language", "telling", language)):
                votes.setdefault(plain(word).replace("'", ""), {})[language] = 1.0
        names = set(phrases("language", "names"))  # of programs, the same everywhere
        # a word that several languages share tells little
        shared = {
            word: {language: 1 / len(by) ** 2 for language in by}
            for word, by in votes.items()
            if word not in names
        }
        stock: dict[Words, set[str]] = {}
        for language in LANGUAGES:
            for phrase in phrases("language", "stock", language):
                for written in variants(phrase):
                    stock.setdefault(_words(" ".join(written)), set()).add(language)
        said = {phrase: frozenset(languages) for phrase, languages in stock.items()}
        return Languages(votes=shared, stock=said)

    def detect(self, text: str, hint: str) -> tuple[str, bool]:
        """The language and whether the text shows it by itself; `hint` where it shows nothing."""
        text = PAGES.sub(" ", text)
        script = _script(text)
        if script:
            return script, True
        fallback = hint if hint in LANGUAGES else "en"
        spoken = self._made_of_stock(_words(text))
        if spoken:
            is_sure = len(spoken) == 1
            return fallback if fallback in spoken else min(spoken), is_sure
        scores = self._scores(text)
        first, second = _ranked(scores)
        if scores[first] - scores[second] < SURE_LEAD / 2:
            known = _known(text)
            scores = {
                language: scores[language] + KNOWN_WEIGHT * known[language] for language in scores
            }
            first, second = _ranked(scores)
        lead = scores[first] - scores[second]
        if scores[first] == 0 or (
            lead < SURE_LEAD / 2 and scores.get(fallback, 0) >= scores[second]
        ):
            return fallback, False
        return first, lead >= SURE_LEAD

    def _made_of_stock(self, words: Words) -> frozenset[str]:
        """The languages of whose stock phrases all of a short text is made."""
        if len(words) > LONGEST_STOCK:
            return frozenset()
        made: dict[int, frozenset[str]] = {0: frozenset(LANGUAGES)}  # up to each word
        for after in range(1, len(words) + 1):
            ways = (
                made[first] & self.stock.get(words[first:after], frozenset())
                for first in range(after)
            )
            made[after] = frozenset().union(*ways)
        return made[len(words)] if words else frozenset()

    def _scores(self, text: str) -> dict[str, float]:
        scores = dict.fromkeys(LANGUAGES, 0.0)
        text = NAMES.sub(" ", text)
        for found in WORD.finditer(plain(text)):
            word = found.group().replace("'", "")
            for language, weight in self.votes.get(word, {}).items():
                scores[language] += weight
        lower = text.lower()
        for language, letters in LETTERS.items():
            scores[language] += LETTER_WEIGHT * min(4, sum(map(lower.count, letters)))
        return scores


def _words(text: str) -> Words:
    return tuple(word.replace("'", "") for word in WORD.findall(plain(text)))


def _ranked(scores: Mapping[str, float]) -> tuple[str, str]:
    first, second, *_ = sorted(scores, key=lambda language: scores[language], reverse=True)
    return first, second


@lru_cache(maxsize=REMEMBERED)
def _known(text: str) -> Mapping[str, int]:
    """How many of the words stand in the lists of each language: where other signs say little."""
    found = {}
    for language in LANGUAGES:
        tokens = [token for token in tokenize(text, language) if not token.word.isdecimal()]
        hits = lexicon(language).find(tokens)
        words = {
            at
            for label, own in hits.items()
            if label not in SHARED
            for hit in own
            for at in range(hit.first, hit.after)
        }
        found[language] = len(words)
    return found


def _script(text: str) -> str:
    if not NOT_LATIN.search(text):
        return ""
    letters = [ord(letter) for letter in text if letter.isalpha()]
    for language, script in (("uk", CYRILLIC), ("el", GREEK)):
        if sum(map(script.__contains__, letters)) >= OWN_SCRIPT_SHARE * len(letters):
            return language
    return ""
