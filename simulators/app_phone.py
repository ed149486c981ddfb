"""What the doors of simulated phones have in common where a messenger pushes: Viber, Meta's two.

Who is there, what stands in a chat, and its files, with the JSON of `phone_api`; what an app has
not is empty. A chat that is looked at is read: whoever has written hears of that. What people do
there is left to `viber_phone_api` and `graph_phone_api`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from aiohttp import web

from simulators.phone_door import Unfit, answer, as_file, guard, has_news, person_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulators.chat_files import ChatFile, ChatFiles
    from simulators.people import Person
    from simulators.phone_door import Handler, Until

    Json = dict[str, Any]

ONE = "/people/{id:[0-9]+}"
_SHOWN_AS = {"picture": "photo", "image": "photo", "audio": "audio", "video": "video"}


class Entry(Protocol):
    """A message in a chat."""

    @property
    def number(self) -> int: ...
    @property
    def sent_at(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def files(self) -> Sequence[ChatFile]: ...


class Phones(Protocol):
    """The chats of everybody in one app."""

    version: int

    @property
    def files(self) -> ChatFiles: ...
    def chat_of(self, person: Person) -> Any: ...
    def read(self, person: Person) -> None: ...


class AppPhone:
    """`draw` makes the JSON of a chat."""

    def __init__(
        self,
        phones: Phones,
        people: Sequence[Person],
        until: Until,
        draw: Callable[[Any], Json],
    ) -> None:
        self._phones = phones
        self._people = {person.id: person for person in people}
        self._until = until
        self._draw = draw

    def application(self, acts: Mapping[str, Handler]) -> web.Application:
        """`acts` are what people do there, by the last word of the address."""
        app = web.Application(middlewares=[guard])
        app.router.add_get("/people", self._list_people)
        app.router.add_get(f"{ONE}/chat", self._show_chat)
        for word, act in acts.items():
            app.router.add_post(f"{ONE}/{word}", act)
        app.router.add_get("/files/{file_id}", self._show_file)
        return app

    def whose(self, request: web.Request) -> Person:
        return person_of(request, self._people)

    async def _list_people(self, _request: web.Request) -> web.Response:
        listed = [
            {"id": person.id, "version": self._phones.chat_of(person).version}
            for person in self._people.values()
        ]
        return answer({"version": self._phones.version, "people": listed})

    async def _show_chat(self, request: web.Request) -> web.Response:
        """Show a chat; with `after` (a version) and `wait` (seconds), once it has changed."""
        person = self.whose(request)
        chat = self._phones.chat_of(person)
        if not await has_news(request, lambda: chat.version, self._until):
            return web.Response(status=204)
        self._phones.read(person)
        shown = {"version": chat.version, "action": "", "blocked": chat.blocked}
        return answer({**shown, "last_answer": None, **self._draw(chat)})

    async def _show_file(self, request: web.Request) -> web.Response:
        kept = self._phones.files.get(request.match_info["file_id"])
        if kept is None:
            raise Unfit("no such file", status=404)
        return as_file(kept.content, kept.mime_type)


def entry_json(entry: Entry, *, is_ours: bool, **more: object) -> Json:
    """`is_ours`: said by the business; `more` is what an app has besides."""
    return {
        "message_id": entry.number,
        "sent_at": entry.sent_at,
        "from_bot": is_ours,
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
        **more,
    }


def done(*entries: Entry) -> web.Response:
    return answer({"message_ids": [entry.number for entry in entries]}, status=201)
