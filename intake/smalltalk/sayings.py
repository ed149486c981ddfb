"""What people say that needs no questions: greetings, thanks, "how is it going?", insults.

Pure. What is answered is left to `responses`, what is said by mail, and heard there, to `mails`.
"""

from datetime import datetime

from intake.help import NEWS
from intake.matching import Placement
from intake.mentions import mentioned
from intake.messages import AutomaticKind, Message
from intake.people import LANGUAGES
from intake.placing.ticket_choices import WHICH_SOLVED
from intake.replies.foreign_clauses import puts_off, says_whom
from intake.signs.endings import asks_of_closing, is_ending, wants_it_open
from intake.signs.solving import (
    REOPENS_WITHIN,
    agreement,
    asked_of,
    goes_on,
    is_refused,
    is_said_unsolved,
    is_wished,
    says_no_more_than_solved,
    sounds_solved,
)
from intake.signs.things import named, says_too
from intake.situations import Situation
from intake.tickets import Status, Ticket
from intake.understanding import Reader, Understanding
from intake.understanding.chasing import TOPICS, asks_after, asks_how_it_goes, chases
from intake.understanding.fields import ACCOUNT, ERROR, ITEM, SYMPTOM
from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading, covered_by
from intake.understanding.timing import is_to_come
from intake.understanding.wordlists import BROKEN, CALLS
from intake.utterances import Talk, Utterance

TABLE = "reactions"
INTENTS = (Talk.STATUS, Talk.HUMAN, Talk.ABUSE)  # of the model, which are such talk
COURTESIES = (Talk.GREETING, Talk.THANKS, Talk.NOD, Talk.ASIDE)  # beside an answer they need none
ALWAYS_ANSWERED = frozenset(Talk) - {Talk.THANKS, Talk.NOD, Talk.ASIDE}  # also while a card waits
QUIET = (Talk.THANKS, Talk.NOD, Talk.ENDING)  # amid a ticket nobody waits for a word to these
TO_THE_BOT = {
    "bot": Talk.BOT,
    "pleasantry": Talk.GREETING,
    "able": Talk.BOT,
    "cursed": Talk.ABUSE,
}
# said of no ticket, unless one is named
AT_REST = (Talk.GREETING, Talk.STATUS, Talk.HUMAN, Talk.BOT)
TO_A_PERSON = (Talk.HUMAN, Talk.ABUSE)  # these open a ticket, which asks nothing
FEW_WORDS = 3  # may be of another language than the person's
NODDING = (
    "concept.ok_yes", "concept.no_word", "speech.yes", "speech.no", "intent.thanks",
    "speech.filler", "speech.function", "speech.closing",
)  # fmt: skip
AGREEING = ("concept.ok_yes", "concept.no_word", "speech.yes", "speech.no")
DENIALS, YET = ("speech.no", "concept.no_word"), ("concept.still_waiting", "speech.filler_after")
GREETED = ("speech.greeting", "speech.filler")
AROUND_AN_HOUR = (
    "speech.please", "speech.closing", "speech.function", "speech.filler", "speech.filler_after",
    "speech.soft_split", "moment.at", "moment.since", "moment.around", "concept.possible_could",
    "concept.after_event", "concept.later_tell", "intent.asking",
)  # fmt: skip
TELLING = (SYMPTOM, ERROR, ACCOUNT, ITEM)  # who tells these wants something done
TELLING_LISTS = (*BROKEN, "intent.request", "intent.demand", "speech.negation", "intent.human")
LONGEST_PRESENTING, LONGEST_NAME = 8, 3  # words
MOST_WORDS = 12  # whatever it is taken for, more words say something


def small_talk(reader: Reader, message: Message, understood: Understanding) -> Talk | None:
    """Which it is by its words; None for a message with content.

    Thanks that say it works are "solved", a bare "ok" or "no" is a "nod", and so is a sticker or
    a text without a word, unless it is a question mark.
    """
    if message.files or message.automatic is not AutomaticKind.NO:
        return None
    if message.platform_kind == "sticker":
        return Talk.NOD
    is_short = len(message.text.split()) <= MOST_WORDS
    return _shade(reader, message, understood) if is_short else None


def _shade(reader: Reader, message: Message, understood: Understanding) -> Talk | None:
    reading = reader.hear_in(understood.language, message)
    told = _plainly(reading)
    if told:
        return told
    match understood.intent:
        case Talk.THANKS | Talk.GREETING as intent:
            return _courtesy(Talk(intent), reading, understood)
        case Talk.STATUS if says_whom(reading):
            return None  # “my colleagues have it too”
        case intent if intent in INTENTS:
            return Talk(intent)
        case _:
            is_over = _only_solved(reading, understood)
            return Talk.SOLVED if is_over else _bare(reader, reading, understood)


def works_too(
    reader: Reader, situation: Situation, message: Message, understood: Understanding
) -> bool:
    """“The printer too”, right after it was asked whether something else works again.

    After it was asked which one does, its name or number is enough.
    """
    last = situation.last_entry
    is_which = last is not None and last.facts.get("asks") == WHICH_SOLVED
    is_asked = is_which or asked_of(situation, message) is not None
    if not is_asked or len(message.text.split()) > FEW_WORDS:
        return False
    reading = reader.hear_in(understood.language, message)
    is_said = bool(named(reading, understood)) and (is_which or says_too(reading))
    is_number = is_which and mentioned(situation.live_tickets, message.text) is not None
    return (is_said or is_number) and not is_refused(reading)


def _plainly(reading: Reading) -> Talk | None:
    """What its words say by themselves, whatever it is taken for."""
    if puts_off(reading) or _names_an_hour(reading):
        return Talk.ASIDE
    if asks_of_closing(reading) or wants_it_open(reading) or chases(reading):
        return Talk.STATUS
    if says_no_more_than_solved(reading):
        return Talk.SOLVED
    return Talk.ENDING if is_ending(reading) and not sounds_solved(reading) else None


def _names_an_hour(reading: Reading) -> bool:
    """“After 3pm please”, and nothing else: when to call."""
    hours = [when for when in reading.moments if is_to_come(reading, when)]
    return reading.says_only(covered_by(hours), AROUND_AN_HOUR)


def pleasantry(reader: Reader, message: Message, understood: Understanding) -> Talk | None:
    """What is said to the bot alone, by all of its words: how it is, what it can, a curse."""
    is_mere = not message.files and message.automatic is AutomaticKind.NO
    if not is_mere or len(message.text.split()) > MOST_WORDS:
        return None
    reading = reader.hear_in(understood.language, message)
    said = said_of(reading, TABLE, is_mixed=True)
    for name, talk in TO_THE_BOT.items():
        if reading.says_only(said[name], GREETED, said[f"beside_{name}"]):
            return talk
    return None


def says_nothing_yet(reader: Reader, situation: Situation, said: Message, language: str) -> bool:
    """Whether “still” or “well” comes from somebody who has told nothing that it could be of."""
    if not situation.live_tickets and not said.files and presents(reader, said, language):
        return True
    had = situation.last_ticket is not None or situation.live_tickets or situation.solved_tickets
    if had or said.files or not said.text or len(said.text.split()) > FEW_WORDS:
        return False
    reading = reader.hear_in(language, said)
    mere = said_of(reading, TABLE, is_mixed=True)["mere"]
    return reading.says_only(mere, AGREEING)


def presents(reader: Reader, said: Message, language: str) -> bool:
    """“I'm Ann from HR”, “it's me again”, and nothing else: of what, is still to come."""
    if len(said.text.split()) > LONGEST_PRESENTING:
        return False
    reading = reader.hear_in(language, said)
    listed = said_of(reading, TABLE)
    greeted = reading.covered(GREETED)
    if reading.says_only(listed["only_me"], around=greeted):
        return True
    begin = min(listed["presents"], default=len(reading.tokens))
    names = [at for at in range(begin, len(reading.tokens)) if at not in listed["presents"]]
    if set(range(begin)) - greeted:
        return False
    if reading.has_any(TELLING_LISTS):
        return False
    behind = [at for at in names if at in listed["where_from"]]
    own = names[: names.index(behind[0])] if behind else names
    return 0 < len(own) <= LONGEST_NAME and all(_is_name(reading, at) for at in own)


def _is_name(reading: Reading, at: int) -> bool:
    things = (label for label in reading.hits if label.startswith(TOPICS))
    is_thing = at in reading.covered(things)
    return reading.text[reading.tokens[at].start].isupper() and not is_thing


def asked_of_open(
    reader: Reader, message: Message, understood: Understanding, *, is_reply: bool
) -> Talk | None:
    """What is asked of an open ticket: how it goes, or “will my files be lost?” of its person."""
    reading = reader.hear_in(understood.language, message)
    if asks_how_it_goes(reading):
        return Talk.STATUS
    is_question = not is_reply and bool(said_of(reading, TABLE)["of_person"])
    return Talk.QUESTION if is_question else None


def _only_solved(reading: Reading, understood: Understanding) -> bool:
    """“It works for me now”, which tells of no trouble beside."""
    is_over = sounds_solved(reading) and not is_refused(reading)
    is_report = is_over and understood.intent == "report"
    return is_report and not any(name in understood.answers for name in TELLING)


def _courtesy(talk: Talk, reading: Reading, understood: Understanding) -> Talk | None:
    is_thanks = talk is Talk.THANKS
    if is_refused(reading) if is_thanks else named(reading, understood):
        return None  # “Hello, my mouse”
    if is_wished(reading):
        return None
    if sounds_solved(reading):
        return None if is_refused(reading) else Talk.SOLVED
    is_meant = is_thanks or bool(reading.hits.get("speech.greeting"))
    return talk if is_meant else _sigh(reading)


def _sigh(reading: Reading) -> Talk | None:
    """“Please hurry”, “oh dear”: said in few words, and yet more than a nod."""
    if len(reading.tokens) > FEW_WORDS:
        return None
    is_nod = reading.covered(NODDING).issuperset(range(len(reading.tokens)))
    return Talk.NOD if is_nod else Talk.ASIDE


def _bare(reader: Reader, reading: Reading, understood: Understanding) -> Talk | None:
    """What is no more than a sign, or a word or two."""
    if not reading.tokens:
        return _sign(reading.text)
    is_bare = understood.category is None and len(reading.tokens) <= FEW_WORDS
    return _word(reader, reading) if is_bare else None


def _sign(text: str) -> Talk | None:
    """“?”, which in Greek is “;”, or what nods and waves; nothing where nothing is written."""
    if any(sign in text for sign in "?;"):
        return Talk.STATUS
    return Talk.NOD if text.strip() else None


def _word(reader: Reader, reading: Reading) -> Talk | None:
    """A word or two that people write in any language: “yes”, “status?”."""
    if agreement(reader, reading.language, reading) is not None or _is_not_yet(reading):
        return Talk.NOD
    every = set(range(len(reading.tokens)))
    others = (reader.reread(reading, language) for language in LANGUAGES)
    return Talk.STATUS if any(other.covered(NEWS) == every for other in others) else None


def _is_not_yet(reading: Reading) -> bool:
    is_no = any(hit.first == 0 for label in DENIALS for hit in reading.hits.get(label, ()))
    return is_no and reading.covered((*DENIALS, *YET)) == set(range(len(reading.tokens)))


def asks_for_news_alone(reader: Reader, message: Message, understood: Understanding) -> bool:
    """Whether a status question tells of no trouble that somebody should hear of."""
    reading = reader.hear_in(understood.language, message)
    tells = named(reading, understood) or reading.hits.get("trouble.broken")
    return asks_of_closing(reading) or asks_after(reading) or not tells


def tells_something(
    reader: Reader,
    situation: Situation,
    message: Message,
    understood: Understanding,
    talk: Talk | None,
) -> bool:
    """Whether there is more in it than manners, where no ticket is live.

    “Thanks, it doesn't work”, “ok. INV-20418”, “my ticket is not solved”, and a bare “no” to
    what is closed.
    """
    last = situation.last_ticket
    reading = reader.hear_in(understood.language, message)
    is_over = last is not None and is_just_closed(last, message.sent_at)
    if talk is Talk.STATUS:
        is_closed = last is None or last.status is Status.CLOSED
        return (is_closed and is_said_unsolved(reading)) or (is_over and goes_on(reading))
    if talk not in COURTESIES:
        return False
    if is_refused(reading) and not (talk in (Talk.NOD, Talk.ASIDE) and _is_bare_no(reading)):
        return True
    has_number = any(token.word.isdecimal() for token in reading.tokens)
    is_no = agreement(reader, reading.language, reading, talk) is False
    return (last is not None and has_number) or (is_over and (is_no or _calls(reading, talk)))


def _is_bare_no(reading: Reading) -> bool:
    return len(reading.tokens) <= FEW_WORDS and not reading.hits.get("trouble.broken")


def is_just_closed(ticket: Ticket, now: datetime) -> bool:
    is_recent = now - ticket.updated_at < REOPENS_WITHIN
    return ticket.status is Status.CLOSED and is_recent


def _calls(reading: Reading, talk: Talk | None) -> bool:
    return talk in (Talk.NOD, Talk.ASIDE) and reading.has_any(CALLS)


def calls_for_help(reader: Reader, said: Utterance) -> bool:
    """“Help”, “hello, anybody?”: whoever says so of a solved ticket is not done with it.

    Nor is who wants it open, asks why it was closed, or says that it goes on; who asks how it
    stands may be.
    """
    last, message = said.situation.last_ticket, said.message
    if last is None or last.status is not Status.SOLVED:
        return False
    if said.talk is Talk.GREETING:
        return _sign(message.text) is Talk.STATUS
    reading = reader.hear_in(said.understood.language, message)
    if said.talk is not Talk.STATUS:
        return _calls(reading, said.talk)
    is_open = wants_it_open(reading) or asks_of_closing(reading, is_of_mending=False)
    return is_open or goes_on(reading) or is_said_unsolved(reading)


def said_of_solved(reader: Reader, placement: Placement, said: Utterance) -> Ticket | None:
    """The solved ticket that small talk points at, where it opens it for no person."""
    talk, ticket = said.talk, placement.ticket
    if not talk or talk in TO_A_PERSON or ticket is None or ticket.status is not Status.SOLVED:
        return None
    is_mere = talk is not Talk.STATUS or asks_for_news_alone(reader, said.message, said.understood)
    return ticket if is_mere else None
