"""A photo or file as an answer: a picture of the error is what the field "error" asks for.

Pure. Which message shows the field is kept at its entry, so that pages put the picture beside it.
"""

from dataclasses import replace

from intake.decisions import CardStep, Decision, thanks
from intake.forms import Forms
from intake.headlines import subject_of
from intake.messages import IncomingFile, Message
from intake.replies.questions_back import without_questions
from intake.tickets import ANSWER, Change, Entry, NewTicket, Ticket
from intake.understanding import Reader
from intake.understanding.fields import ERROR

SHOWN_BY = ("image/", "video/", "text/", "application/")  # a voice message shows nothing
# What mail programs add to each mail shows nothing: signatures, visiting cards, invitations.
ADDED = {
    "text/vcard", "text/x-vcard", "text/directory", "text/calendar", "application/ics",
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
    "application/pgp-keys", "application/ms-tnef", "application/vnd.ms-tnef",
}  # fmt: skip
ADDED_ENDINGS = (".vcf", ".ics", ".p7s", ".asc", "winmail.dat")
SMALLEST_SCREENSHOT = 20_000  # bytes; what is smaller amid a mail is a logo


def shows_something(message: Message) -> bool:
    """Whether it brings a picture or file, by chat, mail or form page."""
    return any(map(_shows, message.files)) or bool(message.uploads)


def show_error(
    forms: Forms, reader: Reader, ticket: Ticket, message: Message
) -> tuple[Ticket, tuple[Change, ...]]:
    """The ticket with the picture as its answer, where that is asked for or named by the words.

    What the words say themselves stays the answer; so does that there is no error.
    """
    is_settled = ERROR in ticket.answers or ERROR in ticket.declined
    if is_settled or not shows_something(message):
        return ticket, ()
    if ERROR not in ticket.asked and not names_error(reader, ticket, message):
        return ticket, ()
    value = _value(forms, ticket.language, message)
    shown = replace(ticket, answers={**ticket.answers, ERROR: value})
    asking = forms.with_asked(shown, {ERROR})
    if not ticket.asked:  # what goes on without answers asks no more
        asking = replace(asking, asked=())
    return asking, (Change.of_answer(ERROR, after=value),)


def told_after(
    forms: Forms, reader: Reader, decision: Decision, last: Entry | None, message: Message
) -> Decision:
    """Words that follow a photo without any: its ticket is called by them, it may be the error."""
    ticket = decision.ticket
    if last is None or ticket is None or last.ticket_id != ticket.id or decision.is_unsure:
        return decision
    if last.text or not last.files or not message.text:
        return decision
    before = replace(message, text="", subject="", files=files_of(last), uploads=())
    if ticket.subject == subject_of(before):
        ticket = replace(ticket, subject=subject_of(message))
    shown, news = show_error(forms, reader, ticket, replace(before, text=message.text))
    return replace(
        decision,
        ticket=shown,
        changes=(*decision.changes, *news),
        shown_before=ERROR if news else "",
        card=CardStep.REFRESH if news and decision.card is CardStep.NONE else decision.card,
        says=(*decision.says, *thanks(ticket, shown)),
    )


def names_error(reader: Reader, ticket: Ticket, message: Message) -> bool:
    """Whether the words beside it speak of an error, and the category has a place for one."""
    fields = reader.catalogue.fields_of(ticket.category)
    if ERROR not in fields or not message.text:
        return False
    language = reader.language_of(message.text, ticket.language)
    told = without_questions(message.text, language)  # "what do you mean by error?"
    reading = reader.read(told, language=language, now=message.sent_at)
    return bool(reading.hits.get(f"field.{ERROR}"))


def opened_with_picture(forms: Forms, new: NewTicket, message: Message) -> NewTicket:
    """A first message may bring the error along, where its category asks for one."""
    asked = forms.asked(new.category, new.answers, frozenset())
    if ERROR not in asked or not shows_something(message):
        return new
    value = _value(forms, new.language, message)
    return replace(new, answers={**new.answers, ERROR: value})


def shown_by(
    reader: Reader, ticket: Ticket | NewTicket, message: Message, changes: tuple[Change, ...] = ()
) -> str:
    """The field that the message's files show, for pages: "error" or none."""
    if not shows_something(message) or ERROR not in ticket.answers:
        return ""
    is_news = any((change.kind, change.field) == (ANSWER, ERROR) for change in changes)
    if isinstance(ticket, NewTicket):
        return ERROR
    return ERROR if is_news or names_error(reader, ticket, message) else ""


def files_of(entry: Entry) -> tuple[IncomingFile, ...]:
    """As they came."""
    return tuple(
        IncomingFile(source="", name=file.name, media_type=file.media_type, size=file.size)
        for file in entry.files
    )


def _shows(file: IncomingFile) -> bool:
    is_logo = file.is_inline and (file.size or 0) < SMALLEST_SCREENSHOT
    is_added = file.media_type in ADDED or file.name.lower().endswith(ADDED_ENDINGS)
    return file.media_type.startswith(SHOWN_BY) and not (is_logo or is_added)


def _value(forms: Forms, language: str, message: Message) -> str:
    is_photo = any(file.media_type.startswith("image/") for file in message.files)
    return forms.word_for_file(language, is_photo=is_photo)
