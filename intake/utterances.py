"""A message as it was understood, with all that is looked at when it is decided about. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from intake.messages import Message
from intake.situations import Situation
from intake.understanding import Understanding


class Talk(StrEnum):
    """The kinds of small talk: what people say that needs no questions."""

    GREETING = "greeting"
    THANKS = "thanks"
    NOD = "nod"  # “ok”, “no”, a sticker
    ASIDE = "aside"  # needs no more than a word that it is heard: “please hurry”, “no time now”
    STATUS = "status"  # asks how things stand
    QUESTION = "question"  # to whoever mends what is open
    BOT = "bot"  # asks who or what is writing here
    SOLVED = "solved"
    ENDING = "ending"  # “no, that is all”
    WITHDRAWN = "withdrawn"
    HUMAN = "human"  # wants a person
    ABUSE = "abuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    situation: Situation  # as far as the message may touch it
    message: Message
    understood: Understanding
    talk: Talk | None  # None for a message with content
    now: datetime
