"""An edited message: its new words stand in the old ones' place, and are news to the agent.

Pure. Which values they change is left to `edited_values`.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from intake.decisions import CardStep, Decision, reopened
from intake.filling import fill
from intake.forms import Forms
from intake.headlines import preview_of, subject_of
from intake.messages import Message
from intake.opening import Opening
from intake.recording import files_beside
from intake.shares import Share
from intake.signs.solving import agreement
from intake.situations import Situation
from intake.smalltalk.sayings import COURTESIES, small_talk
from intake.speech import Say
from intake.tickets import Change, Entry, Status, Ticket
from intake.turns.edited_values import corrected
from intake.understanding import Reader
from intake.utterances import Talk

AT_PEACE = (*COURTESIES, Talk.SOLVED)  # what leaves a solved ticket as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    forms: Forms
    reader: Reader
    opening: Opening

    def decide(self, situation: Situation, message: Message, now: datetime) -> Decision | None:
        """None where the first version is not known."""
        entry, ticket = situation.known_entry, situation.named_ticket
        if entry is None or ticket is None:
            return None
        is_called_so = ticket.subject == subject_of(replace(message, text=entry.text))
        subject = subject_of(message) if is_called_so else ticket.subject
        heard = replace(ticket, updated_at=now, subject=subject)
        reopening: tuple[Change, ...] = ()
        if _says_anew(entry, message) and not self._rests(situation, ticket, message):
            heard = replace(heard, preview=preview_of(message), waits_for_agent=True)
            heard, reopening = reopened(heard)
        decision = Decision(
            ticket=heard,
            changes=(Change(what="edited", before=entry.text, after=message.text), *reopening),
            rewrites_entry=entry.id,
            shows=entry.facts.get("shows", ""),
            home=entry.facts.get("home", ""),
            had=entry.facts.get("had", ""),
            gave=entry.facts.get("gave", ""),
            is_unsure=bool(entry.facts.get("unsure")),
            besides=entry.facts.get("besides", ""),
            says=(Say(template="stays_open"),) if _was_solved(reopening) else (),
        )
        if not heard.status.is_live or decision.is_unsure:
            return decision
        return self._with_values(decision, entry, heard, message)

    def _rests(self, situation: Situation, ticket: Ticket, message: Message) -> bool:
        """What is over stays so where the new words are no more than thanks."""
        if ticket.status.is_live:
            return False
        talk = small_talk(self.reader, message, self.opening.understand(situation, message))
        if talk not in AT_PEACE:
            return False
        reading = self.reader.hear(message, ticket.language)
        return agreement(self.reader, ticket.language, reading, talk) is not False

    def _with_values(
        self, decision: Decision, entry: Entry, before: Ticket, message: Message
    ) -> Decision:
        """What the new words say otherwise, and what they answer."""
        anew = corrected(self.reader, before, message, was=entry.text)
        after, news = anew.ticket, anew.changes
        if after.asked:
            after, more = fill(self.forms, self.reader, after, message)
            news += more
        gave = Share.read(entry.facts)
        is_news = bool(news) or after.asked != before.asked
        return replace(
            decision,
            ticket=after,
            changes=(*decision.changes, *news),
            gave=gave.and_then(Share.of(before, after)).written() if gave else "",
            card=CardStep.REFRESH if is_news else CardStep.NONE,
        )


def _says_anew(entry: Entry, message: Message) -> bool:
    """Whether anything but spaces and capitals has changed."""
    is_same = entry.text.casefold().split() == message.text.casefold().split()
    return not is_same or bool(files_beside(entry, message.files))


def _was_solved(changes: tuple[Change, ...]) -> bool:
    return any(change.before == Status.SOLVED for change in changes)
