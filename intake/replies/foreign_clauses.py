"""Which clauses of a reply speak of something else than the text that is asked: “not only me”.

Pure. Where a text is asked for, any words could be one; these are none: those that say the value
of a list and nothing else, tell what is broken where a place is asked, or put the answer off.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache

from intake.replies.plainness import AROUND, BARE
from intake.understanding.acting import before_verb
from intake.understanding.denied import is_denied, is_meant_otherwise, listed, settled
from intake.understanding.fields import (
    ACCOUNT,
    APPLICATION,
    APPROVER,
    ASSET,
    DEVICE,
    ERROR,
    EXTENSION,
    ITEM,
    LOCATION,
    PHONE,
    SCOPE,
    SYMPTOM,
    SYSTEM,
    TRIED,
    URGENCY,
)
from intake.understanding.lexicon import Hit
from intake.understanding.naming import is_of_approver
from intake.understanding.phones import Phone, find_phones
from intake.understanding.phrases import hits_of, said_of
from intake.understanding.questions import CHOICES
from intake.understanding.reading import Clause, Reading, covered_by
from intake.understanding.symbols import rooms
from intake.understanding.wordlists import LATER, PASSWORD, UNKNOWN

TABLE = "told"
PARTS_OF_DAY = ("moment.morning", "moment.afternoon", "moment.evening")
DAY, COURTESIES = "moment.day", ("speech.please", "speech.closing", "speech.greeting")
SOLID = (LOCATION, ACCOUNT, APPROVER, ERROR)  # texts in which no list's value stands
NAMING = (LOCATION, ACCOUNT, APPROVER)  # nor does what is broken
LABELS = (ASSET,)  # codes for which the number of a line could be taken
THINGS = (ITEM, APPLICATION, SYSTEM)  # texts that may be a device, an operating system
VERSIONED = ("os",)
BARELY_NONE = (LOCATION, APPROVER, TRIED, SYMPTOM)  # texts that no bare number is
PEOPLE, STATE = (SCOPE,), (SCOPE, URGENCY)
ELSEWHERE = [name for name in CHOICES if name != "phone_service"]  # in Italian it is an office too
SOLIDLY = dict.fromkeys(SOLID, CHOICES) | {LOCATION: ELSEWHERE}
OTHERWISE = {SYMPTOM: PEOPLE, TRIED: CHOICES} | dict.fromkeys(THINGS, STATE)
TROUBLES, PLACES = ("trouble.broken", "tried.did"), ("place.head", "place.beside", "reply.floor")
SMALL = (*AROUND, "speech.function", "speech.not", "speech.negation", "speech.filler_after")


def puts_off(reading: Reading) -> bool:
    """Whether it says no more than that the answer comes later: “ok, will do”, “no time now”."""
    off = _words(reading, ("puts_off",)) | reading.covered((LATER,))
    return (bool(off) and _only_puts_off(reading, off)) or _only_promises(reading)


def may_put_off(reading: Reading) -> bool:
    """Whether a piece of it may: it has such words at all."""
    return LATER in reading.hits or bool(_words(reading, ("puts_off", "will_answer")))


def says_can(reading: Reading) -> bool | None:
    """Whether it says “I can” and nothing else, or “I can't”; None where it says neither."""
    for name, is_so in (("unable", False), ("able", True)):
        own = _words(reading, (name,))
        if reading.says_only(own, AROUND):
            return is_so
    return None


def exclaims(reading: Reading) -> bool:
    """Whether it judges or sighs and says nothing: “typical”, “oh my god”."""
    return reading.says_only(_exclaiming(reading), SMALL)


def _exclaims_in(reading: Reading, clause: Clause) -> bool:
    may = not _exclaiming(reading).isdisjoint(clause.words)  # dear to read each clause alone
    return may and exclaims(reading.within(clause))


def _exclaiming(reading: Reading) -> Set[int]:
    return said_of(reading, "idioms", is_mixed=True)["exclaims"]


def rest_too(reading: Reading) -> bool:
    """Whether “the rest too” follows what is not known."""
    unknown = [at for at, one in enumerate(reading.clauses) if reading.has(UNKNOWN, one)]
    after = (one for at, one in enumerate(reading.clauses) if {at, at - 1} & {*unknown})
    return any(_said_in(reading, one, ("rest_too",)) for one in after)


def without_haste(reading: Reading) -> Reading:
    """The same with blanks for clauses about a lack of time: “no time to look for the label”."""
    said = [hit for hit in hits_of(reading, TABLE)["no_time"] if not _is_over_lines(reading, hit)]
    hasty = [own for own in reading.clauses if any(map(own.holds, said))]
    return reading.without(hasty)


def _is_over_lines(reading: Reading, hit: Hit) -> bool:
    """Whether a line ends in it: “Error: none | When: ...”, which in Ukrainian reads “no time”."""
    return "\n" in reading.says(hit.first, hit.after)


def _only_puts_off(reading: Reading, off: set[int]) -> bool:
    when = covered_by((*reading.moments, *reading.below(DAY)))
    around = _words(reading, ("small",)) | when
    return bool(off - when) and reading.says_only(off, COURTESIES, around)


def _only_promises(reading: Reading) -> bool:
    """Whether each clause promises an answer, or says why not now: “away, I'll reply later”."""
    promised = [own for own in reading.clauses if _is_promise(reading, own)]
    if not promised:
        return False
    around = _words(reading, ("small", "away", "no_time")) | reading.covered(SMALL)
    others = (own for own in reading.clauses if own not in promised)
    return all(around.issuperset(own.words) for own in others)


def _is_promise(reading: Reading, clause: Clause) -> bool:
    return _said_in(reading, clause, ("will_answer",)) and _is_later(reading, clause)


def _is_later(reading: Reading, clause: Clause) -> bool:
    is_dated = any(when.first in clause.words for when in reading.moments)
    return is_dated or reading.has_any((LATER, *PARTS_OF_DAY), clause)


def told_alone(
    reading: Reading,
    fields: Collection[str],
    *,
    asked: Collection[str],
    known: Collection[str] = (),
) -> dict[str, str]:
    """Of fields with a list of values what a clause says that says nothing else.

    What nobody asked for is taken where all of the reply is such clauses, and a device always.
    What is known otherwise is left out.
    """
    told = [
        (own, [name for name in _said_alone(reading, own) if name in fields])
        for own in reading.clauses
    ]
    is_all_told = all(only for _, only in told)
    taken = (*asked, DEVICE)  # of which people tell beside what is asked
    return {
        name: value
        for clause, only in told
        for name in only
        if name not in known and (name in taken or is_all_told)
        if (value := _told(reading, clause, name))
    }


def _told(reading: Reading, clause: Clause, field: str) -> str:
    """The value, "" where it takes it back."""
    return settled(reading, field, choice_of(reading.within(clause), field))


def alone(reading: Reading, asked: Collection[str]) -> dict[str, str]:
    """What a word or two say to the question whom it concerns: “nobody else”."""
    if SCOPE not in asked or not says_whom(reading):
        return {}
    value = choice_of(reading, SCOPE)
    return {SCOPE: value} if value else {}


def says_whom(reading: Reading) -> bool:
    """Whether it says whom it concerns in such words, and nothing else."""
    return reading.says_only(_words(reading, _bare(SCOPE)), SMALL)


def choice_of(reading: Reading, field: str) -> str:
    """The value of the field that its lists name, or a word of its own; "" where it is denied."""
    bare = (BARE[name][1] for name in _bare(field) if _is_said(reading, name, field))
    if field == SCOPE and says_whom(reading):
        return next(bare, "")
    return listed(reading, field) or next(bare, "")


@cache  # fields are few
def _bare(field: str) -> Sequence[str]:
    return [name for name, (of, _) in BARE.items() if of == field]


def callback(reading: Reading) -> str:
    """The number on which the writer asks to be called, in E.164; "" where none is."""
    calling = [clause for clause in reading.clauses if _said_in(reading, clause, ("calls",))]
    numbers = (phone.number for clause in calling for phone in _phones(reading, clause))
    return next(numbers, "")


def tells_of_writer(reading: Reading) -> bool:
    """Whether it says only on what number the writer is reached, or that there is no time."""
    told = without_haste(reading).clauses
    if not told:
        return bool(reading.tokens)
    return bool(callback(reading)) and all(_tells_number(reading, own, "") for own in told)


def own_words(reading: Reading, field: str) -> Reading:
    """The same with blanks where something else is told than this text."""
    known, key = reading.remembered, f"own words of {field}"
    if key not in known:
        known[key] = _own_words(reading, field)
    own: Reading = known[key]
    return own


def _own_words(reading: Reading, field: str) -> Reading:
    each = (_is_foreign(reading, clause, field) for clause in reading.clauses)
    if field in (*SOLID, *LABELS, EXTENSION):
        foreign = [own for own, is_so in zip(reading.clauses, each, strict=True) if is_so]
    else:  # all of it or nothing
        foreign = reading.clauses if all(each) else []
    return reading.without(foreign) if foreign else reading


def without_told(reading: Reading, fields: Iterable[str]) -> str:
    """The text with blanks for clauses that say a value of these fields and nothing else."""
    names = {*fields}
    told = [own for own in reading.clauses if not names.isdisjoint(_said_alone(reading, own))]
    return reading.without(told).text


def is_told_elsewhere(reading: Reading, field: str, value: str) -> bool:
    """Whether it was found in what says something else: the floor of “the whole floor”."""
    if "@" in value or any(value == quote.text for quote in reading.quotes):
        return False  # an address says by itself what it is, and so does what a screen said
    return value in reading.text and value not in own_words(reading, field).text


def _is_foreign(reading: Reading, clause: Clause, field: str) -> bool:
    if _tells_number(reading, clause, field) or _exclaims_in(reading, clause):
        return True
    choices = SOLIDLY.get(field) or OTHERWISE.get(field, ())
    if choices and not {*choices}.isdisjoint(_said_alone(reading, clause)):
        return True
    if field not in NAMING:
        return False
    is_of_password = field == ACCOUNT and _forgets_password(reading, clause)
    if is_of_password or _says_when(reading, clause) or _goes_on(reading, clause):
        return True
    is_approved = field == APPROVER and is_of_approver(reading, clause)
    return (
        reading.has_any(TROUBLES, clause) and not is_approved and not _names_place(reading, clause)
    )


def _forgets_password(reading: Reading, clause: Clause) -> bool:
    return reading.has(PASSWORD, clause) and reading.has(UNKNOWN, clause)


def _names_place(reading: Reading, clause: Clause) -> bool:
    is_place = reading.has_any(PLACES, clause) or _opens_place(reading, clause)
    return is_place or any(clause.start <= at < clause.end for at, _ in rooms(reading.text))


def _opens_place(reading: Reading, clause: Clause) -> bool:
    """“In accounting it jams”, where no word of a list names the place."""
    said = reading.text[clause.start : clause.end]
    own = (clause.first, clause.after)
    leads = reading.found("place.before", *own)
    is_led = before_verb(said) != said and any(hit.first == clause.first for hit in leads)
    is_thing = reading.below("device", *own) or reading.found("application", *own)
    return is_led and not is_thing


def _tells_number(reading: Reading, clause: Clause, field: str) -> bool:
    """Whether it says on what number somebody is reached, which is no place, label or login."""
    clause = _with_label(reading, clause)
    if not any(map(str.isdigit, reading.says(clause.first, clause.after))):
        return False
    phones = _phones(reading, clause)
    if field == EXTENSION:
        return bool(phones) and _said_in(reading, clause, ("calls",))
    is_named = _said_in(reading, clause, ("calls", "reached") if phones else ("line",))
    is_bare = bool(phones) and field in BARELY_NONE and _is_number(reading, clause)
    return field != PHONE and (is_named or is_bare)


def _with_label(reading: Reading, clause: Clause) -> Clause:
    """All of "my extension: 214", of which a clause is either half."""
    if ":" not in reading.text:
        return clause
    at, clauses, text = reading.clauses.index(clause), reading.clauses, reading.text
    for one, other in ((at - 1, at), (at, at + 1)):
        if one >= 0 and other < len(clauses):
            first, second = clauses[one], clauses[other]
            if text[first.end : second.start].strip() == ":":
                return replace(first, after=second.after, end=second.end)
    return clause


def _phones(reading: Reading, clause: Clause) -> list[Phone]:
    text = reading.text[clause.start : clause.end]
    return list(find_phones(text, reading.language, reading.country))


def _is_number(reading: Reading, clause: Clause) -> bool:
    small = reading.covered(SMALL)
    return all(reading.tokens[at].word.isdigit() or at in small for at in clause.words)


def _said_in(reading: Reading, clause: Clause, names: Iterable[str]) -> bool:
    said = said_of(reading, TABLE, is_mixed=True)
    return not all(said[name].isdisjoint(clause.words) for name in names)


def _says_when(reading: Reading, clause: Clause) -> bool:
    when = covered_by(reading.moments)
    if when.isdisjoint(clause.words):
        return False
    small = reading.covered((*SMALL, "moment.since", "moment.around"))
    return (when | small).issuperset(clause.words)


def _goes_on(reading: Reading, clause: Clause) -> bool:
    said = _words(reading, ("goes_on",))
    if said.isdisjoint(clause.words):
        return False
    return (said | reading.covered(SMALL)).issuperset(clause.words)


def _said_alone(reading: Reading, clause: Clause) -> list[str]:
    """The fields of a list of which a clause says a value, and nothing else."""
    words = clause.words
    found = [
        field
        for field, (own, besides) in _words_said(reading).items()
        if not own.isdisjoint(words) and besides.issuperset(words)
    ]
    # phrases with words left open reach over numbers: "next to INV-3 it works"
    if found and any(map(str.isdigit, reading.says(clause.first, clause.after))):
        return [field for field in found if field in VERSIONED]
    return found


def _words_said(reading: Reading) -> Mapping[str, tuple[set[int], set[int]]]:
    """Of each such field the words that say its values, and these with what may stand beside."""
    known = reading.remembered
    if "words said" not in known:
        known["words said"] = {
            field: (own, own | reading.covered((*SMALL, f"field.{field}", f"cue.{field}")))
            for field, own in _words_of_values(reading).items()
        }
    found: Mapping[str, tuple[set[int], set[int]]] = known["words said"]
    return found


def _words_of_values(reading: Reading) -> Mapping[str, set[int]]:
    """By field of a list, where any say a value of it."""
    said = said_of(reading, TABLE, is_mixed=True)
    each = {
        field: covered_by(reading.below(field)).union(*(said[name] for name in _bare(field)))
        for field in CHOICES
    }
    return {field: words for field, words in each.items() if words}


def _is_said(reading: Reading, name: str, field: str) -> bool:
    hits = hits_of(reading, TABLE, is_mixed=True)[name]
    meant = (own for own in hits if not is_meant_otherwise(reading, field, own.first, own.after))
    return any(not is_denied(reading, *reading.letters(hit), field) for hit in meant)


def _words(reading: Reading, names: Iterable[str]) -> set[int]:
    """The words of phrases of these lists."""
    said = said_of(reading, TABLE, is_mixed=True)
    return set[int]().union(*(said[name] for name in names))
