"""A JSON control of the simulated phones, for a page that shows them and for scripts.

`phone_app` makes an aiohttp application to be mounted under a prefix of the demo's site. The page
itself, and who may open it, are left to the demo.
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
    from simulators.telegram_api.chats import ChatEntry
    from simulators.telegram_api.server import TelegramApi


def phone_app(telegram: TelegramApi, people: Sequence[Person]) -> web.Application:
    """Make the application that lets `people` use their phones."""
    phone = _PhoneApi(telegram, people)
    app = web.Application(middlewares=[guard])
    one = "/people/{id:[0-9]+}"
    app.router.add_get("/people", phone.list_people)
    app.router.add_get(f"{one}/chat", phone.show_chat)
    app.router.add_post(f"{one}/start", phone.press_start)
    app.router.add_post(f"{one}/messages", phone.write)
    app.router.add_post(f"{one}/edits", phone.edit)
    app.router.add_post(f"{one}/taps", phone.tap)
    app.router.add_post(f"{one}/presses", phone.press)
    app.router.add_post(f"{one}/contacts", phone.share_contact)
    app.router.add_post(f"{one}/photos", phone.send_photos)
    app.router.add_post(f"{one}/documents", phone.send_documents)
    app.router.add_post(f"{one}/block", phone.block)
    app.router.add_post(f"{one}/unblock", phone.unblock)
    app.router.add_get("/files/{file_id}", phone.show_file)
    return app


class _PhoneApi:
    def __init__(self, telegram: TelegramApi, people: Sequence[Person]) -> None:
        self._telegram = telegram
        self._people = {person.id: person for person in people}

    async def list_people(self, _request: web.Request) -> web.Response:
        world = self._telegram.world
        return answer(
            {
                "version": world.version,
                "people": [
                    {
                        "id": person.id,
                        "name": person.full_name,
                        "first_name": person.first_name,
                        "language": person.language_code,
                        "username": person.username,
                        "blocked": world.chat_of(person).blocked,
                        "version": world.chat_of(person).version,
                    }
                    for person in self._people.values()
                ],
            }
        )

    async def show_chat(self, request: web.Request) -> web.Response:
        """Show a chat; with `after` (a version) and `wait` (seconds), once it has changed."""
        person = person_of(request, self._people)
        chat = self._telegram.world.chat_of(person)
        if not await has_news(request, lambda: chat.version, self._telegram.until):
            return web.Response(status=204)
        answered = chat.last_answer
        return answer(
            {
                "version": chat.version,
                "entries": [_entry(entry) for entry in self._telegram.chat(person)],
                "keyboard": chat.keyboard,
                "action": chat.action,
                "blocked": chat.blocked,
                "last_answer": {
                    "id": answered.callback_query_id,
                    "text": answered.text,
                    "show_alert": answered.show_alert,
                }
                if answered
                else None,
            }
        )

    async def press_start(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        return _done(self._telegram.press_start(person, text_of(wish, "payload", optional=True)))

    async def write(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        text = text_of(wish, "text")
        if wish.get("reply_to") is None:
            return _done(self._telegram.write(person, text))
        return _done(self._telegram.reply(person, _message_id(wish, "reply_to"), text))

    async def edit(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        message_id = _message_id(wish, "message_id")
        return _done(self._telegram.edit(person, message_id, text_of(wish, "text")))

    async def tap(self, request: web.Request) -> web.Response:
        """Tap the inline button `wanted` (its label or callback data) of `message_id`."""
        person, wish = person_of(request, self._people), await read_json(request)
        message_id = _message_id(wish, "message_id")
        query = self._telegram.tap(person, text_of(wish, "wanted"), message_id=message_id)
        return answer({"callback_query_id": query}, status=201)

    async def press(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        return _done(self._telegram.press(person, text_of(wish, "label")))

    async def share_contact(self, request: web.Request) -> web.Response:
        return _done(self._telegram.share_contact(person_of(request, self._people)))

    async def send_photos(self, request: web.Request) -> web.Response:
        """Send one photo, or several as an album."""
        person = person_of(request, self._people)
        uploads, caption = await read_files(request)
        if any(upload.mime_type not in PICTURES for upload in uploads):
            raise Unfit("not a picture", status=415)
        contents = [upload.content for upload in uploads]
        if len(contents) == 1:
            return _done(self._telegram.send_photo(person, contents[0], caption=caption))
        return _done(*self._telegram.send_album(person, contents, caption=caption))

    async def send_documents(self, request: web.Request) -> web.Response:
        person = person_of(request, self._people)
        uploads, caption = await read_files(request)
        sent = [
            self._telegram.send_document(person, upload, caption="" if number else caption)
            for number, upload in enumerate(uploads)
        ]
        return _done(*sent)

    async def block(self, request: web.Request) -> web.Response:
        self._telegram.block(person_of(request, self._people))
        return answer({"blocked": True})

    async def unblock(self, request: web.Request) -> web.Response:
        self._telegram.unblock(person_of(request, self._people))
        return answer({"blocked": False})

    async def show_file(self, request: web.Request) -> web.Response:
        stored = self._telegram.world.files.by_id(request.match_info["file_id"])
        if stored is None:
            raise Unfit("no such file", status=404)
        return as_file(stored.upload.content, stored.upload.mime_type)


def _entry(entry: ChatEntry) -> dict[str, Any]:
    return {
        "message_id": entry.message_id,
        "sent_at": entry.sent_at,
        "from_bot": entry.from_bot,
        "kind": entry.kind,
        "text": "" if entry.deleted else entry.text,
        "entities": [] if entry.deleted else entry.entities,
        "buttons": [
            [{"label": one.label, "callback": one.callback, "url": one.url} for one in row]
            for row in entry.buttons
        ],
        "files": [
            {"kind": one.kind, "file_id": one.file_id, "name": one.name, "size": one.size}
            for one in entry.files
        ],
        "media_group_id": entry.media_group_id,
        "reply_to": entry.reply_to,
        "reactions": entry.reactions,
        "edited": entry.edited,
        "deleted": entry.deleted,
    }


def _done(*entries: ChatEntry) -> web.Response:
    return answer({"message_ids": [entry.message_id for entry in entries]}, status=201)


def _message_id(wish: dict[str, Any], name: str) -> int:
    value = wish.get(name)
    if not isinstance(value, int):
        raise Unfit(f"{name} must be a number")
    return value
