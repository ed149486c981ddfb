"""What something is wanted for, which people say beside what is asked: “for calls, by Friday”.

Pure. A wish names a thing and not its purpose; said later, the purpose takes the wish's place.
"""

import re
from collections.abc import Iterator, Mapping

from intake.replies.foreign_clauses import PLACES
from intake.tickets import Kind, Ticket
from intake.understanding.asked import Asked
from intake.understanding.fields import ITEM, SYMPTOM
from intake.understanding.folding import plain
from intake.understanding.phrases import hits_of
from intake.understanding.reading import Clause, Reading
from intake.understanding.stops import question_marks
from intake.understanding.values import JOIN

WISHED = (ITEM, "system")  # fields that a wish is about
ELSEWHERE = (*PLACES, "place.home", "place.city")
TABLE = "told"
NEAR = 2  # words right after the opening one, of which one may be an article or a number
EDGES = " ,;.-–—"
LONGEST_TASK = 14  # words
SMALL = ("speech.function", "place.before", "speech.article")
VERBS = {
    "uk": re.compile(r"\w+т(?:и|ь|ися|ись)\b"),
    "en": re.compile(r"[a-z]+\b"),
    "sk": re.compile(r"\w+[aeiuy]t(?: (?:sa|si))?\b(?=\s)"),
    "el": re.compile(r"(?:να|na)\s"),
    "it": re.compile(r"\w+(?:are|ere|ire|rre|ar|er|ir|r(?:lo|la|li|le|mi|ci|ne))\b"),
}
NEARLY_ALL = 2  # words that a wish has more than the thing: “need two headsets”


def is_wish(ticket: Ticket) -> bool:
    """Whether what stands as purpose is the wish itself: “need a new headset”."""
    said = ticket.answers.get(SYMPTOM, "")
    wished = (ticket.answers.get(name, "") for name in WISHED)
    return ticket.kind is Kind.SERVICE_REQUEST and any(one and one in said for one in wished)


def with_purpose(reading: Reading, asked: Asked, filled: Mapping[str, str]) -> Mapping[str, str]:
    """With what it is wanted for, where that was asked; also before a list with labels."""
    if SYMPTOM not in asked.fields:
        return filled
    if not asked.is_explicit:
        return _told_purpose(reading, filled)
    clause, task = _task(reading, filled) if asked.parts[0].mark else ("", "")
    is_before = bool(task) and 0 <= reading.text.find(clause) < (asked.parts[0].mark or 0)
    return {**filled, SYMPTOM: task} if is_before and filled.get(SYMPTOM, "") in clause else filled


def _told_purpose(reading: Reading, filled: Mapping[str, str]) -> Mapping[str, str]:
    """With what the reply says in place of the purpose that was asked for.

    What the model found is none where it is the thing itself, and no more than what follows that.
    The words that open a purpose belong to it, and not to the thing.
    """
    clause, task = _task(reading, filled)
    found, item = filled.get(SYMPTOM, ""), filled.get(ITEM, "")
    if task and (not found or found in clause):
        return {**filled, SYMPTOM: task}
    told = _purpose_beside(reading, filled)
    thing = _before(reading.text, item, told.get(SYMPTOM, ""))
    return {**told, ITEM: thing} if thing else told


def _before(text: str, item: str, purpose: str) -> str:
    """The thing without the purpose that begins within it: “a tablet | for the ward round”."""
    start, begins = text.find(item), text.find(purpose) if purpose else -1
    return text[start:begins].rstrip(EDGES) if 0 <= start < begins < start + len(item) else ""


def _purpose_beside(reading: Reading, filled: Mapping[str, str]) -> Mapping[str, str]:
    """With a purpose that the model has not found, or has taken the thing for."""
    known = {name: value for name, value in filled.items() if name != SYMPTOM}
    found, item = filled.get(SYMPTOM, ""), filled.get(ITEM, "")
    said = purpose_of(reading, known)
    if found and not (item and item in found) and not _is_thing(found.partition(JOIN)[0], item):
        return {**filled, SYMPTOM: said} if said.endswith(f" {found}") else filled
    rest = [piece for piece in found.split(JOIN) if not _is_thing(piece, item)]
    meant = said or JOIN.join(rest)
    return {**known, SYMPTOM: meant} if meant else known


def _is_thing(said: str, item: str) -> bool:
    """Whether it says no more than what is wanted."""
    words, named = ({*plain(text).split()} for text in (said, item))
    return bool(named) and named <= words and len(words - named) <= NEARLY_ALL


def _task(reading: Reading, filled: Mapping[str, str]) -> tuple[str, str]:
    """A clause that says what somebody has to do with what is wanted, and that alone.

    “I have to | read the older files”.
    """
    hits = hits_of(reading, TABLE)
    for hit in hits["has_to"]:
        clause = reading.clause_at(hit.first)
        is_timed = any(when.first in clause.words for when in reading.moments)
        if is_timed or not 0 < clause.after - hit.after <= LONGEST_TASK:
            continue
        is_verb = VERBS[reading.language].match(
            plain(reading.text[reading.tokens[hit.after].start :])
        )
        if is_verb and not any(own.first == hit.after for own in hits["no_task"]):
            said = reading.says(hit.after, clause.after)
            return reading.text[clause.start : clause.end], _without_known(reading, said, filled)
    return "", ""


def _without_known(reading: Reading, said: str, filled: Mapping[str, str]) -> str:
    """Up to where something else is named: “see the x-rays | in PACS”."""
    others = (value for name, value in filled.items() if name != SYMPTOM)
    cuts = [at for value in others if (at := said.find(value)) > 0]
    own = reading.piece(said[: min(cuts, default=len(said))])
    small, after = own.covered(SMALL), len(own.tokens)
    while cuts and after > 1 and after - 1 in small:
        after -= 1
    return own.says(0, after) if after > 1 else ""


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
    marks = question_marks(reading.language)
    return reading.text[clause.end :].lstrip().startswith(marks)


def _opened(reading: Reading, clause: Clause) -> Iterator[tuple[int, int]]:
    hits = hits_of(reading, TABLE)
    leads = {hit.first: hit.after for hit in hits["wanted_for"]}
    begin = leads.get(clause.first, clause.first)
    opens = {hit.first for hit in hits["what_for"]} & {clause.first, begin}
    opens |= {hit.first for hit in hits["so_that"]} & set(clause.words)
    opens -= {hit.first for hit in hits["no_purpose"]}
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
