"""Cuts a reply at labels in any language ("Where: 2nd floor"), or at questions that it quotes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from intake.catalogue import Catalogue
from intake.people import LANGUAGES
from intake.understanding.folding import plain
from intake.understanding.lexicon import lexicon, tokenize
from intake.understanding.parts import Listed, Part
from intake.understanding.phrases import phrases, table

LABELLED = re.compile(
    r"^[ \t]*([^\W\d][^\n:=?.,;]{0,38}?)(?:\s*[:=]|\s[-–—](?=\s))\s*(?=\S)", re.MULTILINE
)
LABELLED_INLINE = re.compile(
    r"(?:^|(?<=[\n;,.]))[ \t]*([^\W\d][^\n:=?.,;]{0,30}?)(?:\s*=|:(?=\s)|\s[-–—](?=\s))\s*(?=\S)"
)
FEWEST_LABELS, LONGEST_LABEL = 2, 4  # words
Labelled = tuple[re.Match[str], tuple[str, ...]]
QUESTION = re.compile(r"^[ \t]*>[ \t]*(?:(\d)\s*[.)])?[ \t]*(.*)$", re.MULTILINE)


def labels_of(catalogue: Catalogue, category: str) -> dict[str, str]:
    """What the fields of a category are called on its cards, in all languages."""
    return {
        label_key(catalogue.label(name, language, category)): name
        for name in catalogue.fields_of(category)
        for language in LANGUAGES
    }


def quoted(text: str, body: str, listed: Listed, language: str) -> list[Part]:
    """Answers below the quoted questions that they answer, not below all of them."""
    questions = list(QUESTION.finditer(text)) if ">" in text else []
    parts = []
    for at, question in enumerate(questions):
        end = questions[at + 1].start() if at + 1 < len(questions) else len(text)
        answer = body[question.end() : end]
        if answer.strip():
            number = (int(question[1]),) if question[1] else ()
            fields = tuple(named_fields(question[2], language, listed.labels))
            parts.append(Part(text=answer, start=question.end(), numbers=number, fields=fields))
    return parts if len(parts) > 1 or len(questions) == 1 else []


def labelled(body: str, listed: Listed, language: str) -> Iterator[Part]:
    each = (_labels(body, pattern, listed, language) for pattern in (LABELLED, LABELLED_INLINE))
    known = max(each, key=len)
    if not known or (len(known) == 1 and len(listed.fields) > 2):
        return
    for at, (mark, fields) in enumerate(known):
        end = known[at + 1][0].start() if at + 1 < len(known) else len(body)
        piece = body[mark.end() : end].rstrip("; \n" if mark.re is LABELLED else ",; \n")
        yield Part(text=piece, start=mark.end(), mark=mark.start(), fields=fields)


def _labels(body: str, pattern: re.Pattern[str], listed: Listed, language: str) -> list[Labelled]:
    """The labels that name an open question, and what each may name."""
    marks = [
        (m, tuple(named_fields(m[1], language, listed.labels))) for m in pattern.finditer(body)
    ]
    known = [(mark, fields) for mark, fields in marks if set(fields) & set(listed.fields)]
    return [*known, *_left(marks, known, listed)] if pattern is LABELLED else known


def _left(marks: Sequence[Labelled], known: Sequence[Labelled], listed: Listed) -> list[Labelled]:
    """The last label, which no list knows, where each other has its line and one question is left.

    So "How bad: ..." asks for haste where nothing else does.
    """
    named = {field for _, fields in known for field in fields}
    left = [field for field in listed.fields if field not in named]
    if len(known) < FEWEST_LABELS or len(left) != 1 or len(marks) != len(known) + 1:
        return []
    mark, fields = marks[-1]
    is_unknown = not fields and len(mark[1].split()) <= LONGEST_LABEL
    return [(mark, (left[0],))] if is_unknown else []


def lone_label(body: str, listed: Listed, language: str) -> Iterator[Part]:
    """All that is said, where one label opens it: "Where: 2nd floor"."""
    mark = LABELLED.match(body)
    fields = tuple(named_fields(mark[1], language, listed.labels)) if mark else ()
    if mark and fields:
        yield Part(text=body[mark.end() :], start=mark.end(), mark=mark.start(), fields=fields)


def named_fields(label: str, language: str, labels: Mapping[str, str]) -> list[str]:
    """Fields that the words of a label or a question may name, the likeliest first."""
    tokens = tokenize(label, language)
    found = lexicon(language).find(tokens)
    named = [
        (-(hit.after - hit.first), hit.first, name.removeprefix("field."))
        for name, hits in found.items()
        if name.startswith("field.")
        for hit in hits
    ]
    key = label_key(label)
    own = [labels[key]] if key in labels else []
    return list(
        dict.fromkeys([*own, *(name for _, _, name in sorted(named)), *_lone().get(key, ())])
    )


@cache
def _lone() -> Mapping[str, tuple[str, ...]]:
    """The fields that words ask for which mean more than one thing elsewhere."""
    found: dict[str, tuple[str, ...]] = {}
    for field in table("labels"):
        for phrase in phrases("labels", field):
            key = label_key(phrase)
            found[key] = (*found.get(key, ()), field)
    return found


def label_key(label: str) -> str:
    """How a label is looked up: without case, accents, a hint in brackets, a question mark."""
    return " ".join(plain(re.split(r"[(?]", label)[0]).split())
