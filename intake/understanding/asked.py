"""Which asked field each word of a reply answers by its place: by a number, a label, or in order.

A place is evidence, not proof: people number wrongly. The model weighs it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.understanding.evidence import Evidence, Features
from intake.understanding.reading import Reading
from intake.understanding.replies import Part, split_reply

Places = tuple[str, ...]  # for each word the field that it would answer, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The reply to a card that asked these fields, word by word."""

    fields: tuple[str, ...]
    evidence: Evidence
    parts: tuple[Part, ...]
    is_explicit: bool  # the parts were set apart by the employee
    by_number: Places
    by_label: Places
    by_order: Places

    @staticmethod
    def of(whole: Reading, fields: Sequence[str]) -> "Asked":
        """Reads the reply anew without its numbers: "twice 3." is no "twice 3"."""
        reply = split_reply(whole.layout.text, whole.text, fields, whole.language)
        evidence = Evidence(replace(whole, text=_unnumbered(whole.text, reply.parts)))
        in_order = not reply.is_explicit and len(reply.parts) == len(fields)
        return Asked(
            fields=tuple(fields),
            evidence=evidence,
            parts=reply.parts,
            is_explicit=reply.is_explicit,
            by_number=_places(evidence, reply.parts, [_numbered(p, fields) for p in reply.parts]),
            by_label=_places(evidence, reply.parts, [_labelled(p, fields) for p in reply.parts]),
            by_order=_places(evidence, reply.parts, fields if in_order else []),
        )

    def words_of(self, field: str) -> list[int]:
        """The words that stand where this field's answer is expected."""
        ways = (self.by_number, self.by_label, self.by_order)
        return [at for at in range(len(self.evidence)) if any(way[at] == field for way in ways)]

    def of_words(self) -> list[Features]:
        """For each word: its place, and whether it is first or last there."""
        found: list[Features] = [[] for _ in range(len(self.evidence))]
        for name, way in (("N", self.by_number), ("B", self.by_label), ("O", self.by_order)):
            for at, field in enumerate(way):
                if field:
                    found[at].append(f"{name}={field}")
                    if at == 0 or way[at - 1] != field:
                        found[at].append(f"{name}f={field}")
                    if at + 1 == len(way) or way[at + 1] != field:
                        found[at].append(f"{name}e={field}")
        return found


def _unnumbered(text: str, parts: Sequence[Part]) -> str:
    """A number before an answer becomes the end of a line, letter for letter."""
    for part in parts:
        if part.mark is not None:
            blank = "\n".ljust(part.start - part.mark)
            text = text[: part.mark] + blank + text[part.start :]
    return text


def _numbered(part: Part, fields: Sequence[str]) -> str:
    is_one = len(part.numbers) == 1 and part.numbers[0] <= len(fields)
    return fields[part.numbers[0] - 1] if is_one else ""


def _labelled(part: Part, fields: Sequence[str]) -> str:
    return next((field for field in part.fields if field in fields), "")


def _places(evidence: Evidence, parts: Sequence[Part], fields: Sequence[str]) -> Places:
    found = [""] * len(evidence)
    for part, field in zip(parts, fields, strict=False):
        for at in evidence.covered(part.start, part.start + len(part.text)):
            found[at] = field
    return tuple(found)
