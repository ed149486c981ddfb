"""Small talk in a chat: which of it a message is, and what it does to the ticket it is said to.

Pure. What its words mean is left to `sayings`, to which ticket it goes to `matching`.
"""

from dataclasses import dataclass, replace

from intake.decisions import Decision, reopened
from intake.forms import Forms
from intake.help import is_about_open_card, names_value_alone
from intake.matching import open_here
from intake.messages import Message
from intake.placing.addressing import Addressing
from intake.placing.ticket_choices import WHICH_SOLVED
from intake.signs.withdrawing import withdrawn
from intake.situations import Situation
from intake.smalltalk.responses import ASKS, reply_to
from intake.smalltalk.sayings import (
    ALWAYS_ANSWERED,
    COURTESIES,
    TO_A_PERSON,
    asked_of_open,
    pleasantry,
    says_nothing_yet,
    small_talk,
    tells_something,
    works_too,
)
from intake.smalltalk.works_elsewhere import works_elsewhere
from intake.tickets import Change, Status, Ticket
from intake.understanding import Reader, Understanding
from intake.utterances import Talk


@dataclass(frozen=True, slots=True, kw_only=True)
class Talking:
    forms: Forms
    reader: Reader
    addressing: Addressing

    def of(self, situation: Situation, message: Message, understood: Understanding) -> Talk | None:
        """What is no content: a ticket taken back, or small talk that is no reply to a card."""
        here = open_here(situation, message)
        talk = withdrawn(self.reader, here, message, understood.language)
        if talk or works_too(self.reader, situation, message, understood):
            return talk or Talk.SOLVED
        if to_the_bot := pleasantry(self.reader, message, understood):
            return to_the_bot
        if says_nothing_yet(self.reader, situation, message, understood.language):
            return Talk.GREETING
        is_reply = self.addressing.is_numbered(here, message) or is_about_open_card(
            self.reader, here, message
        )
        if here and (asked := asked_of_open(self.reader, message, understood, is_reply=is_reply)):
            return asked
        talk = None if is_reply else small_talk(self.reader, message, understood)
        if here:
            is_over = talk is Talk.SOLVED
            is_news = is_over and works_elsewhere(self.reader, here, message, understood)
        else:
            is_news = tells_something(self.reader, situation, message, understood, talk)
        is_value = talk is Talk.STATUS and names_value_alone(self.reader, here, message)
        return None if is_news or is_value else talk

    def amid(self, talk: Talk, situation: Situation, heard: Ticket, filled: Decision) -> Decision:
        """Small talk is answered; what stands beside it is an answer all the same."""
        is_for_card = talk not in ALWAYS_ANSWERED and bool(heard.asked) and not filled.is_unsure
        says = () if is_for_card else reply_to(talk, situation, heard)
        flag = talk if talk in TO_A_PERSON else ""
        asks = ASKS.get(talk, "") if says else ""
        if any(say.template == WHICH_SOLVED for say in says):
            asks = WHICH_SOLVED
        if is_for_card or self._says_more(talk, heard, filled):
            says = () if talk in (*COURTESIES, Talk.SOLVED) else says
            return replace(
                filled, says=(*filled.says, *says), flag=flag, asks=asks if says else ""
            )
        rests, changes = replace(heard, correcting_since=None), tuple[Change, ...]()
        # "yes" and "done" are what an agent waits for; who curses or wants a person is not done
        if heard.status is Status.PENDING or talk in TO_A_PERSON:
            rests, changes = reopened(rests)
        return Decision(
            ticket=rests, changes=changes, keeps_message=True, says=says, flag=flag, asks=asks
        )

    def _says_more(self, talk: Talk, heard: Ticket, filled: Decision) -> bool:
        """Whether more is told than bare words; beside "it works since today", a number alone."""
        fields = self.forms.catalogue.fields
        told = [change.field for change in filled.changes if change.after]
        if talk is Talk.ENDING:  # "till tomorrow", unless that is what was asked
            return any(fields[name].type == "moment" for name in told if name in heard.asked)
        types = {fields[name].type for name in told if name in fields}
        return "code" in types if talk is Talk.SOLVED else bool(types - {"text"})
