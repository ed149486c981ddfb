"""What a reply says, in steps: what the model marks, what stands in its place, what words say.

Pure. A step adds to what those before it are sure of, and says so where it puts it right. What is
said without any question, by a button's words or by none of them, is told in `answers`.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from intake.people import LANGUAGES
from intake.replies.asides import declines, is_talk, without_talk
from intake.replies.declined_fields import (
    knows_nothing,
    only_declines,
    unknown_by_name,
)
from intake.replies.declining import find_declined
from intake.replies.devices import carried
from intake.replies.foreign_clauses import (
    alone,
    callback,
    is_told_elsewhere,
    may_put_off,
    own_words,
    puts_off,
    says_can,
    told_alone,
)
from intake.replies.hearsay import remembered
from intake.replies.impact import impact, is_of_others
from intake.replies.logins import bare_login, login_alone
from intake.replies.lone_moments import lone_moment
from intake.replies.lone_names import name_alone
from intake.replies.lone_places import floor_alone, lone_place, place_alone
from intake.replies.misnumbering import put_right
from intake.replies.missing_labels import lacks_label
from intake.replies.purposes import WISHED, with_purpose
from intake.replies.symptoms import happening, shown_otherwise, told_besides
from intake.replies.unhurried import unhurried
from intake.replies.versions import complete_versions, take_versions
from intake.understanding import Reader, choices
from intake.understanding.asked import Asked
from intake.understanding.denied import listed, undecided
from intake.understanding.fields import (
    ASSET,
    CONNECTION,
    DEVICE,
    ERROR,
    LOCATION,
    PHONE,
    SYMPTOM,
    TRIED,
    URGENCY,
)
from intake.understanding.fitting import fit, is_courtesy
from intake.understanding.parts import Part
from intake.understanding.questions import CHOICES
from intake.understanding.reading import Reading
from intake.understanding.single import read_value
from intake.understanding.wordlists import UNKNOWN
from intake.understanding.working import is_slowed

LONGEST_CHOICE = 7  # words
FEWEST_LINES = 3
LONGEST_SHOWN = 8  # words of what a screen says
ALONE, PLEADING, NOTHING_DONE = "alone", "speech.please", "tried.none"
SLOWED = "degraded"
LISTED = ("os", "phone_service", CONNECTION)  # of whose values a message names one at most


class CardReply(NamedTuple):
    """The reply to a card, word by word, and what its ticket is about."""

    reader: Reader
    whole: Reading
    asked: Asked
    category: str | None
    assumed: Collection[str]  # of the asked those with a value, put in doubt

    @property
    def fields(self) -> Collection[str]:
        """All that its category has a place for."""
        return self.reader.catalogue.fields_of(self.category)

    @property
    def is_wish(self) -> bool:
        """Whether something is wanted, so that what is told of it is a purpose."""
        return not {*WISHED}.isdisjoint(self.fields)


def take(reply: CardReply) -> tuple[Mapping[str, str], frozenset[str]]:
    """The values by field, also of fields that nobody asked, and the fields that can't be told."""
    reader, whole, asked, _, assumed = reply
    filled, declined = _marked(reply)
    _take_places(reply, filled, declined)
    filled = _with_words(reply, filled, declined)
    filled = _still_open(reply, filled, declined)
    filled = without_talk(reader, whole, asked, filled, assumed)
    filled = remembered(whole, asked) | filled | unhurried(whole, asked)
    is_declining = declines(reader, whole, asked, filled)
    return filled, declined - filled.keys() if is_declining else frozenset()


def _marked(reply: CardReply) -> tuple[dict[str, str], frozenset[str]]:
    """What the model marks and what it sees declined, but for what only sounds so."""
    reader, whole, asked, category, _ = reply
    found = reader.fields(asked.evidence, category, asked) if category else {}
    filled = {name: value.value for name, value in found.items()}
    filled = {n: said for n, said in filled.items() if not _tells_nothing(whole, n, said)}
    declined = find_declined(reader, whole, asked, filled) - _nothing_tried(whole, filled)
    if category and not filled and not asked.is_explicit:
        declined = _nothing_at_all(whole, asked, declined)
    return {name: said for name, said in filled.items() if name not in declined}, declined


def _nothing_at_all(whole: Reading, asked: Asked, declined: frozenset[str]) -> frozenset[str]:
    """What a reply without a value declines: all of it by “no idea”, or its one by name."""
    if lacks_label(whole, asked.fields):
        return frozenset({ASSET})
    if knows_nothing(whole):
        return unknown_by_name(whole, asked) or frozenset(asked.fields)
    return declined


def _take_places(reply: CardReply, filled: dict[str, str], declined: frozenset[str]) -> None:
    """What stands under a question's number, in its turn, or alone answers that question."""
    reader, whole, asked, *_ = reply
    take_versions(reader, whole, asked, filled)
    _take_parts(reply, filled, declined)
    put_right(whole, asked, filled)
    _take_foreign_words(reader, whole, asked, filled)
    _take_nothing(whole, asked, filled)


def _with_words(
    reply: CardReply, filled: dict[str, str], declined: frozenset[str]
) -> dict[str, str]:
    """With what words or a shape say wherever they stand; what is marked counts more."""
    _, whole, asked, *_ = reply
    fields = reply.fields
    filled |= name_alone(whole, asked, filled, declined)
    filled = dict(with_purpose(whole, asked, filled)) if reply.is_wish else filled
    known = {*filled, *declined}
    told = {
        **bare_login(whole, asked.fields, filled),
        **login_alone(whole, asked.fields),
        **_beside_texts(whole, filled, told_alone(whole, fields, asked=asked.fields, known=known)),
    }
    likely = {name: value for name, value in told.items() if name not in declined}
    likely |= happening(whole, asked, filled)
    likely |= {} if reply.is_wish else shown_otherwise(whole, asked, filled)
    likely |= _callback(whole, fields)
    if LOCATION in fields and LOCATION not in known:
        place = place_alone(whole) or likely.get(LOCATION, "") or floor_alone(whole)
        likely |= {LOCATION: place} if place and place != filled.get(ASSET) else {}
    return likely | filled | alone(whole, asked.fields)


def _beside_texts(
    whole: Reading, filled: Mapping[str, str], told: Mapping[str, str]
) -> dict[str, str]:
    """Without a device that is named within a text: “Login to server failed”, “Galaxy”."""
    hits = whole.hits.get(f"{DEVICE}.{told.get(DEVICE)}", ())
    named = {whole.says(own.first, own.after) for own in hits}
    is_within = any(word in value for word in named for value in filled.values())
    is_within |= any(word in quote.text for word in named for quote in whole.quotes)
    return {name: said for name, said in told.items() if name != DEVICE or not is_within}


def _still_open(
    reply: CardReply, filled: Mapping[str, str], declined: frozenset[str]
) -> dict[str, str]:
    """With what answers a question that nothing else does; a version or a device is put right."""
    reader, whole, asked, *_ = reply
    known = dict(filled)
    known |= _agreed_last(reader, whole, asked, {*known, *declined})
    known |= _slowed(whole, asked, {*known, *declined})
    known |= _named_once(whole, asked, {*known, *declined})
    known |= lone_place(reader, whole, asked, known, declined)
    known |= lone_moment(asked, known, declined)
    known |= {} if reply.is_wish else told_besides(reader, whole, asked, known, declined)
    return known | {
        **impact(whole, asked, known, declined),
        **complete_versions(reader, whole, known),
        **carried(whole, asked, reply.fields, known),
    }


def _tells_nothing(whole: Reading, name: str, said: str) -> bool:
    if is_told_elsewhere(whole, name, said) or _is_only_quoted(whole, name, said):
        return True
    if name == DEVICE and is_of_others(whole, said):
        return True
    if _is_no_value(whole, name, said):
        return True
    is_declining = UNKNOWN in whole.hits and only_declines(whole, said)
    return is_declining or (may_put_off(whole) and puts_off(whole.piece(said)))


def _is_no_value(whole: Reading, name: str, said: str) -> bool:
    """Whether it names its field, at most that there is none (“error none”), or but pleads."""
    labels = (f"field.{name}",) if name == ERROR else ()
    if not whole.has_any((*labels, PLEADING)):  # dear to read each value alone
        return False
    own = whole.piece(said)
    is_label = own.says_only(
        own.covered(labels), ("decline.absent", "speech.function", "speech.filler")
    )
    return is_label or own.says_only(own.covered((PLEADING,)))


def _is_only_quoted(whole: Reading, name: str, said: str) -> bool:
    """Whether nothing but what a screen says names the value: “it says "message blocked"”."""
    labels = (f"{name}.{said}", f"{ALONE}.{said}") if name in CHOICES and whole.quotes else ()
    starts = [
        whole.tokens[hit.first].start for label in labels for hit in whole.hits.get(label, ())
    ]
    shown = [own for own in whole.quotes if len(own.text.split()) <= LONGEST_SHOWN]
    return bool(starts) and all(
        any(own.start <= start < own.end for own in shown) for start in starts
    )


def _nothing_tried(whole: Reading, filled: Mapping[str, str]) -> frozenset[str]:
    """“I did nothing” says what was tried, and that it can't be told of something else."""
    is_told = TRIED in filled and NOTHING_DONE in whole.hits
    is_nothing = is_told and NOTHING_DONE in whole.piece(filled[TRIED]).hits
    return frozenset({TRIED} if is_nothing else ())


def _take_parts(reply: CardReply, filled: dict[str, str], declined: frozenset[str]) -> None:
    """The whole of a part that nothing else explains, where its place names the field."""
    reader, whole, asked, *_ = reply
    is_sure = asked.is_explicit or _is_in_lines(whole, asked)
    for part, name in _fitting(whole, asked):
        is_open = name not in {*filled, *declined} and not _is_used(part, filled)
        if not (is_open or name == URGENCY or reader.catalogue.fields[name].yes):
            continue
        reading = own_words(whole.piece(part.text), name)
        meant = agreed(reader, reading, name)
        if name == URGENCY and _is_slowed(reading):
            meant = SLOWED
        if meant:
            filled[name] = meant
        elif is_open:
            is_text = reader.catalogue.fields[name].type == "text"
            is_beside = is_text and not is_sure and is_talk(reader, reading, name)
            value = "" if is_courtesy(reading, name) else read_value(reading, name)
            if value and not (is_text and (is_beside or puts_off(reading))):
                filled[name] = value


def _fitting(whole: Reading, asked: Asked) -> Sequence[tuple[Part, str]]:
    """The parts that have a field by their place; by order alone where that fits them, too."""
    named = [(part, asked.field_of(at)) for at, part in enumerate(asked.parts)]
    placed = [(part, name) for part, name in named if name]
    if asked.is_explicit or not placed:
        return placed
    pieces = [own_words(whole.piece(part.text), name) for part, name in placed]
    fits = fit(pieces, [name for _, name in placed])
    return [own for own, is_fit in zip(placed, fits, strict=True) if is_fit]


def _is_in_lines(whole: Reading, asked: Asked) -> bool:
    """Whether each of some answers in order has its own line, or stands between strokes."""
    text, parts = whole.text, asked.parts
    gaps = [text[one.start + len(one.text) : other.start] for one, other in pairwise(parts)]
    is_apart = all("\n" in gap or "/" in gap for gap in gaps)
    return is_apart and len(asked.in_order) >= FEWEST_LINES


def agreed(reader: Reader, reading: Reading, name: str) -> str:
    """What a bare yes or no means where the field's label asks for one: “Can you work?”."""
    if not reader.catalogue.fields[name].yes:
        return ""
    is_yes = says_can(reading)
    is_yes = choices.read_agreement(reading) if is_yes is None else is_yes
    return "" if is_yes is None else reader.catalogue.agreed(name, is_yes=is_yes)


def _is_used(part: Part, filled: Mapping[str, str]) -> bool:
    return any(value in part.text for value in filled.values())


def _take_foreign_words(
    reader: Reader, whole: Reading, asked: Asked, filled: dict[str, str]
) -> None:
    """A word for a value in another language than the rest."""
    if len(whole.tokens) > LONGEST_CHOICE or choices.read_agreement(whole) is not None:
        return
    in_doubt = {name for name, _, _ in undecided(whole)}
    for name in asked.fields:
        if name in {*filled, *in_doubt} or not reader.catalogue.fields[name].values:
            continue
        others = (reader.reread(whole, language) for language in LANGUAGES)
        value = next((value for other in others if (value := read_value(other, name))), "")
        if value:
            filled[name] = value


def _take_nothing(whole: Reading, asked: Asked, filled: dict[str, str]) -> None:
    """A bare “nothing” is what the card offers to say of what was tried."""
    if TRIED not in asked.fields or TRIED in filled or asked.is_explicit:
        return
    is_plain = len(whole.clauses) == 1 or ERROR not in asked.fields  # of which it is said too
    is_said = is_plain and NOTHING_DONE in whole.hits
    for clause in whole.clauses if is_said else ():
        own = whole.within(clause)
        if own.says_only(own.covered((NOTHING_DONE,))):
            filled[TRIED] = read_value(own, TRIED)


def _callback(whole: Reading, fields: Collection[str]) -> dict[str, str]:
    number = callback(whole) if PHONE in fields else ""
    return {PHONE: number} if number else {}


def _is_slowed(reading: Reading) -> bool:
    return bool(reading.tokens) and is_slowed(reading, 0, len(reading.tokens))


def _slowed(whole: Reading, asked: Asked, answered: Collection[str]) -> dict[str, str]:
    """“Slowly” in a clause of its own, where what happens is known."""
    if URGENCY in answered or URGENCY not in asked.fields or SYMPTOM in asked.fields:
        return {}
    is_slow = any(is_slowed(whole, own.first, own.after) for own in whole.clauses)
    return {URGENCY: SLOWED} if is_slow and not asked.is_explicit else {}


def _agreed_last(
    reader: Reader, whole: Reading, asked: Asked, answered: Collection[str]
) -> dict[str, str]:
    """The yes or no that closes a list of answers, where the last question asks for one."""
    is_list = len(whole.clauses) > 1 and not asked.is_explicit
    is_of_tried = TRIED in asked.fields and TRIED not in answered  # of which "no" says enough
    if not is_list or is_of_tried:
        return {}
    last = whole.clauses[-1]
    own = whole.within(last)
    told = {name: agreed(reader, own, name) for name in asked.fields[-1:] if name not in answered}
    return {name: value for name, value in told.items() if value}


def _named_once(whole: Reading, asked: Asked, answered: Collection[str]) -> dict[str, str]:
    """What the lists alone name of a choice that is asked for, where nothing else answers it."""
    told = {name: listed(whole, name) for name in asked.fields if name in LISTED}
    return {name: value for name, value in told.items() if value and name not in answered}
