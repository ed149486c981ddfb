"""A message as it was understood, with all that is looked at when it is decided about. Pure."""

from dataclasses import dataclass
from datetime import datetime

from intake.messages import Message
from intake.situations import Situation
from intake.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    situation: Situation  # as far as the message may touch it
    message: Message
    understood: Understanding
    talk: str  # which small talk it is, as `smalltalk` names it; "" for a message with content
    now: datetime
