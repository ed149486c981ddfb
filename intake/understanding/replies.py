"""Cuts the reply to a numbered list into its parts, in whatever style it is written.

A part has the numbers that stand before it, or the words of a label, or neither. Which field a
part answers is left to `intake.answers`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.understanding.lexicon import lexicon, tokenize

KEYCAP = "\ufe0f?\u20e3"
NUMBERED = re.compile(
    rf"(?:(?<=\n)|(?<=\s)|^)(?:(?P<range>[1-9]\s?[-–]\s?[1-9])\s?[:.)]"
    rf"|(?P<number>[1-9])(?:{KEYCAP}|\s?[.)\]:=→](?!\d)|/(?=\s)|\s?->|\s[-–—](?=\s)|\.(?=[^\W\d]))"
    r"|(?P<letter>[a-fα-ζа-е])\))\s*"
)
LETTERS = {letter: n for run in ("abcdef", "αβγδεζ", "абвгде") for n, letter in enumerate(run, 1)}
LABELLED = re.compile(
    r"^[ \t]*([^\W\d][^\n:=?.,;]{0,38}?)(?:\s*[:=]|\s[-–—](?=\s))\s*(?=\S)", re.MULTILINE
)
LABELLED_INLINE = re.compile(r"(?:^|(?<=[\n;,]))[ \t]*([^\W\d][^\n:=?.,;]{0,30}?)\s*=\s*(?=\S)")
QUESTION = re.compile(r"^[ \t]*>[ \t]*(?:(\d)\s*[.)])?[ \t]*(.*)$", re.MULTILINE)


LONGEST_SINGLE = 10  # words that answer one question without further ado
LISTED = (
    r"[^\n]+",
    r"(?:[^/\n]|(?<!\s)/(?!\s))+",
    r"[^;\n]+",
    r"(?:[^\n–—-]|(?<!\s)[–—-](?!\s))+",
    r"(?:[^,\n]|,(?=\d))+",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of the reply, the questions it numbers and the label it bears."""

    text: str
    start: int
    mark: int | None = None  # where the number before it begins
    numbers: tuple[int, ...] = ()
    fields: tuple[str, ...] = ()  # that its label may name


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The parts, and whether they were set apart by the employee or only by us."""

    parts: tuple[Part, ...]
    is_explicit: bool


def split_reply(text: str, body: str, asked: Sequence[str], language: str) -> Reply:
    """`body` is the text without quotes and signature, `text` the whole of it."""
    quoted = _quoted(text, body, language)
    if quoted:
        return Reply(parts=tuple(quoted), is_explicit=True)
    for find in (_ordinals, _numbered, _labelled):
        parts = list(find(body, asked, language))
        if parts:
            return Reply(parts=tuple(parts), is_explicit=True)
    return Reply(parts=tuple(_listed(body, asked)), is_explicit=False)


def _quoted(text: str, body: str, language: str) -> list[Part]:
    """Answers below the quoted questions that they answer."""
    questions = list(QUESTION.finditer(text))
    parts = []
    for at, question in enumerate(questions):
        end = questions[at + 1].start() if at + 1 < len(questions) else len(text)
        answer = body[question.end() : end]
        if answer.strip():
            number = (int(question[1]),) if question[1] else ()
            fields = tuple(named_fields(question[2], language))
            parts.append(Part(text=answer, start=question.end(), numbers=number, fields=fields))
    return parts


def _numbered(body: str, asked: Sequence[str], language: str) -> Iterator[Part]:
    marks = [m for m in NUMBERED.finditer(body) if _is_mark(m, body, len(asked))]
    at_starts = [m for m in marks if not body[: m.start()].rpartition("\n")[2].strip()]
    if len(at_starts) > 1:
        marks = at_starts  # "since the 9. of November" inside a line is no number
    if not marks or (len(marks) == 1 and body[: marks[0].start()].strip()):
        return
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(body)
        piece = body[mark.end() : end]
        numbers = _numbers(mark)
        if len(numbers) > 1:
            yield from _shared_out(piece, mark.end(), numbers)
        elif piece.strip():
            yield Part(text=piece, start=mark.end(), mark=mark.start(), numbers=numbers)


def _is_mark(mark: re.Match[str], body: str, count: int) -> bool:
    """A lone figure before a hyphen inside a line may be part of a name or a time."""
    at_line_start = mark.start() == 0 or body[mark.start() - 1] == "\n"
    if mark["number"] and int(mark["number"]) > count + 3 and not at_line_start:
        return False
    return not (mark["letter"] and not at_line_start and mark["letter"] not in "abcdαβγδ")


def _numbers(mark: re.Match[str]) -> tuple[int, ...]:
    if mark["range"]:
        first, last = int(mark["range"][0]), int(mark["range"][-1])
        return tuple(range(first, last + 1)) or (first,)
    if mark["letter"]:
        return (LETTERS[mark["letter"]],)
    return (int(mark["number"]),)


def _shared_out(piece: str, start: int, numbers: tuple[int, ...]) -> Iterator[Part]:
    """One each of "1-3: a, b, c", where the count fits."""
    cut = [m for m in re.finditer(r"[^,;\n]+", piece) if m.group().strip()]
    if len(cut) == len(numbers):
        for number, found in zip(numbers, cut, strict=True):
            yield Part(text=found.group(), start=start + found.start(), numbers=(number,))
    else:
        yield Part(text=piece, start=start, numbers=numbers)


def _ordinals(body: str, asked: Sequence[str], language: str) -> Iterator[Part]:
    """Numbers in words: "first: ... second: ...", "to point 1: ..."."""
    tokens = tokenize(body, language)
    found = lexicon(language).find(tokens)
    marks = sorted(
        (tokens[hit.first].start, tokens[hit.after - 1].end, int(label.rpartition(".")[2]))
        for label, hits in found.items()
        if label.startswith("reply.nth.")
        for hit in hits
        if re.match(r"\s*[—–:,-]|\s+(?:είναι|is|è|je)\b", body[tokens[hit.after - 1].end :])
    )
    if len(marks) < 2:
        return
    for at, (_, end, number) in enumerate(marks):
        after = marks[at + 1][0] if at + 1 < len(marks) else len(body)
        piece = body[end:after].lstrip(" —–:,-")
        yield Part(text=piece, start=after - len(piece), numbers=(number,))


def _labelled(body: str, asked: Sequence[str], language: str) -> Iterator[Part]:
    for pattern in (LABELLED, LABELLED_INLINE):
        marks = [(m, tuple(named_fields(m[1], language))) for m in pattern.finditer(body)]
        known = [(m, fields) for m, fields in marks if set(fields) & set(asked)]
        if not known or (len(known) == 1 and len(asked) > 2):
            continue
        for at, (mark, fields) in enumerate(known):
            end = known[at + 1][0].start() if at + 1 < len(known) else len(body)
            yield Part(text=body[mark.end() : end].rstrip("; \n"), start=mark.end(), fields=fields)
        return


def named_fields(label: str, language: str) -> list[str]:
    """Fields that the words of a label or a question may name, the likeliest first."""
    tokens = tokenize(label, language)
    found = lexicon(language).find(tokens)
    named = [
        (-(hit.after - hit.first), hit.first, name.removeprefix("field."))
        for name, hits in found.items()
        if name.startswith("field.")
        for hit in hits
    ]
    return list(dict.fromkeys(name for _, _, name in sorted(named)))


def _listed(body: str, asked: Sequence[str]) -> Iterator[Part]:
    """Lines, or pieces between slashes, where there are as many as questions; else nothing."""
    if len(asked) == 1 and 0 < len(body.split()) <= LONGEST_SINGLE:
        yield Part(text=body, start=0)
        return
    is_told = re.search(r"[.!?;]\s+\S", body.strip()) is not None
    for pattern in LISTED[:2] if is_told else LISTED:
        found = [m for m in re.finditer(pattern, body) if re.search(r"\w", m.group())]
        if len(found) == len(asked) and len(found) > 1:
            yield from (Part(text=m.group(), start=m.start()) for m in found)
            return
