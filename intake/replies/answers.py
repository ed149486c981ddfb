"""Takes the reply to a card as it comes: numbered, labelled, in order, in a sentence, or in part.

Here stands what a reply says as a whole: nothing, a button's words, that all is declined. What it
says of each question is told by `taking`, what asks something back by `questions_back`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import NotRequired, TypedDict, Unpack

from intake.replies.declined_fields import (
    knows_nothing,
)
from intake.replies.exemptions import excepted, knows_none
from intake.replies.foreign_clauses import (
    puts_off,
    without_haste,
)
from intake.replies.named_unknowns import indifferent
from intake.replies.questions_back import without_questions
from intake.replies.repetitions import without_restating
from intake.replies.taking import CardReply, agreed, take
from intake.understanding import Reader, choices
from intake.understanding.chasing import is_impatient
from intake.understanding.fields import TRIED, URGENCY
from intake.understanding.numbering import KEYCAP
from intake.understanding.reading import Reading

REMEMBERED = 8  # replies: whose answer one is, and what it says, is asked again and again
NUMBER_BEFORE = re.compile(rf"^\s*[1-9](?:{KEYCAP})?\s*(?:[.):\]=/→–—-]\s*|(?<=\s))")


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
    is_aside = puts_off(spoken) or (is_impatient(spoken) and URGENCY not in fields)
    if is_silent or is_aside or (is_asking and knows_nothing(whole)):
        return Answers()
    pressed = _pressed(reader, whole.text, fields)
    refused = pressed or _refused(reader, whole, fields)
    if refused:
        return Answers(filled=refused, is_set_apart=bool(pressed))
    told = _declined_at_once(whole, asking)
    if told is not None:
        return told
    category = asking["category"]
    asked = reader.asked(whole, fields, category, asking.get("numbered"))
    reply = CardReply(reader, whole, asked, category, asking.get("assumed", ()))
    filled, declined = take(reply)
    return Answers(filled=filled, declined=declined, is_set_apart=asked.is_explicit)


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


def _pressed(reader: Reader, text: str, fields: Sequence[str]) -> dict[str, str]:
    """A button's words and nothing else, in any language, maybe after a number."""
    for words in dict.fromkeys((text, NUMBER_BEFORE.sub("", text))):
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
