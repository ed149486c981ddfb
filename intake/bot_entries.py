"""What the bot writes on a timeline in its own name: what it says, and what it changes. Pure."""

from datetime import datetime

from intake.tickets import Author, Change, EntryKind, NewEntry


def said_by_bot(ticket_id: int, text: str, at: datetime, bot_name: str) -> NewEntry:
    return NewEntry(
        ticket_id=ticket_id,
        kind=EntryKind.MESSAGE,
        author=Author.BOT,
        author_name=bot_name,
        at=at,
        text=text,
    )


def changed_by_bot(ticket_id: int, change: Change, at: datetime, bot_name: str) -> NewEntry:
    return NewEntry(
        ticket_id=ticket_id,
        kind=EntryKind.CHANGE,
        author=Author.BOT,
        author_name=bot_name,
        at=at,
        change=change,
    )
