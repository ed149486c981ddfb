"""A question back is answered by the help text of the field it is about.

Pure. It may be about what is asked or about what is known already; where it names neither, all
that is asked is explained. A bare "no" that answers none of the questions is asked about.
"""

from collections.abc import Sequence

from intake.catalogue import Catalogue
from intake.forms import CATEGORY, numbers
from intake.messages import Message
from intake.replies.card_or_agent import is_spoken_to
from intake.replies.corrections import BY_NAME, NUMBER
from intake.replies.plainness import AROUND
from intake.replies.questions_back import (
    Question,
    asks_of_card,
    asks_why,
    is_about_card,
    questions,
    words_beside_card,
)
from intake.speech import Say
from intake.tickets import Ticket
from intake.understanding import Reader
from intake.understanding.chasing import chases
from intake.understanding.choices import read_agreement
from intake.understanding.fields import SYMPTOM, URGENCY
from intake.understanding.parts import Listed
from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading
from intake.understanding.stops import question_marks
from intake.understanding.wordlists import HASTE

ASKS_BACK = "decline.asks_back"
HELP = "help"
WANTED = "wanted"  # the table of how people ask what is still wanted of them
LONGEST_ASKING = 12  # words of that

NEWS = ("concept.status_word", "intent.status")  # by which one asks how things stand


def help_with(reader: Reader, ticket: Ticket, message: Message) -> tuple[Say, ...]:
    """What to say to “where do I find that?”; nothing to a message that asks nothing back."""
    if not message.text:
        return ()
    heard = reader.hear(message, ticket.language)
    if ticket.asked == (CATEGORY,):
        return _help_to_choose(reader.catalogue, ticket, message.text, heard.language)
    if _is_what_is_wanted(reader, ticket, message):
        return (still_asked(reader.catalogue, ticket) or Say(template="nothing_more"),)
    asking = questions(message.text, heard.language)
    named = _named_in(reader.catalogue, ticket, heard, asking)
    if len(named) > 1 and any(asks_why(question.words, heard.language) for question in asking):
        return (Say(template="why"),)  # what for all of it: no hint tells that
    named = named or _half_answered(ticket, heard)
    lines = [_explained(reader.catalogue, ticket, name) for name in named]
    return (_help(lines=lines),) if lines else ()


def explained_by(says: Sequence[Say]) -> str:
    """The one field whose hint is said; "" where several are, or none."""
    lines = [line for say in says if say.template == HELP for line in say.values["lines"]]
    return lines[0]["name"] if len(lines) == 1 else ""


def asks_what_is_wanted(heard: Reading) -> bool:
    """“What else do you need?”, “is that all?”, and nothing else."""
    if len(heard.tokens) > LONGEST_ASKING:
        return False
    said = said_of(heard, WANTED, is_mixed=True)
    is_marked = any(mark in heard.text for mark in question_marks(heard.language))
    asks = said["else"] | (said["all"] if is_marked else frozenset())
    return heard.says_only(asks, AROUND, said["around"])


def still_asked(catalogue: Catalogue, ticket: Ticket) -> Say | None:
    """What would still help, in one line; None where nothing would."""
    asked = [name for name in ticket.asked if name != CATEGORY]
    labels = [catalogue.label(name, ticket.language, ticket.category) for name in asked]
    told = ", ".join(label[:1].lower() + label[1:] for label in labels)
    return Say(template="still_asked", values={"labels": told}) if asked else None


def _help_to_choose(
    catalogue: Catalogue, ticket: Ticket, text: str, language: str
) -> tuple[Say, ...]:
    """What a ticket may be about, to “what are the options?”."""
    if not asks_of_card(text, language):
        return ()
    every = [catalogue.category_label(name, ticket.language) for name in catalogue.categories]
    return (_help(categories=every),)


def _help(*, lines: Sequence[object] = (), categories: Sequence[str] = ()) -> Say:
    return Say(template=HELP, values={"lines": lines, "categories": categories})


def asked_about(reader: Reader, ticket: Ticket, message: Message) -> Sequence[str]:
    """The fields of the ticket about which something is asked back."""
    heard = reader.hear(message, ticket.language)
    return _named_in(reader.catalogue, ticket, heard, questions(message.text, heard.language))


def _named_in(
    catalogue: Catalogue, ticket: Ticket, heard: Reading, asking: Sequence[Question]
) -> Sequence[str]:
    each = (_about(catalogue, ticket, heard, question) for question in asking)
    return tuple(dict.fromkeys(name for names in each for name in names))


def _explained(catalogue: Catalogue, ticket: Ticket, name: str) -> dict[str, str]:
    return {
        "name": name,
        "label": catalogue.label(name, ticket.language, ticket.category),
        "hint": catalogue.hint(name, ticket.language, ticket.category),
    }


def _half_answered(ticket: Ticket, heard: Reading) -> Sequence[str]:
    """“Urgent” is not yet whether the work stands: the question is put once more."""
    if URGENCY not in ticket.asked:
        return ()
    around = (*AROUND, "speech.function", f"field.{URGENCY}")
    return (URGENCY,) if heard.says_only(heard.covered([HASTE]), around) else ()


def is_about_open_card(reader: Reader, tickets: Sequence[Ticket], message: Message) -> bool:
    """Whether it asks something about what a card asks, which is not how things stand."""
    return any(
        _names_value(reader, ticket, message) or help_with(reader, ticket, message)
        if ticket.asked
        else _is_what_is_wanted(reader, ticket, message)
        for ticket in tickets
    )


def _is_what_is_wanted(reader: Reader, ticket: Ticket, message: Message) -> bool:
    """Of a ticket that asks nothing any more; what an agent has said is asked of the agent."""
    heard = reader.hear(message, ticket.language)
    return asks_what_is_wanted(heard) and not is_spoken_to(ticket, message)


def _names_value(reader: Reader, ticket: Ticket, message: Message) -> bool:
    """“Is it just me?”."""
    heard = reader.hear(message, ticket.language)
    if not questions(message.text, heard.language):
        return False
    return any(heard.below(name) for name in ticket.asked)


def names_value_alone(reader: Reader, tickets: Sequence[Ticket], message: Message) -> bool:
    """“Just me?” is what a card asks for, and asks for no news."""
    reading = reader.hear(message, tickets[0].language if tickets else "en")
    names = [name for ticket in tickets for name in ticket.asked if reading.below(name)]
    return bool(names) and not reading.has_any(NEWS)


def _about(
    catalogue: Catalogue, ticket: Ticket, heard: Reading, question: Question
) -> Sequence[str]:
    """The fields that a question is about: by number, by name, or all where it is of the card.

    Once all is said, only a question about no more than a field is about one.
    """
    asked = tuple(name for name in ticket.asked if name != CATEGORY)
    numbered = Listed(fields=asked, numbered=numbers(ticket)).at([question.number or 0])
    if numbered:
        return (numbered,)
    fields = catalogue.fields_of(ticket.category)
    known = [name for name in fields if name in ticket.answers and name != SYMPTOM]
    reading = heard.piece(question.words)
    if chases(reading):
        return ()
    if not asked:
        return [name for name in known if _is_all_about(catalogue, reading, name)]
    is_about_all = question.is_puzzled or is_about_card(question.words, heard.language)
    named = _named(catalogue, reading, (asked, known), is_about_all=is_about_all)
    return named or (asked if is_about_all else ())


def _named(
    catalogue: Catalogue,
    reading: Reading,
    fields: tuple[Sequence[str], Sequence[str]],
    *,
    is_about_all: bool,
) -> Sequence[str]:
    """What is asked before what is known; the "where" of a question may name a place at last."""
    asked, known = fields
    asks = reading.covered([ASKS_BACK])
    last = [(asked, set[int]())] if is_about_all else []
    for names, spared in ((asked, asks), (known, asks), *last):
        named = [name for name in names if _is_named(catalogue, reading, name, spared)]
        own = [n for n in named if is_about_all or _is_all_about(catalogue, reading, n)]
        if own:
            return own
    return ()


def ask_which(reader: Reader, ticket: Ticket, message: Message) -> tuple[Say, ...]:
    """What to say to a bare yes or no that settled nothing."""
    open_ones = [
        {"number": number, "label": reader.catalogue.label(name, ticket.language, ticket.category)}
        for number, name in enumerate(numbers(ticket), start=1)
        if name in ticket.asked and name != CATEGORY
    ]
    if not open_ones or not message.text or is_spoken_to(ticket, message):
        return ()
    if read_agreement(reader.hear(message, ticket.language)) is None:
        return ()
    words = message.text.strip(" .,!")
    return (Say(template="which_question", values={"lines": open_ones, "words": words}),)


def _is_all_about(catalogue: Catalogue, reading: Reading, name: str) -> bool:
    """“What is a mailbox?”, “how do I find my login?”, but not “when will you be on my floor?”."""
    around = reading.covered((*AROUND, ASKS_BACK, f"field.{name}"))
    words = [reading.says(at, at + 1) for at in range(len(reading.tokens)) if at not in around]
    others = words_beside_card(" ".join(words), reading.language)
    return not others and _is_named(catalogue, reading, name, reading.covered([ASKS_BACK]))


def _is_named(catalogue: Catalogue, reading: Reading, name: str, spared: set[int]) -> bool:
    """By a word of its own, or as "the number", which any of them is."""
    is_number = catalogue.fields[name].type in BY_NAME and NUMBER in reading.hits
    hits = reading.hits.get(f"field.{name}", ())
    return is_number or any(not spared.issuperset(range(hit.first, hit.after)) for hit in hits)
