"""The simulated Viber phones as the page shows them, with the same JSON as `phone_api`.

What Viber has not (edits, quotes, albums) is empty here; its keyboard stands under the chat. A
chat that is looked at is read: the bot hears of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from simulators.phone_door import (
    PICTURES,
    Unfit,
    answer,
    as_file,
    guard,
    has_news,
    person_of,
    read_files,
    read_json,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulators.people import Person
    from simulators.viber_api import Chat, Entry, ViberApi

GRID = 6  # columns of a keyboard
_SHOWN_AS = {"picture": "photo", "video": "video", "file": "document"}


def viber_phone_app(viber: ViberApi, people: Sequence[Person]) -> web.Application:
    """Make the application that lets `people` use Viber on their phones."""
    phone = _ViberPhone(viber, people)
    app = web.Application(middlewares=[guard])
    one = "/people/{id:[0-9]+}"
    app.router.add_get("/people", phone.list_people)
    app.router.add_get(f"{one}/chat", phone.show_chat)
    app.router.add_post(f"{one}/start", phone.open_chat)
    app.router.add_post(f"{one}/messages", phone.write)
    app.router.add_post(f"{one}/presses", phone.press)
    app.router.add_post(f"{one}/contacts", phone.share_phone)
    app.router.add_post(f"{one}/photos", phone.send_files)
    app.router.add_post(f"{one}/documents", phone.send_files)
    app.router.add_post(f"{one}/block", phone.block)
    app.router.add_post(f"{one}/unblock", phone.unblock)
    app.router.add_get("/files/{file_id}", phone.show_file)
    return app


class _ViberPhone:
    def __init__(self, viber: ViberApi, people: Sequence[Person]) -> None:
        self._viber = viber
        self._people = {person.id: person for person in people}

    async def list_people(self, _request: web.Request) -> web.Response:
        listed = [
            {"id": person.id, "version": self._viber.chat_of(person).version}
            for person in self._people.values()
        ]
        return answer({"version": self._viber.version, "people": listed})

    async def show_chat(self, request: web.Request) -> web.Response:
        """Show a chat; with `after` (a version) and `wait` (seconds), once it has changed."""
        person = person_of(request, self._people)
        chat = self._viber.chat_of(person)
        if not await has_news(request, lambda: chat.version, self._viber.until):
            return web.Response(status=204)
        self._viber.read(person)
        return answer(_chat(chat))

    async def open_chat(self, request: web.Request) -> web.Response:
        await self._viber.open_chat(person_of(request, self._people))
        return answer({}, status=201)

    async def write(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        return _done(self._viber.write(person, text_of(wish, "text")))

    async def press(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        self._viber.tap(person, text_of(wish, "label"))
        return answer({}, status=201)

    async def share_phone(self, request: web.Request) -> web.Response:
        return _done(self._viber.share_phone(person_of(request, self._people)))

    async def send_files(self, request: web.Request) -> web.Response:
        """One message each; words stand at a first picture, or are a message of their own."""
        person = person_of(request, self._people)
        uploads, caption = await read_files(request)
        words = caption.strip()
        beside = words if uploads[0].mime_type in PICTURES else ""
        sent = [self._viber.send_file(person, uploads[0], beside)]
        sent += [self._viber.send_file(person, one) for one in uploads[1:]]
        if words and not beside:
            sent.append(self._viber.write(person, words))
        return _done(*sent)

    async def block(self, request: web.Request) -> web.Response:
        self._viber.unsubscribe(person_of(request, self._people))
        return answer({"blocked": True})

    async def unblock(self, request: web.Request) -> web.Response:
        self._viber.subscribe(person_of(request, self._people))
        return answer({"blocked": False})

    async def show_file(self, request: web.Request) -> web.Response:
        kept = self._viber.files.get(request.match_info["file_id"])
        if kept is None:
            raise Unfit("no such file", status=404)
        return as_file(kept.content, kept.mime_type)


def _chat(chat: Chat) -> dict[str, Any]:
    return {
        "version": chat.version,
        "entries": [_entry(entry) for entry in chat.entries],
        "keyboard": _rows(chat),
        "action": "",
        "blocked": chat.blocked,
        "last_answer": None,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "message_id": entry.number,
        "sent_at": entry.sent_at,
        "from_bot": entry.from_bot,
        "kind": entry.kind,
        "text": entry.text,
        "entities": [],
        "buttons": [],
        "files": [
            {
                "kind": _SHOWN_AS.get(one.kind, "document"),
                "file_id": one.file_id,
                "name": one.name,
                "size": len(one.content),
            }
            for one in entry.files
        ],
        "media_group_id": None,
        "reply_to": None,
        "reactions": [],
        "edited": False,
        "deleted": False,
    }


def _rows(chat: Chat) -> list[list[dict[str, str]]]:
    """Buttons fill the grid from left to right, as wide as each wants to be."""
    rows: list[list[dict[str, str]]] = []
    room = 0
    for button in chat.keyboard:
        width = int(button.get("Columns", GRID))
        if width > room:
            rows.append([])
            room = GRID
        room -= width
        opens = button["ActionBody"] if button.get("ActionType") == "open-url" else ""
        rows[-1].append({"text": button["Text"], "url": opens})
    return rows


def _done(*entries: Entry) -> web.Response:
    return answer({"message_ids": [entry.number for entry in entries]}, status=201)
