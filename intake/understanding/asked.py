"""Which asked field each word of a reply answers by its place: by a number, a label, or in order.

A place is evidence, not proof: people number wrongly. The model weighs it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from intake.understanding.cutting import split_reply
from intake.understanding.evidence import Evidence, Known
from intake.understanding.fields import ACCOUNT, SYSTEM
from intake.understanding.list_order import is_in_order, turns
from intake.understanding.naming import names_account
from intake.understanding.parts import Listed, Part
from intake.understanding.reading import Reading

Places = tuple[str, ...]  # for each word the field that it would answer, or ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The reply to a card that asked these fields, word by word."""

    listed: Listed
    evidence: Evidence
    parts: tuple[Part, ...]
    is_explicit: bool  # the parts were set apart by the employee
    in_order: Places  # the field of each part, where their order alone tells
    by_number: Places
    by_label: Places
    by_order: Places
    by_turn: Places  # in a list of fewer or more pieces than questions

    @staticmethod
    def of(whole: Reading, listed: Listed) -> "Asked":
        """Reads the reply anew without its numbers: "twice 3." is no "twice 3"."""
        reply = split_reply(whole, listed)
        evidence = Evidence(whole.piece(_unnumbered(whole.text, reply.parts)))
        fields, parts = listed.fields, reply.parts
        in_order = not reply.is_explicit and len(parts) == len(fields)
        places = [(part.start, part.start + len(part.text)) for part in parts]
        in_order = in_order and is_in_order(whole, places, fields)
        ordered = _in_order(whole, parts, fields) if in_order else ()
        return Asked(
            listed=listed,
            evidence=evidence,
            parts=parts,
            is_explicit=reply.is_explicit,
            by_number=_places(evidence, parts, [listed.at(part.numbers) for part in parts]),
            by_label=_places(evidence, parts, [_labelled(part, fields) for part in parts]),
            in_order=ordered,
            by_order=_places(evidence, parts, ordered),
            by_turn=_by_turn(whole, evidence, () if reply.is_explicit or in_order else fields),
        )

    @property
    def fields(self) -> tuple[str, ...]:
        return self.listed.fields

    def field_of(self, at: int) -> str:
        """The field that a part answers by its place in order, its number or its label, or ""."""
        part = self.parts[at]
        if self.in_order:
            return self.in_order[at]
        return self.listed.at(part.numbers) or _labelled(part, self.fields)

    def fields_of(self, at: int) -> tuple[str, ...]:
        """The fields that a part is about: one, or all of "1-3: don't know"."""
        each = (self.listed.at([number]) for number in self.parts[at].numbers)
        own = self.field_of(at)
        return (own,) if own else tuple(name for name in each if name)

    def within_part(self, field: str, first: int, after: int) -> tuple[int, int]:
        """These words, or where they reach over parts those in the field's own, else the first."""
        places = list(zip(self.by_number, self.by_label, strict=True))
        runs = [list(run) for _, run in groupby(range(first, after), places.__getitem__)]
        own = next((run for run in runs if field in places[run[0]]), runs[0])
        return own[0], own[-1] + 1

    def words_of(self, field: str) -> Sequence[int]:
        """The words that stand where this field's answer is expected."""
        return self._words.get(field, ())

    @cached_property
    def _words(self) -> Mapping[str, Sequence[int]]:
        """By field, all that have one."""
        found: dict[str, list[int]] = {}
        ways = zip(self.by_number, self.by_label, self.by_order, self.by_turn, strict=True)
        for at, fields in enumerate(ways):
            for field in {*fields} - {""}:
                found.setdefault(field, []).append(at)
        return found

    def of_words(self) -> list[Known]:
        """For each word: its place, and whether it is first or last there."""
        found: list[Known] = [[] for _ in range(len(self.evidence))]
        ways = zip(
            "NBOT", (self.by_number, self.by_label, self.by_order, self.by_turn), strict=True
        )
        for name, way in ways:
            for at, field in enumerate(way):
                if field:
                    found[at].append(f"{name}={field}".encode())
                    if at == 0 or way[at - 1] != field:
                        found[at].append(f"{name}f={field}".encode())
                    if at + 1 == len(way) or way[at + 1] != field:
                        found[at].append(f"{name}e={field}".encode())
        return found


def _in_order(whole: Reading, parts: Sequence[Part], fields: Places) -> Places:
    """The fields as they are asked; who it is for may come before what it is for."""
    if not {SYSTEM, ACCOUNT} <= {*fields}:
        return fields
    system, account = fields.index(SYSTEM), fields.index(ACCOUNT)
    first, second = (whole.piece(parts[at].text) for at in (system, account))
    if not names_account(first) or names_account(second):
        return fields
    other = {SYSTEM: ACCOUNT, ACCOUNT: SYSTEM}
    return tuple(other.get(field, field) for field in fields)


def _by_turn(whole: Reading, evidence: Evidence, fields: Places) -> Places:
    found = [""] * len(evidence)
    for start, end, field in turns(whole, fields) if len(fields) > 1 else ():
        for at in evidence.covered(start, end):
            found[at] = field
    return tuple(found)


def _unnumbered(text: str, parts: Sequence[Part]) -> str:
    """A number or label before an answer becomes the end of a line, letter for letter."""
    for part in parts:
        if part.mark is not None:
            blank = "\n".ljust(part.start - part.mark)
            text = text[: part.mark] + blank + text[part.start :]
    return text


def _labelled(part: Part, fields: Sequence[str]) -> str:
    return next((field for field in part.fields if field in fields), "")


def _places(evidence: Evidence, parts: Sequence[Part], fields: Sequence[str]) -> Places:
    found = [""] * len(evidence)
    for part, field in zip(parts, fields, strict=False):
        for at in evidence.covered(part.start, part.start + len(part.text)):
            found[at] = field
    return tuple(found)
