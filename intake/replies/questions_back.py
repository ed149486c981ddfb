"""What of a reply asks something instead of answering: "should I restart it?", "I don't get it".

Pure. Which question of the card it is about is left to `help`. Words that ask answer nothing, but
a short value with a question mark does: "today?" is an answer in doubt.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from intake.understanding.compiling import variants
from intake.understanding.folding import plain
from intake.understanding.lexicon import lexicon, tokenize
from intake.understanding.phrases import phrases, whole
from intake.understanding.stops import question_marks

TABLE = "asking"
REMEMBERED = 8  # texts: one is asked about several times
LONGEST_DOUBT = 4  # words of a value in doubt: "since monday morning?"
NUMBER = r"[ \t]*(?P<number>[1-9])(?:\ufe0f?\u20e3|[.):])\s*"  # of a question, before its answer
NEXT = r"\s[1-9][.)]\s"  # the next answer of a line
SENTENCE = re.compile(
    rf"(?:{NUMBER})?(?P<words>(?:(?!{NEXT})(?:[^.!?;…\n]|[.](?=[^\s.])))*)(?P<end>[.!?;…]*)\s?"
)
BREAK = re.compile(r"[,:(–—]\s+|\s-\s")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
DIGIT = re.compile(r"[1-9]")
QUOTED = ">"
AROUND = " .,!?;…\n"
NAMED = ("field.", "trouble.broken", "tried.did", "os.", "application")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A part of a text that asks, and the number of the card's question that it names."""

    start: int
    end: int
    words: str
    number: int | None = None
    is_puzzled: bool = False  # it says that it did not understand


def without_questions(text: str, language: str) -> str:
    """The text with blanks where it asks, letter for letter; "" where nothing else is said."""
    for question in questions(text, language):
        blank = re.sub(r"\S", " ", text[question.start : question.end])
        text = text[: question.start] + blank + text[question.end :]
    return text if text.strip() else ""


@lru_cache(maxsize=REMEMBERED)
def questions(text: str, language: str) -> Sequence[Question]:
    """What of the text asks, or says that something was not understood."""
    if _pattern("unasked").fullmatch(plain(text).strip(AROUND)):
        return ()
    found = (_question(sentence, language) for sentence in SENTENCE.finditer(text))
    return tuple(question for question in found if question is not None)


def is_about_card(words: str, language: str) -> bool:
    """Whether it speaks of nothing but the questions: "what do you mean?", "2?"."""
    return not words_beside_card(words, language)


def asks_of_card(text: str, language: str) -> bool:
    """Whether something in it asks of nothing but the card, or says that it is not understood."""
    return any(
        question.is_puzzled or is_about_card(question.words, language)
        for question in questions(text, language)
    )


def asks_why(words: str, language: str) -> bool:
    """Whether it wants to know what for the card asks."""
    return _pattern("why", language).search(plain(words)) is not None


def words_beside_card(words: str, language: str) -> set[str]:
    """What else it speaks of."""
    return _told(plain(words)) - _words_of_card(language) - _nth(language).keys()


def _question(sentence: re.Match[str], language: str) -> Question | None:
    words = plain(sentence["words"])
    line = sentence.string.rfind("\n", 0, sentence.start()) + 1
    is_quoted = sentence.string.startswith(QUOTED, line)
    if is_quoted or not sentence.group().strip():
        return None
    number = int(sentence["number"]) if sentence["number"] else None
    kinds = ("puzzled",) if number else ("puzzled", "unversed")
    puzzled = next(filter(None, (_puzzled(words, kind, language) for kind in kinds)), None)
    if puzzled:
        return _not_understood(sentence, puzzled, number or _number_in(words, language))
    at = _asks_from(words, sentence["end"], language)
    is_left_out = number is not None and not words.strip()  # "4. ?"
    if at is None or is_left_out:
        return None
    named = _number_in(words[at:], language) if is_about_card(words[at:], language) else None
    return _asked(sentence, at, number or named)


def _not_understood(
    sentence: re.Match[str], place: tuple[int, int], number: int | None
) -> Question:
    """All of the sentence, with the number before it, or a clause of it."""
    first, after = place
    begin = sentence.start("words")
    is_all = after == len(sentence["words"])
    return Question(
        start=begin + first if first else sentence.start(),
        end=sentence.end() if is_all else begin + after,
        words=sentence["words"][first:after],
        number=number,
        is_puzzled=True,
    )


def _asked(sentence: re.Match[str], at: int, number: int | None) -> Question:
    """From a place among its words on, without a mark at its end no further than a comma.

    The number before it goes with all of it.
    """
    start = sentence.start("words") + at if at else sentence.start()
    stop = None if sentence["end"] else BREAK.search(sentence["words"], at + 1)
    words = sentence["words"][at : stop.start() if stop else None]
    end = sentence.start("words") + stop.start() if stop else sentence.end()
    return Question(start=start, end=end, words=words, number=number)


def _number_in(words: str, language: str) -> int | None:
    """The one small number that stands alone there, or says which: "the third"."""
    told = WORD.findall(words)
    found = [int(word) for word in told if DIGIT.fullmatch(word)]
    found += [_nth(language)[word] for word in told if word in _nth(language)]
    return found[0] if len(found) == 1 else None


def _puzzled(words: str, kind: str, language: str) -> tuple[int, int] | None:
    """From where to where it says that something was not understood, which is of the card.

    All of it where it speaks of nothing else, or the clause in which no field or thing is named.
    """
    found = _pattern(kind).search(words)
    if found is None:
        return None
    if is_about_card(words[: found.start()] + " " + words[found.end() :], language):
        return 0, len(words)
    start = max((cut.end() for cut in BREAK.finditer(words, 0, found.start())), default=0)
    stop = next((cut.start() for cut in BREAK.finditer(words, found.end())), len(words))
    goes_on = _pattern("of_card", language).match(
        words, stop + len(words[stop:]) - len(words[stop:].lstrip(" ,:"))
    )
    stop = len(words) if goes_on else stop
    beside = words[start : found.start()] + " " + words[found.end() : stop]
    return None if _names_something(beside, language) else (start, stop)


def _names_something(words: str, language: str) -> bool:
    """Whether a field, a thing or a trouble is named, or a number."""
    tokens = tokenize(words, language)
    small = {
        at for at, token in enumerate(tokens) if plain(token.word) in _words_of_card(language)
    }
    return any(map(str.isdigit, words)) or any(
        label.startswith(NAMED) and not small.issuperset(range(hit.first, hit.after))
        for label, hits in lexicon(language).find(tokens).items()
        for hit in hits
    )


def _asks_from(words: str, end: str, language: str) -> int | None:
    """Where the asking begins: at the sentence, behind a comma, or with words that only ask."""
    is_marked = any(mark in end for mark in question_marks(language))
    starts = [0, *(found.end() for found in BREAK.finditer(words))]
    openers = [_pattern("asks")] + [_pattern("opens", language)] * is_marked
    for start in starts:
        at = start + len(words[start:]) - len(words[start:].lstrip())
        if not is_marked and _pattern("states").match(words, at):
            continue
        opening = next(filter(None, (opener.match(words, at) for opener in openers)), None)
        if opening and (is_marked or _leads_on(words, opening)):
            return start
        if _pattern("of_card", language).match(words, at) and is_about_card(words[at:], language):
            return start
    if not is_marked:
        return None
    within = _pattern("asks").search(words)
    if within is not None:
        return within.start()
    told = WORD.findall(words)
    is_bare = all(map(DIGIT.fullmatch, told))  # "?", "2?"
    return 0 if is_bare or len(told) > LONGEST_DOUBT else None


def _leads_on(words: str, opening: re.Match[str]) -> bool:
    """Whether more is said than a bare "can", which answers."""
    return len(WORD.findall(opening.group())) > 1 or WORD.search(words, opening.end()) is not None


def _told(words: str) -> set[str]:
    """Its words but the numbers of questions."""
    return {word for word in WORD.findall(words) if not DIGIT.fullmatch(word)}


@cache
def _words_of_card(language: str) -> frozenset[str]:
    return frozenset(
        map(plain, (*phrases(TABLE, "card", language), *phrases(TABLE, "courtesies")))
    )


@cache
def _nth(language: str) -> Mapping[str, int]:
    """The words that say which of several, with their number."""
    listed = enumerate(phrases("numbering", "nth", language), start=1)
    return {plain(word): number for number, own in listed for (word,) in variants(own)}


@cache
def _pattern(kind: str, language: str = "") -> re.Pattern[str]:
    return re.compile(whole(TABLE, kind, language=language))
