"""The simulated apps of Messenger and Instagram as the page shows them, with `phone_api`'s JSON.

What they have not (albums, buttons at a message) is empty here; quick replies stand under the chat
until something else is said. A chat that is looked at is read: the business hears of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from simulators.phone_door import (
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

    from simulators.graph_api import Chat, Entry, GraphApi
    from simulators.graph_api.phones import Phones
    from simulators.people import Person

SIDE_BY_SIDE = 3  # quick replies in a row of the page
_SHOWN_AS = {"image": "photo", "audio": "audio", "video": "video", "file": "document"}


def graph_phone_app(graph: GraphApi, phones: Phones, people: Sequence[Person]) -> web.Application:
    """Make the application that lets `people` use one of the two on their phones."""
    phone = _GraphPhone(graph, phones, people)
    app = web.Application(middlewares=[guard])
    one = "/people/{id:[0-9]+}"
    app.router.add_get("/people", phone.list_people)
    app.router.add_get(f"{one}/chat", phone.show_chat)
    app.router.add_post(f"{one}/start", phone.begin)
    app.router.add_post(f"{one}/messages", phone.write)
    app.router.add_post(f"{one}/edits", phone.edit)
    app.router.add_post(f"{one}/deletions", phone.delete)
    app.router.add_post(f"{one}/presses", phone.press)
    app.router.add_post(f"{one}/contacts", phone.share_phone)
    app.router.add_post(f"{one}/photos", phone.send_files)
    app.router.add_post(f"{one}/documents", phone.send_files)
    app.router.add_post(f"{one}/outside", phone.answer_outside)
    app.router.add_post(f"{one}/block", phone.block)
    app.router.add_post(f"{one}/unblock", phone.unblock)
    app.router.add_get("/files/{file_id}", phone.show_file)
    return app


class _GraphPhone:
    def __init__(self, graph: GraphApi, phones: Phones, people: Sequence[Person]) -> None:
        self._graph = graph
        self._phones = phones
        self._people = {person.id: person for person in people}

    async def list_people(self, _request: web.Request) -> web.Response:
        listed = [
            {"id": person.id, "version": self._phones.chat_of(person).version}
            for person in self._people.values()
        ]
        return answer({"version": self._phones.version, "people": listed})

    async def show_chat(self, request: web.Request) -> web.Response:
        """Show a chat; with `after` (a version) and `wait` (seconds), once it has changed."""
        person = person_of(request, self._people)
        chat = self._phones.chat_of(person)
        if not await has_news(request, lambda: chat.version, self._graph.until):
            return web.Response(status=204)
        self._phones.read(person)
        return answer(_chat(chat))

    async def begin(self, request: web.Request) -> web.Response:
        self._phones.begin(person_of(request, self._people))
        return answer({}, status=201)

    async def write(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        quoted = self._mid(person, wish["reply_to"]) if wish.get("reply_to") else ""
        return _done(self._phones.write(person, text_of(wish, "text"), quoted))

    async def edit(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        mid = self._mid(person, wish.get("message_id"))
        self._phones.edit(person, mid, text_of(wish, "text"))
        return answer({}, status=201)

    async def delete(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        self._phones.delete(person, self._mid(person, wish.get("message_id")))
        return answer({}, status=201)

    async def press(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        return _done(self._phones.tap(person, text_of(wish, "label")))

    async def share_phone(self, request: web.Request) -> web.Response:
        """Nothing hands a number over there: it is typed."""
        person = person_of(request, self._people)
        return _done(self._phones.write(person, person.phone))

    async def send_files(self, request: web.Request) -> web.Response:
        uploads, caption = await read_files(request)
        return _done(
            self._phones.send_files(person_of(request, self._people), uploads, caption.strip())
        )

    async def answer_outside(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        return _done(self._phones.answer_outside(person, text_of(wish, "text")))

    async def block(self, request: web.Request) -> web.Response:
        self._phones.block(person_of(request, self._people))
        return answer({"blocked": True})

    async def unblock(self, request: web.Request) -> web.Response:
        self._phones.unblock(person_of(request, self._people))
        return answer({"blocked": False})

    async def show_file(self, request: web.Request) -> web.Response:
        kept = self._phones.files.get(request.match_info["file_id"])
        if kept is None:
            raise Unfit("no such file", status=404)
        return as_file(kept.content, kept.mime_type)

    def _mid(self, person: Person, number: object) -> str:
        for entry in self._phones.chat_of(person).entries:
            if entry.number == number:
                return entry.mid
        raise Unfit("no such message", status=404)


def _chat(chat: Chat) -> dict[str, Any]:
    numbers = {entry.mid: entry.number for entry in chat.entries}
    return {
        "version": chat.version,
        "entries": [_entry(entry, numbers) for entry in chat.entries],
        "keyboard": _rows(chat),
        "action": "",
        "blocked": chat.blocked,
        "last_answer": None,
    }


def _entry(entry: Entry, numbers: dict[str, int]) -> dict[str, Any]:
    quoted = (entry.wire.get("reply_to") or {}).get("mid", "")
    return {
        "message_id": entry.number,
        "sent_at": entry.sent_at,
        "from_bot": entry.from_business,
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
        "reply_to": numbers.get(quoted),
        "reactions": [],
        "edited": entry.edited,
        "deleted": entry.deleted,
    }


def _rows(chat: Chat) -> list[list[dict[str, str]]]:
    shown = [{"text": reply.get("title", chat.person.phone), "url": ""} for reply in chat.replies]
    return [shown[at : at + SIDE_BY_SIDE] for at in range(0, len(shown), SIDE_BY_SIDE)]


def _done(*entries: Entry) -> web.Response:
    return answer({"message_ids": [entry.number for entry in entries]}, status=201)
