"""What a chat of agents is told of a timeline: who said what, several at once where they wait.

Pure. Which entries are new is known to `relaying`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from intake.companion.showings import WITHOUT, Showing
from intake.speech import Text
from intake.tickets import Author, Entry, EntryKind, FileState
from intake.wording import Wording

LONGEST: Final = 3_500  # characters of one message: what Telegram takes, with room for names
MOST_FILES: Final = 10
FILE_PATIENCE: Final = timedelta(seconds=20)  # that words wait for their files


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One message for the chat, and how far it reaches."""

    body: Text | None
    entry_id: int
    is_all: bool  # nothing is left to be told just now
    entry_ids: tuple[int, ...] = ()  # that it tells of


def is_news(entry: Entry, said_in: str, chat: str) -> bool:
    """What agents have not written there themselves, and no words of the desk's own."""
    if said_in == chat or entry.author is Author.BOT:
        return False
    if entry.kind is EntryKind.MESSAGE and not (entry.text or entry.files):
        return False  # taken back before it was shown
    if entry.kind is EntryKind.CHANGE:
        return entry.change is not None and entry.change.what == "edited"
    return True


def waits_for_files(entry: Entry, now: datetime) -> bool:
    is_fresh = now - entry.at < FILE_PATIENCE
    return is_fresh and any(file.state is FileState.WAITING for file in entry.files)


def numbered(body: Text, showing: Showing) -> Text:
    """Where tickets share a chat, each message says which it is about.

    A group is thought to have topics until it has none.
    """
    if showing.topic != WITHOUT and (showing.topic or showing.is_group):
        return body
    number = f"#{showing.ticket_id}"
    return replace(body, signature=" · ".join(filter(None, [number, body.signature])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    wording: Wording

    def tell(
        self, entries: Sequence[tuple[Entry, str]], chat: str, language: str, now: datetime
    ) -> Told:
        """As many as one message holds, in their order; what waits for its files stops there.

        Whose ticket it is, each chat shows by its topic; else `relaying` says it.
        """
        told: list[Entry] = []
        reached, size, files = 0, 0, 0
        for entry, said_in in entries:
            if is_news(entry, said_in, chat):
                length, more = len(self._words(entry, language)), len(_stored(entry))
                is_full = told and (size + length > LONGEST or files + more > MOST_FILES)
                if is_full or waits_for_files(entry, now):
                    break
                told.append(entry)
                size, files = size + length, files + more
            reached = entry.id
        is_all = not entries or reached == entries[-1][0].id
        ids = tuple(entry.id for entry in told)
        body = self._body(told, language)
        return Told(body=body, entry_id=reached, is_all=is_all, entry_ids=ids)

    def _body(self, told: Sequence[Entry], language: str) -> Text | None:
        if not told:
            return None
        files = tuple(file for entry in told for file in _stored(entry))[:MOST_FILES]
        if len(told) == 1:
            words = self._cut(self._words(told[0], language), language)
            return Text(text=words, signature=self._who(told[0], language), files=files)
        blocks = [
            f"{self._who(entry, language)}:\n{self._cut(self._words(entry, language), language)}"
            for entry in told
        ]
        return Text(text="\n\n".join(blocks), files=files)

    def _who(self, entry: Entry, language: str) -> str:
        look = entry.author.value
        if entry.kind is EntryKind.NOTE:
            look = "note"
        elif entry.kind is EntryKind.CHANGE:
            look = "edited"
        return self._say(look, entry.author_name, language)

    def _words(self, entry: Entry, language: str) -> str:
        text = entry.change.after if entry.change is not None else entry.text
        lacking = [file.name for file in entry.files if file.state is not FileState.STORED]
        lines = [self._say("file", name, language) for name in lacking]
        return "\n".join(filter(None, [text, *lines]))

    def _cut(self, words: str, language: str) -> str:
        if len(words) <= LONGEST:
            return words
        return f"{words[:LONGEST]}\n{self._say('cut', '', language)}"

    def _say(self, look: str, name: str, language: str) -> str:
        return self.wording.tell("told_entry", language, {"look": look, "name": name})


def _stored(entry: Entry) -> tuple[int, ...]:
    return tuple(file.id for file in entry.files if file.state is FileState.STORED)
