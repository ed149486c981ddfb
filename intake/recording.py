"""What of a message, and of what was decided about it, stands at its entry on the timeline.

Pure. Rows are written by `effects`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from intake.decisions import EXPLAINS, TOLD, Decision
from intake.messages import IncomingFile, Message, MessageKind
from intake.placing.followers import GOES_WITH
from intake.situations import Situation
from intake.tickets import Entry, EntryKind, NewEntry, Ticket

LASTING = ("flag", "asks", EXPLAINS, GOES_WITH)  # of a decision, kept at the message
ANEW = ("shows", "gave", "home", "had", "besides")  # the same, where it is moved or edited
UNSURE, CLAIMED, YES = "unsure", "claimed", "yes"
CHANGING = (*ANEW, UNSURE)  # with the message
BARE = (MessageKind.OUTSIDE, MessageKind.DELETION)  # of which nothing is known but that


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """The message at work, and where it came from."""

    message: Message
    situation: Situation
    envelope_id: int
    now: datetime


def entry_of(cause: Cause, decision: Decision, ticket: Ticket) -> NewEntry:
    """The message's own entry, at the moment that it was sent; its files are yet to be fetched."""
    message = cause.message
    return NewEntry(
        ticket_id=ticket.id,
        kind=EntryKind.MESSAGE,
        author=decision.author,
        author_name=_author_of(cause),
        at=message.sent_at,
        text=decision.shown_as or message.text,
        full_text=message.full_text,
        address=message.address,
        external_id=message.external_id,
        thread=message.thread,
        album=message.album,
        files=message.files,
        stored_files=message.uploads,
        envelope_id=cause.envelope_id,
        automatic=message.automatic,
        original=message.original,
        facts=facts_of(cause, decision),
    )


def _author_of(cause: Cause) -> str:
    """Who has said something in our name elsewhere, nobody tells us."""
    if cause.message.kind is MessageKind.OUTSIDE:
        return ""
    return cause.message.sender.name or cause.situation.person.name


def facts_of(cause: Cause, decision: Decision) -> dict[str, str]:
    """What is known of the message; of one that was there before, what does not change with it."""
    message, known = cause.message, cause.situation.known_entry
    facts = dict(message.facts)
    if known is not None and not decision.keeps_message:
        facts = {name: told for name, told in known.facts.items() if name not in CHANGING}
    if message.kind in BARE:
        facts = {message.kind.value: YES}
    if message.kind is MessageKind.UNSUPPORTED:
        facts["unsupported"] = message.platform_kind
    if decision.opens is not None and cause.situation.handle.link:
        facts["link"] = cause.situation.handle.link
    told = {name: getattr(decision, name) for name in (*LASTING, *ANEW)}
    signs = {UNSURE: decision.is_unsure, CLAIMED: decision.is_claimed}
    told |= {name: YES for name, is_so in signs.items() if is_so}
    if decision.told_at is not None:
        told[TOLD] = decision.told_at.isoformat()
    return facts | {name: words for name, words in told.items() if words}


def facts_of_follower(follower: Entry, decision: Decision) -> dict[str, str]:
    """What stands at a message that went along: what it gave stands at the one before it."""
    facts = {name: told for name, told in follower.facts.items() if name not in CHANGING}
    return facts | ({"shows": decision.shows} if decision.shows else {})


def link_after(cause: Cause, decision: Decision) -> str | None:
    """What a deep link carried: kept with the conversation for its next ticket. None: as it is.

    One that links is nobody's business but its person's.
    """
    if decision.wish is not None:
        return None
    if cause.message.kind is MessageKind.START:
        return cause.message.payload or None
    is_told = decision.opens is not None and cause.situation.handle.link
    return "" if is_told else None


def files_beside(known: Entry, files: Iterable[IncomingFile]) -> list[IncomingFile]:
    """What an edited message has brought anew. A file goes by its size where that is told.

    Platforms name the same file anew in each edit, and files of one minute alike.
    """
    sizes = {file.size for file in known.files}
    names = {file.name for file in known.files}
    return [
        file
        for file in files
        if (file.size not in sizes if file.size is not None else file.name not in names)
    ]


def named_apart(files: Iterable[IncomingFile], taken: Iterable[str]) -> list[IncomingFile]:
    """Photos of one album are named alike by their minute: later ones are numbered."""
    names, result = set(taken), []
    for file in files:
        name, path, count = file.name, PurePosixPath(file.name), 1
        while name in names:
            count += 1
            name = f"{path.stem}-{count}{path.suffix}"
        names.add(name)
        result.append(replace(file, name=name))
    return result
