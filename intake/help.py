"""A question back is answered by the help text of the field it is about.

Pure. It may be about what is asked or about what is known already; where it names neither, all
that is asked is explained. A bare "no" that answers none of the questions is asked about.
"""

from collections.abc import Sequence

from intake.answers import does_ask_back
from intake.catalogue import Catalogue
from intake.corrections import BY_NAME, NUMBER
from intake.forms import CATEGORY, numbers
from intake.messages import Message
from intake.plainness import AROUND, covered
from intake.speech import Say
from intake.tickets import Ticket
from intake.understanding import Reader
from intake.understanding.choices import read_agreement
from intake.understanding.reading import Reading

ASKS_BACK = "decline.asks_back"


def help_with(reader: Reader, ticket: Ticket, message: Message) -> tuple[Say, ...]:
    """What to say to “where do I find that?”; nothing to a message that asks nothing back."""
    asked = tuple(name for name in ticket.asked if name != CATEGORY)
    if not message.text:
        return ()
    language = reader.language_of(message.text, ticket.language)
    reading = reader.read(message.text, language=language, now=message.sent_at)
    if not does_ask_back(reading):
        return ()
    catalogue = reader.catalogue
    known = tuple(name for name in catalogue.fields_of(ticket.category) if name in ticket.answers)
    if asked:
        named = _named(catalogue, reading, (asked, known)) or asked
    else:  # once all is said, only a question about no more than a field
        named = [name for name in known if _is_all_about(catalogue, reading, name)]
    if not named:
        return ()
    lines = [
        {
            "label": catalogue.label(name, ticket.language, ticket.category),
            "hint": catalogue.hint(name, ticket.language, ticket.category),
        }
        for name in named
    ]
    return (Say(template="help", values={"lines": lines}),)


def ask_which(reader: Reader, ticket: Ticket, message: Message) -> tuple[Say, ...]:
    """What to say to a bare yes or no that settled nothing."""
    open_ones = [
        {"number": number, "label": reader.catalogue.label(name, ticket.language, ticket.category)}
        for number, name in enumerate(numbers(ticket), start=1)
        if name in ticket.asked and name != CATEGORY
    ]
    if not open_ones or not message.text:
        return ()
    language = reader.language_of(message.text, ticket.language)
    reading = reader.read(message.text, language=language, now=message.sent_at)
    if read_agreement(reading) is None:
        return ()
    words = message.text.strip(" .,!")
    return (Say(template="which_question", values={"lines": open_ones, "words": words}),)


def _is_all_about(catalogue: Catalogue, reading: Reading, name: str) -> bool:
    """“What is a mailbox?”, “how do I find my login?”, but not “when will you be on my floor?”."""
    around = covered(reading, (*AROUND, ASKS_BACK, f"field.{name}"))
    others = len(reading.tokens) - len(around)
    return others <= 1 and _is_named(catalogue, reading, name, covered(reading, [ASKS_BACK]))


def _named(
    catalogue: Catalogue, reading: Reading, fields: tuple[tuple[str, ...], tuple[str, ...]]
) -> Sequence[str]:
    """What is asked before what is known; the "where" of a question names no place."""
    asked, known = fields
    asks = covered(reading, [ASKS_BACK])
    for names, spared in ((asked, asks), (known, asks), (asked, set[int]())):
        named = [name for name in names if _is_named(catalogue, reading, name, spared)]
        if named:
            return named
    return ()


def _is_named(catalogue: Catalogue, reading: Reading, name: str, spared: set[int]) -> bool:
    """By a word of its own, or as "the number", which any of them is."""
    is_number = catalogue.fields[name].type in BY_NAME and NUMBER in reading.hits
    hits = reading.hits.get(f"field.{name}", ())
    return is_number or any(not spared.issuperset(range(hit.first, hit.after)) for hit in hits)
