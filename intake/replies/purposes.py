"""What something is wanted for, which people say beside what is asked: “for calls, by Friday”.

Pure. A wish names a thing and not its purpose; said later, the purpose takes the wish's place.
"""

from collections.abc import Iterator, Mapping

from intake.replies.foreign_clauses import PLACES
from intake.replies.plainness import TROUBLE
from intake.tickets import Kind, Ticket
from intake.understanding.folding import plain
from intake.understanding.phrases import hits_of
from intake.understanding.reading import Clause, Reading
from intake.understanding.values import JOIN

ITEM = "item"
WISHED = (ITEM, "system")  # fields that a wish is about
ELSEWHERE = (*PLACES, "place.home", "place.city")
TABLE = "told"
NEAR = 2  # words right after the opening one, of which one may be an article or a number
NEARLY_ALL = 2  # words that a wish has more than the thing: “need two headsets”


def is_wish(ticket: Ticket) -> bool:
    """Whether what stands as purpose is the wish itself: “need a new headset”."""
    said = ticket.answers.get(TROUBLE, "")
    wished = (ticket.answers.get(name, "") for name in WISHED)
    return ticket.kind is Kind.SERVICE_REQUEST and any(one and one in said for one in wished)


def told_purpose(reading: Reading, filled: Mapping[str, str]) -> Mapping[str, str]:
    """What the reply says in place of the purpose that was asked for, where the model found none.

    What it found is none where it is the thing itself, and no more than what follows that. The
    words that open a purpose belong to it.
    """
    known = {name: value for name, value in filled.items() if name != TROUBLE}
    found, item = filled.get(TROUBLE, ""), filled.get(ITEM, "")
    said = purpose_of(reading, known)
    if found and not (item and item in found) and not _is_thing(found.partition(JOIN)[0], item):
        return {**filled, TROUBLE: said} if said.endswith(f" {found}") else filled
    rest = [piece for piece in found.split(JOIN) if not _is_thing(piece, item)]
    meant = said or JOIN.join(rest)
    return {**known, TROUBLE: meant} if meant else known


def _is_thing(said: str, item: str) -> bool:
    """Whether it says no more than what is wanted."""
    words, named = ({*plain(text).split()} for text in (said, item))
    return bool(named) and named <= words and len(words - named) <= NEARLY_ALL


def purpose_of(reading: Reading, known: Mapping[str, str] | None = None) -> str:
    """What a word for purposes opens, that is no place, no moment, and nothing known of others.

    “For whom?” only says our question again.
    """
    said_so = (one for one in reading.clauses if not _is_asked(reading, one))
    told = (span for clause in said_so for span in _opened(reading, clause))
    others = [plain(value) for value in (known or {}).values()]
    said = (reading.says(first, after) for first, after in told)
    return next((words for words in said if not _repeats(plain(words), others)), "")


def _is_asked(reading: Reading, clause: Clause) -> bool:
    marks = ("?", ";") if reading.language == "el" else ("?",)
    return reading.text[clause.end :].lstrip().startswith(marks)


def _opened(reading: Reading, clause: Clause) -> Iterator[tuple[int, int]]:
    hits = hits_of(reading, TABLE)
    leads = {hit.first: hit.after for hit in hits["wanted_for"]}
    begin = leads.get(clause.first, clause.first)
    opens = {hit.first for hit in hits["what_for"]} & {clause.first, begin}
    opens |= {hit.first for hit in hits["so_that"]} & set(range(clause.first, clause.after))
    for first in sorted(opens):
        if clause.after - first > 1 and _is_none_else(reading, first, clause.after):
            yield first, clause.after


def _is_none_else(reading: Reading, first: int, after: int) -> bool:
    """Whether no place and no moment follows the opening word: “for Monday”, “for the office”."""
    near = range(first + 1, min(first + 1 + NEAR, after))
    is_timed = any(when.first in near for when in reading.moments)
    places = (hit for label in ELSEWHERE for hit in reading.found(label, first, after))
    return not is_timed and not any(hit.first in near for hit in places)


def _repeats(words: str, others: list[str]) -> bool:
    """Whether it is about no more than what answers another question: “for the finance drive”."""
    return any(
        value in words and len(words.split()) - len(value.split()) <= NEARLY_ALL
        for value in others
    )
