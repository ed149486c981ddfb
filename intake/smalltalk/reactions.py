"""What people say around a ticket, and the word that shows it has been heard.

Pure. Whoever asks, tells or complains sees at once where it went, unless a card, a reply or the
same word a moment ago has shown it. To which ticket it goes is left to `matching`.
"""

from dataclasses import replace
from datetime import timedelta

from intake.decisions import Decision
from intake.help import still_asked
from intake.messages import AutomaticKind, Message
from intake.placing.offers import is_shown
from intake.replies.questions_back import is_about_card, questions
from intake.signs.danger import DANGER
from intake.situations import Situation
from intake.smalltalk.sayings import QUIET
from intake.speech import Say
from intake.understanding import Reader
from intake.understanding.chasing import is_marked
from intake.understanding.intents import QUESTION
from intake.understanding.phrases import said_of
from intake.utterances import Talk, Utterance

TABLE = "reactions"
BURST = timedelta(minutes=1)  # messages in a row that share one word
ADDED, ASKED_ON = "added", "asked_on"
ANNOYED = "annoyed"
# after which a question needs no more: it is answered, or where it belongs is asked first
REPLYING = (
    "help", "why", "which_question", "unsure", "which", "still_asked", "nothing_more", DANGER,
)  # fmt: skip


def reaction(reader: Reader, decision: Decision, said: Utterance) -> Decision:
    """What is said to words for an open ticket, beside what they have caused."""
    if said.talk in QUIET:
        return _reminded(reader, decision, said.message) if said.talk is Talk.NOD else decision
    asked = decision if said.talk else _asked_on(reader, decision, said)
    return _acknowledged(asked, said.situation, said.message)


def _reminded(reader: Reader, decision: Decision, message: Message) -> Decision:
    """A mere "ok" to a card that asks is told what would still help."""
    ticket, is_said = decision.ticket, any(map(str.isalpha, message.text))
    if ticket is None or decision.says or decision.changes or not is_said:
        return decision
    said = still_asked(reader.catalogue, ticket) if ticket.ask is None else None
    return replace(decision, says=(said,)) if said else decision


def _acknowledged(decision: Decision, situation: Situation, message: Message) -> Decision:
    """Words that nothing shows are said to have arrived; the first word of a burst is for all.

    A burst ends after a minute, or once something else was said. A card that asks for nothing is
    far above by now, and changes unseen.
    """
    if decision.goes_with and decision.is_unsure:  # the question of the one before it is enough
        return decision
    now = message.sent_at
    if is_shown(decision):
        is_same = any(say.template == ADDED for say in decision.says)
        return replace(decision, told_at=now) if is_same else decision
    before = situation.told_at(decision.ticket)
    if before is not None and now - before < BURST:
        return replace(decision, told_at=before)
    says = (*decision.says, Say(template=ADDED))
    return replace(decision, says=says, told_at=now)


def _asked_on(reader: Reader, decision: Decision, said: Utterance) -> Decision:
    """A question that no help text answers is one for a person, and that is said."""
    if any(say.template in REPLYING for say in decision.says):
        return decision
    if not _asks(reader, decision, said):
        return decision
    options = next((say.options for say in decision.says if say.template == ADDED), ())
    says = tuple(say for say in decision.says if say.template != ADDED)
    return replace(decision, says=(*says, Say(template=ASKED_ON, options=options)))


def _asks(reader: Reader, decision: Decision, said: Utterance) -> bool:
    """Whether it asks; of what answers a card, "since monday?" is no more than in doubt."""
    message, understood = said.message, said.understood
    language = reader.language_of(message.text, understood.language)
    asking = (one for one in questions(message.text, language) if not one.is_puzzled)
    if any(not is_about_card(one.words, language) for one in asking):
        return True
    reading = reader.hear_in(language, message)
    return not decision.changes and (is_marked(reading) or understood.intent == QUESTION)


def calmed(reader: Reader, decision: Decision, said: Utterance) -> Decision:
    """Insults beside words are answered calmly and flagged, and the words are heard."""
    is_kept = decision.opens is not None or decision.keeps_message
    is_written = said.message.automatic is AutomaticKind.NO and bool(said.message.text)
    if decision.flag or not (is_kept and is_written and _insults(reader, said)):
        return decision
    says = tuple(say for say in decision.says if say.template != ADDED)
    return replace(decision, says=(Say(template=ANNOYED), *says), flag=Talk.ABUSE)


def _insults(reader: Reader, said: Utterance) -> bool:
    text, language = said.message.text, said.understood.language
    reading = reader.read(text, language=language, now=said.message.sent_at)
    return bool(said_of(reading, TABLE, is_mixed=True)["insults"])
