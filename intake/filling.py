"""Puts what was said into a ticket: the reply to a card in own words, or a form page.

How a reply is read is left to `answers`; what the page looks like, and what it says of words that
no field takes, to `bots.portal`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from intake.catalogue import DAY_LENGTH
from intake.forms import CATEGORY, Forms, numbers
from intake.memory import confirm
from intake.messages import Message
from intake.people import LANGUAGES
from intake.pictures import show_error
from intake.replies.answers import Answers, read_answers
from intake.replies.card_or_agent import for_card, is_spoken_to
from intake.replies.corrections import correct, with_values
from intake.replies.declining import tells_none
from intake.replies.logins import login_of_named
from intake.replies.missing_labels import unseen_until
from intake.replies.purposes import is_wish, purpose_of
from intake.replies.questions_back import asks_of_card, without_questions
from intake.replies.soonest import says_soonest
from intake.replies.volunteered import add_volunteered
from intake.tickets import Change, Ticket
from intake.understanding import Reader
from intake.understanding.callback import called_back_on
from intake.understanding.fields import ACCOUNT, ASSET, DEADLINE, PHONE, SYMPTOM
from intake.understanding.questions import CLAUSES
from intake.understanding.single import read_value

LONGEST_YES = 4  # words of a plain "yes"
AROUND = " .,;:!?\n"


def read_words(reader: Reader, name: str, words: str, language: str, now: datetime) -> str:
    """The field's value; "" where the words are none: a time without a time in it.

    Whoever writes into a labelled box needs no interpreter: texts are taken as they stand.
    """
    field = reader.catalogue.fields[name]
    written = words.strip()
    if field.type == "text" or written in field.values:
        return written
    if field.type == "moment" and _is_moment(written):
        return written
    value = read_value(reader.read(written, language=language, now=now), name)
    is_fit = {"choice": value in field.values, "moment": _is_moment(value)}
    if value and is_fit.get(field.type, True):
        return value
    return written if field.type == "code" else ""


def _is_moment(text: str) -> bool:
    try:
        if len(text) == DAY_LENGTH:
            date.fromisoformat(text)
        else:
            datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def fill(
    forms: Forms, reader: Reader, ticket: Ticket, message: Message, explained: str = ""
) -> tuple[Ticket, tuple[Change, ...]]:
    """All that a message gives to its ticket: corrections, answers, a picture of the error.

    `explained` is the field whose hint its person was just given.
    """
    said = _but_questions(reader, ticket, message)
    corrected = correct(reader, ticket, said)
    filled, changes = corrected.ticket, corrected.changes
    asking = filled if filled.asked else late(forms, filled)
    if asking is not None and (corrected.beside or not message.text):
        is_left = corrected.beside == said.text  # as it came: "don't know" may stand by a question
        beside = message if is_left else replace(said, text=corrected.beside)
        answered, news = fill_reply(forms, reader, asking, beside, explained)
        filled = answered if filled.asked else replace(answered, asked=())
        changes += news
    elif corrected.beside:
        more = add_volunteered(reader, filled, replace(said, text=corrected.beside))
        filled, changes = more.ticket, (*changes, *more.changes)
    number, login = _number_to_call(reader, filled, message), _login(reader, filled, message)
    called = with_values(filled, {**number, **login})
    filled, shown = show_error(forms, reader, called.ticket, message)
    return filled, (*changes, *called.changes, *shown)


def _number_to_call(reader: Reader, ticket: Ticket, message: Message) -> Mapping[str, str]:
    """Told in a question too: “can I get someone to call me on …?”."""
    if PHONE in ticket.answers:
        return {}
    number = called_back_on(reader.hear(message, ticket.language))
    return {PHONE: number} if number else {}


def _but_questions(reader: Reader, ticket: Ticket, message: Message) -> Message:
    """Only what a ticket is about may be told by what is asked: "how do I reset my password?"."""
    language = reader.language_of(message.text, ticket.language)
    if ticket.asked == (CATEGORY,) and not asks_of_card(message.text, language):
        return message
    return replace(message, text=without_questions(message.text, language))


def fill_reply(
    forms: Forms, reader: Reader, ticket: Ticket, message: Message, explained: str = ""
) -> tuple[Ticket, tuple[Change, ...]]:
    """The ticket with what the message answers, and one change per field."""
    if ticket.asked == (CATEGORY,):
        return _fill_category(forms, reader, ticket, message)
    message, unseen = _without_unseen(reader, ticket, message, explained)
    answers = _of_explained(_answers(reader, ticket, message), ticket, explained)
    purpose, login = _purpose(reader, ticket, message), _login(reader, ticket, message)
    known = {name: value for name, value in ticket.answers.items() if name not in purpose}
    news = (
        {
            name: value
            for name, value in answers.filled.items()
            if name in ticket.asked or name in ticket.assumed or name not in known
        }
        | purpose
        | login
    )
    declined = answers.declined | unseen | _undated(reader, ticket, message)
    declined = declined - news.keys() - ticket.declined - ticket.assumed
    sure, confirmed = confirm(ticket, _said_to_be_so(reader, ticket, message, news))
    filled = replace(
        sure,
        answers=_in_order(ticket, known | news),
        declined=(ticket.declined | declined) - news.keys(),
        assumed=sure.assumed - news.keys(),
    )
    changes = (*_changes(known, news), *(_declined(name) for name in sorted(declined)), *confirmed)
    return forms.with_asked(filled, {*news, *declined}), changes


def _without_unseen(
    reader: Reader, ticket: Ticket, message: Message, explained: str
) -> tuple[Message, frozenset[str]]:
    """“I can't see it. Windows 11” to the hint where the sticker is: what else is said."""
    if explained != ASSET or ASSET not in ticket.asked:
        return message, frozenset()
    end = unseen_until(reader.hear(message, ticket.language))
    text = " " * end + message.text[end:]
    rest = replace(message, text=text if text.strip(AROUND) else "")
    return rest, frozenset({ASSET} if end else ())


def _of_explained(answers: Answers, ticket: Ticket, explained: str) -> Answers:
    """A bare “I don't know” to the hint of one field is about that field alone."""
    is_all = not answers.filled and answers.declined.issuperset(ticket.asked)
    if explained not in ticket.asked or not is_all:
        return answers
    return replace(answers, declined=frozenset({explained}))


def _changes(known: Mapping[str, str], news: Mapping[str, str]) -> Iterator[Change]:
    for name, value in news.items():
        before = known.get(name, "")
        if value != before:
            yield Change.of_answer(name, before=before, after=value)


def _declined(name: str) -> Change:
    return Change(what=f"declined:{name}")


def _assumed(ticket: Ticket) -> tuple[str, ...]:
    return tuple(name for name in ticket.answers if name in ticket.assumed)


def _said_to_be_so(
    reader: Reader, ticket: Ticket, message: Message, news: Mapping[str, str]
) -> Sequence[str]:
    """Of what is assumed all that a yes confirms, or what is said once more."""
    assumed = _assumed(ticket)
    if assumed and not is_spoken_to(ticket, message) and _says_yes(reader, message):
        return assumed
    return [name for name in assumed if news.get(name) == ticket.answers[name]]


def _login(reader: Reader, ticket: Ticket, message: Message) -> dict[str, str]:
    """Whose name is known may be told by a login later."""
    known = ticket.answers.get(ACCOUNT, "")
    if not message.text or not known:
        return {}
    said = login_of_named(reader.hear(message, ticket.language), known)
    return {ACCOUNT: said} if said else {}


def _undated(reader: Reader, ticket: Ticket, message: Message) -> frozenset[str]:
    """By when, where “as soon as possible” is all that is told of it."""
    if DEADLINE not in ticket.asked or not message.text:
        return frozenset()
    is_told = says_soonest(reader.hear(message, ticket.language))
    return frozenset({DEADLINE} if is_told else ())


def _purpose(reader: Reader, ticket: Ticket, message: Message) -> dict[str, str]:
    """What for, where only the wish is known."""
    if not message.text or not is_wish(ticket):
        return {}
    said = purpose_of(reader.hear(message, ticket.language))
    return {SYMPTOM: said} if said else {}


def settled(forms: Forms, reader: Reader, ticket: Ticket, message: Message) -> dict[str, str]:
    """What of the asked a message would answer, or decline: then with no value."""
    _, changes = fill_reply(forms, reader, ticket, message)
    told = {change.field: change.after for change in changes}
    return {name: value for name, value in told.items() if name in ticket.asked}


def _answers(reader: Reader, ticket: Ticket, message: Message) -> Answers:
    """What is assumed may be corrected as if it were asked, but has no number."""
    assumed = _assumed(ticket)
    answers = read_answers(
        message.text,
        asked=(*ticket.asked, *assumed),
        numbered=numbers(ticket),
        assumed=assumed,
        category=ticket.category,
        language=ticket.language,
        now=message.sent_at,
        reader=reader,
    )
    is_others = is_spoken_to(ticket, message)
    return for_card(reader.catalogue, answers, message) if is_others else answers


def _says_yes(reader: Reader, message: Message) -> bool:
    """What confirms all that was assumed, typed instead of tapped, in whatever language."""
    if len(message.text.split()) > LONGEST_YES:
        return False
    readings = (reader.hear_in(language, message) for language in LANGUAGES)
    yes = (hit for reading in readings for hit in reading.hits.get("concept.ok_yes", ()))
    return any(hit.first == 0 for hit in yes)


def late(forms: Forms, ticket: Ticket) -> Ticket | None:
    """A card that waits no more still takes its answer, until an agent has said something."""
    is_waited_for = ticket.category is not None and ticket.card_id is not None
    is_open = bool(ticket.assumed) or not ticket.is_complete
    if not is_waited_for or not is_open or ticket.first_response_at is not None:
        return None
    return forms.with_asked(ticket)


def _fill_category(
    forms: Forms, reader: Reader, ticket: Ticket, message: Message
) -> tuple[Ticket, tuple[Change, ...]]:
    understood = reader.understand(
        message.text, hint_language=ticket.language, now=message.sent_at
    )
    named = forms.catalogue.category_named(message.text, ticket.language)
    category = named or understood.category
    if category is None:
        return ticket, ()
    if category == ticket.category:
        return forms.confirmed(ticket), ()
    answers = {} if named else forms.catalogue.known(category, understood.answers)
    return forms.categorised(ticket, category, answers)


def fill_form(
    forms: Forms, reader: Reader, ticket: Ticket, message: Message
) -> tuple[Ticket, tuple[Change, ...]]:
    """The ticket with what the form says, and one change for each field that it changes."""
    category = message.answers.get(CATEGORY, "")
    filled, changes = _categorised(forms, ticket, category)
    known, declined = dict(filled.answers), set(filled.declined)
    fields = forms.catalogue.fields
    for name in (name for name in message.answers if name in fields):
        before, words = known.pop(name, ""), _told(reader, ticket, message, name)
        value = read_words(reader, name, words, ticket.language, message.sent_at)
        after = value or (before if words else "")  # words that can't be taken change nothing
        if after:
            known[name] = after
            declined.discard(name)
        if after != before:
            changes += (Change.of_answer(name, before=before, after=after),)
        elif not words and name not in declined:
            changes += (_declined(name),)
        if not words:
            declined.add(name)
    filled = replace(
        filled,
        answers=_in_order(ticket, known),
        declined=frozenset(declined),
        assumed=filled.assumed - message.answers.keys(),
    )
    return _asking_on(forms, ticket, filled, message.answers.keys()), changes


def _told(reader: Reader, ticket: Ticket, message: Message, name: str) -> str:
    """What the box says; “none” says as little as an empty one, but of what was tried."""
    words = message.answers[name]
    if name in CLAUSES or not words:
        return words
    reading = reader.read(words, language=ticket.language, now=message.sent_at)
    return "" if tells_none(reading, name) else words


def _in_order(ticket: Ticket, known: Mapping[str, str]) -> dict[str, str]:
    """A corrected answer stays where it stood."""
    kept = {name: known[name] for name in ticket.answers if name in known}
    return kept | dict(known)


def _categorised(forms: Forms, ticket: Ticket, category: str) -> tuple[Ticket, tuple[Change, ...]]:
    if category == ticket.category or category not in forms.catalogue.categories:
        return ticket, ()
    return forms.categorised(ticket, category, {})


def _asking_on(forms: Forms, before: Ticket, filled: Ticket, settled: Collection[str]) -> Ticket:
    """Who sent the ticket as it is is asked again only when it is about something else now."""
    asking = forms.with_asked(filled, settled)
    if before.asked or before.category != filled.category:
        return asking
    return replace(asking, asked=())
