"""Takes the reply to a card as it comes: numbered, labelled, in order, in a sentence, or in part.

What stands in a text is left to `understanding`; here it is decided which asked field it answers
and which fields the employee cannot answer. What says that is told by `declining`, what asks
something back by `questions_back`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import NotRequired, TypedDict, Unpack

from intake.people import LANGUAGES
from intake.replies.asides import declines, is_talk, without_talk
from intake.replies.declined_fields import (
    knows_nothing,
    only_declines,
    unknown_by_name,
)
from intake.replies.declining import find_declined
from intake.replies.devices import carried
from intake.replies.exemptions import excepted, knows_none
from intake.replies.foreign_clauses import (
    alone,
    callback,
    is_told_elsewhere,
    may_put_off,
    own_words,
    place_alone,
    puts_off,
    says_can,
    told_alone,
    without_haste,
)
from intake.replies.hearsay import remembered
from intake.replies.impact import impact
from intake.replies.logins import bare_login, login_alone
from intake.replies.lone_names import name_alone
from intake.replies.lone_places import lone_place
from intake.replies.misnumbering import put_right
from intake.replies.named_unknowns import indifferent
from intake.replies.plainness import TROUBLE
from intake.replies.purposes import WISHED, with_purpose
from intake.replies.questions_back import without_questions
from intake.replies.repetitions import without_restating
from intake.replies.symptoms import happening
from intake.replies.unhurried import unhurried
from intake.replies.versions import complete_versions, take_versions
from intake.understanding import Reader, choices
from intake.understanding.asked import Asked
from intake.understanding.chasing import is_impatient
from intake.understanding.denied import listed, undecided
from intake.understanding.fitting import fit, is_courtesy
from intake.understanding.numbering import KEYCAP
from intake.understanding.parts import Part
from intake.understanding.reading import Reading
from intake.understanding.single import read_value
from intake.understanding.working import is_slowed

REMEMBERED = 8  # replies: whose answer one is, and what it says, is asked again and again
LONGEST_CHOICE = 7  # words
FEWEST_LINES = 3
TRIED, PHONE, PLACE, STATE, LABEL = "tried", "phone", "location", "urgency", "asset"
SLOWED = "degraded"
UNKNOWN = "decline.unknown"
NUMBER_BEFORE = re.compile(rf"^\s*[1-9](?:{KEYCAP})?\s*(?:[.):\]=/→–—-]\s*|(?<=\s))")
LISTED = ("os", "phone_service", "connection")  # of whose values a message names one at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Canonical values by field (also of fields that nobody asked), and what can't be said."""

    filled: Mapping[str, str] = field(default_factory=dict)
    declined: frozenset[str] = frozenset()
    is_set_apart: bool = False  # by numbers, labels or a button's words: they are for the card


class Asking(TypedDict):
    """What a reply is read by: the card's questions in their order, and when it was sent."""

    asked: tuple[str, ...]
    numbered: NotRequired[tuple[str, ...]]  # the fields in the order of their numbers, if another
    assumed: NotRequired[tuple[str, ...]]  # of the asked those with a value, put in doubt
    category: str | None
    language: str
    now: datetime
    reader: Reader


@lru_cache(maxsize=REMEMBERED)  # several ask of a message: is it an answer, to which card, what
def read_answers(text: str, **asking: Unpack[Asking]) -> Answers:
    """What the model finds; a part set apart for a field answers it even in unknown words."""
    reader, fields = asking["reader"], asking["asked"]
    language = reader.language_of(text, asking["language"])
    heard = without_questions(text, language)
    spoken = reader.read(without_restating(heard), language=language, now=asking["now"])
    whole = without_haste(spoken)
    is_asking = heard != text  # "I don't know, where do I find it?"
    is_silent = not whole.tokens and any(map(str.isalnum, text))
    is_aside = puts_off(spoken) or (is_impatient(spoken) and STATE not in fields)
    if is_silent or is_aside or (is_asking and knows_nothing(whole)):
        return Answers()
    pressed = _pressed(reader, whole.text, fields)
    refused = pressed or _refused(reader, whole, fields)
    if refused:
        return Answers(filled=refused, is_set_apart=bool(pressed))
    told = _declined_at_once(whole, asking)
    if told is not None:
        return told
    asked = reader.asked(whole, fields, asking["category"], asking.get("numbered"))
    return _understood(reader, whole, asked, asking["category"], asking.get("assumed", ()))


def _declined_at_once(whole: Reading, asking: Asking) -> Answers | None:
    """“No matter where”, “none of it except windows 11”; “nothing but a restart” was tried."""
    if knows_none(whole):
        return Answers(declined=frozenset(asking["asked"]))
    same = indifferent(whole, asking["asked"])
    if same:
        return Answers(declined=same)
    rest = excepted(whole)
    told = read_answers(rest, **asking) if rest else Answers()
    if not told.filled:
        return None
    is_of_tried = told.filled.keys() == {TRIED}
    declined = frozenset(asking["asked"]) - told.filled.keys()
    return Answers(filled=told.filled, declined=frozenset() if is_of_tried else declined)


def _understood(
    reader: Reader, whole: Reading, asked: Asked, category: str | None, assumed: Collection[str]
) -> Answers:
    found = reader.fields(asked.evidence, category, asked) if category else {}
    filled = {name: value.value for name, value in found.items()}
    filled = {n: said for n, said in filled.items() if not _tells_nothing(whole, n, said)}
    declined = find_declined(reader, whole, asked, filled) - _nothing_tried(whole, filled)
    if category and not filled and not asked.is_explicit and knows_nothing(whole):
        declined = unknown_by_name(whole, asked) or frozenset(asked.fields)
    for name in declined:
        filled.pop(name, None)
    take_versions(reader, whole, asked, filled)
    _take_parts(reader, whole, asked, declined, filled)
    put_right(whole, asked, filled)
    _take_foreign_words(reader, whole, asked, filled)
    _take_nothing(whole, asked, filled)
    fields = reader.catalogue.fields_of(category)
    is_wish = not {*WISHED}.isdisjoint(fields)
    filled = dict(with_purpose(whole, asked, filled)) if is_wish else filled
    told = {
        **bare_login(whole, asked.fields, filled),
        **login_alone(whole, asked.fields),
        **told_alone(whole, fields, asked=asked.fields),
    }
    likely = {name: value for name, value in told.items() if name not in declined}
    likely |= {} if is_wish else happening(whole, asked, filled)
    likely |= _callback(whole, fields)
    place = place_alone(whole) if PLACE in fields and PLACE not in {*filled, *declined} else ""
    likely |= {PLACE: place} if place and place != filled.get(LABEL) else {}
    filled = likely | filled | alone(whole, asked.fields)
    filled |= _agreed_last(reader, whole, asked, {*filled, *declined})
    filled |= _slowed(whole, asked, {*filled, *declined})
    filled |= _named_once(whole, asked, {*filled, *declined})
    filled |= _named_at_last(reader, whole, asked, filled, declined)
    filled |= {
        **impact(whole, asked, filled, declined),
        **complete_versions(reader, whole, filled),
        **carried(whole, asked, fields, filled),
    }
    filled = without_talk(reader, whole, asked, filled, assumed)
    filled = remembered(whole, asked) | filled | unhurried(whole, asked)
    declined = declined - filled.keys() if declines(reader, whole, asked, filled) else frozenset()
    return Answers(filled=filled, declined=declined, is_set_apart=asked.is_explicit)


def _callback(whole: Reading, fields: Collection[str]) -> dict[str, str]:
    number = callback(whole) if PHONE in fields else ""
    return {PHONE: number} if number else {}


def _nothing_tried(whole: Reading, filled: Mapping[str, str]) -> frozenset[str]:
    """“I did nothing” says what was tried, and that it can't be told of something else."""
    said = whole.piece(filled.get(TRIED, ""))
    return frozenset({TRIED} if "tried.none" in said.hits else ())


def _pressed(reader: Reader, text: str, fields: Sequence[str]) -> dict[str, str]:
    """A button's words and nothing else, in any language, maybe after a number."""
    for words in (text, NUMBER_BEFORE.sub("", text)):
        for name in fields:
            value = reader.catalogue.value_named(name, words)
            if value:
                return {name: value}
    return {}


def _refused(reader: Reader, whole: Reading, fields: Sequence[str]) -> dict[str, str]:
    """A bare no, where one question alone asks for it. A yes may greet all of the card."""
    if TRIED in fields:  # of which it says as much
        return {}
    told = {name: value for name in fields if (value := agreed(reader, whole, name))}
    is_no = choices.read_agreement(whole) is False
    return told if len(told) == 1 and (is_no or len(fields) == 1) else {}


def _tells_nothing(whole: Reading, name: str, said: str) -> bool:
    if is_told_elsewhere(whole, name, said):
        return True
    is_declining = UNKNOWN in whole.hits and only_declines(whole, said)
    return is_declining or (may_put_off(whole) and puts_off(whole.piece(said)))


def _take_parts(
    reader: Reader,
    whole: Reading,
    asked: Asked,
    declined: frozenset[str],
    filled: dict[str, str],
) -> None:
    """The whole of a part that nothing else explains, where its place names the field."""
    names = [asked.field_of(at) for at in range(len(asked.parts))]
    pieces = (whole.piece(part.text) for part in asked.parts)
    readings = [own_words(piece, name) for piece, name in zip(pieces, names, strict=True)]
    is_sure = asked.is_explicit or _is_in_lines(whole, asked)
    if not asked.is_explicit:
        names = fit(readings, names)
    for part, reading, name in zip(asked.parts, readings, names, strict=True):
        if not name:
            continue
        meant = agreed(reader, reading, name)
        if name == STATE and _is_slowed(reading):
            meant = SLOWED
        if meant:
            filled[name] = meant
        elif name not in filled and name not in declined and not _is_used(part, filled):
            is_text = reader.catalogue.fields[name].type == "text"
            is_beside = is_text and not is_sure and is_talk(reader, reading, name)
            value = "" if is_courtesy(reading, name) else read_value(reading, name)
            if value and not (is_text and (is_beside or puts_off(reading))):
                filled[name] = value


def _is_in_lines(whole: Reading, asked: Asked) -> bool:
    """Whether each of some answers in order has its own line, or stands between strokes."""
    text, parts = whole.text, asked.parts
    gaps = [text[one.start + len(one.text) : other.start] for one, other in pairwise(parts)]
    is_apart = all("\n" in gap or "/" in gap for gap in gaps)
    return is_apart and len(asked.in_order) >= FEWEST_LINES


def _is_slowed(reading: Reading) -> bool:
    return bool(reading.tokens) and is_slowed(reading, 0, len(reading.tokens))


def _slowed(whole: Reading, asked: Asked, answered: Collection[str]) -> dict[str, str]:
    """“Slowly” in a clause of its own, where what happens is known."""
    if STATE in answered or STATE not in asked.fields or TROUBLE in asked.fields:
        return {}
    is_slow = any(is_slowed(whole, own.first, own.after) for own in whole.clauses)
    return {STATE: SLOWED} if is_slow and not asked.is_explicit else {}


def _agreed_last(
    reader: Reader, whole: Reading, asked: Asked, answered: Collection[str]
) -> dict[str, str]:
    """The yes or no that closes a list of answers, where the last question asks for one."""
    is_list = len(whole.clauses) > 1 and not asked.is_explicit
    is_of_tried = TRIED in asked.fields and TRIED not in answered  # of which "no" says enough
    if not is_list or is_of_tried:
        return {}
    last = whole.clauses[-1]
    own = whole.piece(whole.text[last.start : last.end])
    told = {name: agreed(reader, own, name) for name in asked.fields[-1:] if name not in answered}
    return {name: value for name, value in told.items() if value}


def _named_at_last(
    reader: Reader,
    whole: Reading,
    asked: Asked,
    filled: Mapping[str, str],
    declined: Collection[str],
) -> dict[str, str]:
    """A program and a place by names that nothing knows."""
    name = name_alone(whole, asked, filled, declined)
    return name | lone_place(reader, whole, asked, {**filled, **name}, declined)


def _named_once(whole: Reading, asked: Asked, answered: Collection[str]) -> dict[str, str]:
    """What the lists alone name of a choice that is asked for, where nothing else answers it."""
    told = {name: listed(whole, name) for name in asked.fields if name in LISTED}
    return {name: value for name, value in told.items() if value and name not in answered}


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
    is_plain = len(whole.clauses) == 1 or "error" not in asked.fields  # of which it is said too
    for clause in whole.clauses if is_plain else ():
        own = whole.piece(whole.text[clause.start : clause.end])
        if len(own.covered(("tried.none",))) == len(own.tokens):
            filled[TRIED] = read_value(own, TRIED)
