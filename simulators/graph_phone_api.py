"""What people do in the simulated apps of Messenger and Instagram, on the page.

What is shown is `app_phone`'s; quick replies stand under the chat until something else is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulators.app_phone import AppPhone, done, entry_json
from simulators.phone_door import Unfit, answer, read_files, read_json, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from simulators.graph_api import Chat, Entry, GraphApi
    from simulators.graph_api.phones import Phones
    from simulators.people import Person

SIDE_BY_SIDE = 3  # quick replies in a row of the page


def graph_phone_app(graph: GraphApi, phones: Phones, people: Sequence[Person]) -> web.Application:
    """Make the application that lets `people` use one of the two on their phones."""
    phone = _GraphPhone(graph, phones, people)
    return phone.application(
        {
            "start": phone.begin,
            "messages": phone.write,
            "edits": phone.edit,
            "deletions": phone.delete,
            "presses": phone.press,
            "contacts": phone.share_phone,
            "photos": phone.send_files,
            "documents": phone.send_files,
            "outside": phone.answer_outside,
            "block": phone.block,
            "unblock": phone.unblock,
        }
    )


class _GraphPhone(AppPhone):
    def __init__(self, graph: GraphApi, phones: Phones, people: Sequence[Person]) -> None:
        super().__init__(phones, people, graph.until, _chat)
        self._app = phones

    async def begin(self, request: web.Request) -> web.Response:
        self._app.begin(self.whose(request))
        return answer({}, status=201)

    async def write(self, request: web.Request) -> web.Response:
        person, wish = self.whose(request), await read_json(request)
        quoted = self._mid(person, wish["reply_to"]) if wish.get("reply_to") else ""
        return done(self._app.write(person, text_of(wish, "text"), quoted))

    async def edit(self, request: web.Request) -> web.Response:
        person, wish = self.whose(request), await read_json(request)
        mid = self._mid(person, wish.get("message_id"))
        self._app.edit(person, mid, text_of(wish, "text"))
        return answer({}, status=201)

    async def delete(self, request: web.Request) -> web.Response:
        person, wish = self.whose(request), await read_json(request)
        self._app.delete(person, self._mid(person, wish.get("message_id")))
        return answer({}, status=201)

    async def press(self, request: web.Request) -> web.Response:
        person, wish = self.whose(request), await read_json(request)
        return done(self._app.tap(person, text_of(wish, "label")))

    async def share_phone(self, request: web.Request) -> web.Response:
        """Nothing hands a number over there: it is typed."""
        person = self.whose(request)
        return done(self._app.write(person, person.phone))

    async def send_files(self, request: web.Request) -> web.Response:
        uploads, caption = await read_files(request)
        return done(self._app.send_files(self.whose(request), uploads, caption.strip()))

    async def answer_outside(self, request: web.Request) -> web.Response:
        person, wish = self.whose(request), await read_json(request)
        return done(self._app.answer_outside(person, text_of(wish, "text")))

    async def block(self, request: web.Request) -> web.Response:
        self._app.block(self.whose(request))
        return answer({"blocked": True})

    async def unblock(self, request: web.Request) -> web.Response:
        self._app.unblock(self.whose(request))
        return answer({"blocked": False})

    def _mid(self, person: Person, number: object) -> str:
        for entry in self._app.chat_of(person).entries:
            if entry.number == number:
                return entry.mid
        raise Unfit("no such message", status=404)


def _chat(chat: Chat) -> dict[str, Any]:
    numbers = {entry.mid: entry.number for entry in chat.entries}
    entries = [_entry(entry, numbers) for entry in chat.entries]
    return {"entries": entries, "keyboard": _rows(chat)}


def _entry(entry: Entry, numbers: dict[str, int]) -> dict[str, Any]:
    quoted = (entry.wire.get("reply_to") or {}).get("mid", "")
    return entry_json(
        entry,
        is_ours=entry.from_business,
        reply_to=numbers.get(quoted),
        edited=entry.edited,
        deleted=entry.deleted,
    )


def _rows(chat: Chat) -> list[list[dict[str, str]]]:
    shown = [{"text": reply.get("title", chat.person.phone), "url": ""} for reply in chat.replies]
    return [shown[at : at + SIDE_BY_SIDE] for at in range(0, len(shown), SIDE_BY_SIDE)]
