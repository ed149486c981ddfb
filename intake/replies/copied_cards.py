"""Answers that were written into our own card: behind its questions, or below each.

Pure. People copy the list and fill it in, or type into the mail that they quote. A question's
words, its hint and its choices are ours and answer nothing; what stands between them and the next
question answers the one above. How an answer is read is left to `answers`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from intake.decisions import Decision
from intake.forms import Forms, numbers
from intake.messages import Message
from intake.situations import Situation
from intake.speech import Card, Question
from intake.tickets import Status, Ticket
from intake.understanding.folding import plain
from intake.understanding.layout import lay_out, readable
from intake.understanding.phrases import whole

WORD = re.compile(r"\w+")
LISTED = re.compile(r"(?m)^\d{1,2}[.)]")
MARKS = re.compile(r"(?m)^[ \t]*>[> \t]*")
AROUND = " \t\n\r)]}>:;.,-–—=*_|"  # between a hint and the answer behind it
BEHIND = AROUND.replace("\n", "")
PARAGRAPH = re.compile(r"\n[> \t]*\n")
SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
SHORTEST = 40  # letters: no card's question and its answer are shorter
NOTHING = "…"  # where all the words are ours
UNCLEAR = 3  # choices that were left standing: which of them is meant, no plain text shows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """A copy of the card's list: the words above it, the answers by number, the words below."""

    above: str
    answers: Mapping[int, str]
    below: str


def as_heard(forms: Forms, situation: Situation, message: Message) -> Message:
    """The message in readable letters, and read without our own words in it."""
    heard = _in_readable_letters(message)
    pointed = [one for one in (situation.named_ticket, situation.proven_ticket) if one]
    is_mails = bool(message.subject or message.full_text or message.thread)
    for ticket in pointed or (() if is_mails else situation.live_tickets):
        filled = _filled_in(forms, ticket, heard)
        if filled != heard:
            return filled
    return heard


def _in_readable_letters(message: Message) -> Message:
    text, read_as, subject = map(readable, (message.text, message.read_as, message.subject))
    if (text, read_as, subject) == (message.text, message.read_as, message.subject):
        return message
    return replace(message, text=text, read_as=read_as, subject=subject)


def shown_as(decision: Decision, heard: Message, message: Message) -> Decision:
    """Whoever reads the timeline need not open the quote for what was typed into it."""
    is_other = heard.text != readable(message.text)
    return replace(decision, shown_as=heard.text) if is_other else decision


def _filled_in(forms: Forms, ticket: Ticket, message: Message) -> Message:
    """Shown with the answers, where they stand in what is quoted below the own words."""
    full = readable(message.full_text)
    for text in (message.text, full) if full else (message.text,):
        found = _read(forms, ticket, text, message) if _is_copied(forms, ticket, text) else None
        is_quoted = text is full
        if found is None or (is_quoted and not found.answers):
            continue
        if message.read_as and len(LISTED.findall(message.read_as)) >= len(found.answers):
            return message  # its channel has seen as much
        above, below = (message.text, "") if is_quoted else (found.above, found.below)
        above = lay_out(above, ticket.language).body  # or it would sign the answers below, too
        lines = [f"{number}. {words}" for number, words in sorted(found.answers.items())]
        read = "\n".join(part for part in (_without_pointing(above), *lines, below) if part)
        shown = "\n".join([message.text.rstrip(), "", *lines]) if is_quoted else message.text
        return replace(message, text=shown, read_as=read or NOTHING)
    return message


def _is_copied(forms: Forms, ticket: Ticket, text: str) -> bool:
    """Looked at before anything is drawn: nearly no message has our questions in it."""
    if len(text) < SHORTEST:
        return False
    folded, catalogue = plain(text), forms.catalogue
    language, category = ticket.language, ticket.category
    return len(folded) == len(text) and any(
        plain(catalogue.label(name, language, category)) in folded
        for name in numbers(ticket)
        if name in catalogue.fields
    )


def _read(forms: Forms, ticket: Ticket, text: str, message: Message) -> _Filled | None:
    card = _whole_card(forms, ticket, message)
    found = _found(card.questions, text)
    if not found:
        return None
    last, below = _end_of_last(text, found[-1][1], card.closing)
    ends = [*(start for start, _, _ in found[1:]), last]
    answers = {}
    for (_, after, question), end in zip(found, ends, strict=True):
        words = _own_words(text[after:end], question)
        if words:
            answers[question.number] = words
    return _Filled(above=_own_above(text[: found[0][0]], card), answers=answers, below=below)


def _own_above(text: str, card: Card) -> str:
    """What stands before the card, where all of it was copied."""
    folded = plain(text)
    ours = (
        re.search(_in_words(one), folded) for one in (card.heading, card.intro, card.ask) if one
    )
    return text[: min((one.start() for one in ours if one), default=len(text))].strip("# \t\n")


def _whole_card(forms: Forms, ticket: Ticket, message: Message) -> Card:
    """With every question that it has asked so far: what is quoted may be the first one."""
    asking = replace(ticket, asked=numbers(ticket), ask=None, status=Status.OPEN)
    return forms.card(asking, message.sent_at)


def _found(questions: Iterable[Question], text: str) -> Sequence[tuple[int, int, Question]]:
    """Where each begins and ends, in the text's order.

    A label alone is no question of ours, unless it is numbered and others are there as we ask.
    """
    folded = plain(text)
    sure, perhaps = [], []
    for question in questions:
        for found in _asked(question.label, question.hint).finditer(folded):
            place = (found.start(), found.end(), question)
            if found["hint"]:
                sure.append(place)
                break
            if found["number"]:
                perhaps.append(place)
    known = {question.number for *_, question in sure}
    others = [place for place in perhaps if place[2].number not in known]
    is_quoted = any(">" in folded[start:end] for start, end, _ in others)
    every = [*sure, *others] if sure or is_quoted else []
    return sorted(every, key=lambda place: place[0])


@cache
def _asked(label: str, hint: str) -> re.Pattern[str]:
    behind = rf"(?P<hint>\W++{_in_words(hint)})" if hint else r"(?P<hint>(?!))"
    return re.compile(
        rf"(?P<number>^[^\w\n]*+\d{{1,2}}[.)]\W{{0,4}}+)?{_in_words(label)}{behind}?", re.MULTILINE
    )


@cache
def _in_words(text: str) -> str:
    """However it is wrapped and marked as quoted."""
    words = r"\W++".join(WORD.findall(plain(text)))
    return rf"(?<!\w){words}(?!\w)"


def _end_of_last(text: str, start: int, closing: str) -> tuple[int, str]:
    """Where the last answer ends, and the own words below: with our card, or its paragraph."""
    behind = text[start:]
    for line in filter(None, closing.split("\n")):
        if found := re.search(_in_words(line), plain(behind)):
            return start + found.start(), ""
    first = len(behind) - len(behind.lstrip(BEHIND))
    end = PARAGRAPH.search(behind, first)
    if end is None:
        return len(text), ""
    return start + end.start(), text[start + end.end() :].strip()


def _own_words(text: str, question: Question) -> str:
    """Without the choices that stand below a question, and the marks of quoting."""
    labels = [choice.label for choice in question.choices]
    if labels:
        every = re.search(r"\W++".join(map(_in_words, labels)), plain(text))
        text = f"{text[: every.start()]}\n{text[every.end() :]}" if every else text
        left = [label for label in labels if re.search(_in_words(label), plain(text))]
        if len(left) >= UNCLEAR:
            return ""
    return " ".join(MARKS.sub("", text).split()).strip(AROUND)


def _without_pointing(text: str) -> str:
    """“See my answers below” tells nothing by itself."""
    kept = (one for one in SENTENCE.findall(text) if not _pointing().search(plain(one)))
    return "\n".join(one.strip() for one in kept if one.strip())


@cache
def _pointing() -> re.Pattern[str]:
    return re.compile(whole("copied_cards", "pointing"))
