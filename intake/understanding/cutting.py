"""Cuts the reply to a numbered list into its parts, in whatever style it is written.

A part has the numbers that stand before it, or the words of a label, or neither. Which field a
part answers is left to `intake.replies.answers`.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice

from intake.understanding.labelling import labelled, quoted
from intake.understanding.lexicon import lexicon, tokens_of
from intake.understanding.numbering import (
    barely_numbered,
    dashed,
    named,
    numbered,
    ordinals,
    rightly_numbered,
    tight,
)
from intake.understanding.parts import Listed, Part, Reply
from intake.understanding.reading import Reading

GREETING = re.compile(r"\s*+([^\n,.!;]{1,60})[\n,.!;]")
FOR = re.compile(r"\s*για\s", re.IGNORECASE)  # Greek "for", which sounds like "hello"
GREETS, LONGEST_GREETING = "speech.greeting", 4  # words, with a name
LONGEST_SINGLE = 10  # words that answer one question without further ado
LONGEST_SENTENCE, FEWEST_SENTENCES = 6, 3  # that are no more than answers in a row
SENTENCE = re.compile(r"(?:[^\n.!?]|[.!?](?=\S))+")
ENDED, GREEK_ENDED = re.compile(r"[.!?]\s+\S"), re.compile(r"[.!?;]\s+\S")  # and goes on
LETTER = re.compile(r"\w")
MARKS = (dashed, tight, named, numbered, barely_numbered, labelled)
LINE, APART_BY_STROKES = re.compile(r"[^\n]+"), re.compile(r"(?:[^/\n]|(?<!\s)/(?!\s))+")
APART = (
    APART_BY_STROKES,
    re.compile(r"[^;\n]+"),
    re.compile(r"(?:[^\n–—-]|(?<!\s)[–—-](?!\s))+"),
    re.compile(r"(?:[^,\n]|,(?=\d))+"),
)


def split_reply(whole: Reading, listed: Listed) -> Reply:
    """By what the employee has set its parts apart, or else in order."""
    body, language = whole.text, whole.language
    below = quoted(whole.layout.text, body, listed, language)
    if below:
        return Reply(parts=tuple(below), is_explicit=True)
    ways = (find(body, listed, language) for find in MARKS)
    for found in chain([ordinals(whole, listed)], ways):
        parts = list(found)
        if parts:
            return Reply(parts=tuple(rightly_numbered(parts, listed)), is_explicit=True)
    return Reply(parts=tuple(_in_order(body, len(listed.fields), language)), is_explicit=False)


def _in_order(body: str, count: int, language: str) -> Iterator[Part]:
    """Lines, or pieces between slashes, where there are as many as questions; else nothing."""
    body = _without_greeting(body, language)
    if count == 1 and 0 < len(body.split()) <= LONGEST_SINGLE:
        yield Part(text=body, start=0)
        return
    lines = [m for m in LINE.finditer(body) if m.group().strip()]
    if len(lines) == count and len(lines) > 1:  # a line may hold a mere dash
        yield from (Part(text=m.group(), start=m.start()) for m in lines)
        return
    ended = GREEK_ENDED if language == "el" else ENDED
    is_told = ended.search(body.strip()) is not None
    if is_told and count > FEWEST_SENTENCES - 1:
        told = [m for m in SENTENCE.finditer(body) if LETTER.search(m.group())]
        if len(told) == count and all(len(m.group().split()) <= LONGEST_SENTENCE for m in told):
            yield from (Part(text=m.group(), start=m.start()) for m in told)
            return
    for pattern in (APART_BY_STROKES,) if is_told else APART:
        found = [m for m in pattern.finditer(body) if LETTER.search(m.group())]
        if len(found) == count and len(found) > 1:
            yield from (Part(text=m.group(), start=m.start()) for m in found)
            return


def _without_greeting(body: str, language: str) -> str:
    """Blanks for “Hello Marek,”: it is no answer to the first question."""
    found = None if FOR.match(body) else GREETING.match(body)
    tokens = list(islice(tokens_of(found[1], language), LONGEST_GREETING + 1)) if found else []
    if found is None or not 0 < len(tokens) <= LONGEST_GREETING:
        return body
    greets = GREETS in lexicon(language).beginning(tokens)
    return " " * found.end() + body[found.end() :] if greets else body
