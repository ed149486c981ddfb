"""A JSON control of the simulated phones, for a page that shows them and for scripts.

`phone_app` makes an aiohttp application to be mounted under a prefix of the demo's site. The page
itself, and who may open it, are left to the demo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import BodyPartReader, web

from simulators.telegram_api.errors import NotPossibleOnPhone
from simulators.telegram_api.files import Upload

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from simulators.people import Person
    from simulators.telegram_api.chats import ChatEntry
    from simulators.telegram_api.server import TelegramApi

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

JSON_LIMIT = 64 << 10
FILES_LIMIT = 25 << 20  # all files of one upload
LONGEST_WAIT = 25.0
LONGEST_TEXT = 4096
_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_OWN_SITE = frozenset({"", "same-origin", "none"})


def phone_app(telegram: TelegramApi, people: Sequence[Person]) -> web.Application:
    """Make the application that lets `people` use their phones."""
    phone = _PhoneApi(telegram, people)
    app = web.Application(middlewares=[_guard])
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


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep other sites out, and word what a phone refuses as 409."""
    foreign = request.headers.get("Sec-Fetch-Site", "") not in _OWN_SITE
    if foreign and request.method != "GET":
        return _answer({"error": "other sites may not use the phones"}, status=403)
    try:
        return await handler(request)
    except NotPossibleOnPhone as refused:
        return _answer({"error": str(refused)}, status=409)
    except _Unfit as unfit:
        return _answer({"error": str(unfit)}, status=unfit.status)


class _Unfit(Exception):
    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status


class _PhoneApi:
    def __init__(self, telegram: TelegramApi, people: Sequence[Person]) -> None:
        self._telegram = telegram
        self._people = {person.id: person for person in people}

    def _person(self, request: web.Request) -> Person:
        person = self._people.get(int(request.match_info["id"]))
        if person is None:
            raise _Unfit("nobody has this number", status=404)
        return person

    async def list_people(self, _request: web.Request) -> web.Response:
        world = self._telegram.world
        return _answer(
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
        person = self._person(request)
        chat = self._telegram.world.chat_of(person)
        after, wait = _number(request, "after", -1), _number(request, "wait", 0)
        if after >= chat.version and wait > 0:
            try:
                within = min(wait, LONGEST_WAIT)
                await self._telegram.until(lambda: chat.version > after, within=within)
            except TimeoutError:
                pass
        if after >= chat.version:
            return web.Response(status=204)
        answered = chat.last_answer
        return _answer(
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
        person, wish = self._person(request), await _read_json(request)
        return _done(self._telegram.press_start(person, _text(wish, "payload", optional=True)))

    async def write(self, request: web.Request) -> web.Response:
        person, wish = self._person(request), await _read_json(request)
        text = _text(wish, "text")
        if wish.get("reply_to") is None:
            return _done(self._telegram.write(person, text))
        return _done(self._telegram.reply(person, _message_id(wish, "reply_to"), text))

    async def edit(self, request: web.Request) -> web.Response:
        person, wish = self._person(request), await _read_json(request)
        message_id = _message_id(wish, "message_id")
        return _done(self._telegram.edit(person, message_id, _text(wish, "text")))

    async def tap(self, request: web.Request) -> web.Response:
        """Tap the inline button `wanted` (its label or callback data) of `message_id`."""
        person, wish = self._person(request), await _read_json(request)
        message_id = _message_id(wish, "message_id")
        query = self._telegram.tap(person, _text(wish, "wanted"), message_id=message_id)
        return _answer({"callback_query_id": query}, status=201)

    async def press(self, request: web.Request) -> web.Response:
        person, wish = self._person(request), await _read_json(request)
        return _done(self._telegram.press(person, _text(wish, "label")))

    async def share_contact(self, request: web.Request) -> web.Response:
        return _done(self._telegram.share_contact(self._person(request)))

    async def send_photos(self, request: web.Request) -> web.Response:
        """Send one photo, or several as an album."""
        person = self._person(request)
        uploads, caption = await _read_files(request)
        if any(upload.mime_type not in _PICTURES for upload in uploads):
            raise _Unfit("not a picture", status=415)
        contents = [upload.content for upload in uploads]
        if len(contents) == 1:
            return _done(self._telegram.send_photo(person, contents[0], caption=caption))
        return _done(*self._telegram.send_album(person, contents, caption=caption))

    async def send_documents(self, request: web.Request) -> web.Response:
        person = self._person(request)
        uploads, caption = await _read_files(request)
        sent = [
            self._telegram.send_document(person, upload, caption="" if number else caption)
            for number, upload in enumerate(uploads)
        ]
        return _done(*sent)

    async def block(self, request: web.Request) -> web.Response:
        self._telegram.block(self._person(request))
        return _answer({"blocked": True})

    async def unblock(self, request: web.Request) -> web.Response:
        self._telegram.unblock(self._person(request))
        return _answer({"blocked": False})

    async def show_file(self, request: web.Request) -> web.Response:
        """Give a file: pictures to be shown, all else only to be saved."""
        stored = self._telegram.world.files.by_id(request.match_info["file_id"])
        if stored is None:
            raise _Unfit("no such file", status=404)
        shown = stored.upload.mime_type in _PICTURES
        return web.Response(
            body=stored.upload.content,
            content_type=stored.upload.mime_type if shown else "application/octet-stream",
            headers={
                "Content-Disposition": "inline" if shown else "attachment",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, max-age=3600",
            },
        )


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


def _answer(value: dict[str, Any], *, status: int = 200) -> web.Response:
    return web.Response(
        status=status,
        body=orjson.dumps(value),
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def _done(*entries: ChatEntry) -> web.Response:
    return _answer({"message_ids": [entry.message_id for entry in entries]}, status=201)


def _number(request: web.Request, name: str, default: int) -> int:
    value = request.query.get(name, "")
    return int(value) if value.isdecimal() else default


async def _read_json(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise _Unfit("JSON is asked for", status=415)
    try:
        wish = orjson.loads(await _read_at_most(request, JSON_LIMIT))
    except orjson.JSONDecodeError:
        raise _Unfit("this is no JSON") from None
    if not isinstance(wish, dict):
        raise _Unfit("a JSON object is asked for")
    return wish


async def _read_at_most(request: web.Request, limit: int) -> bytes:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            raise _Unfit("too large", status=413)
    return bytes(body)


async def _read_files(request: web.Request) -> tuple[list[Upload], str]:
    """Read the files of a form, and its `caption`."""
    if request.content_type != "multipart/form-data":
        raise _Unfit("a form with files is asked for", status=415)
    uploads, caption, left = [], "", FILES_LIMIT
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise _Unfit("a form inside a form")
        content = await _read_part(part, left)
        left -= len(content)
        if part.filename:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads.append(Upload(content=content, name=part.filename, mime_type=kind))
        elif part.name == "caption":
            caption = content.decode("utf-8", "replace")[:LONGEST_TEXT]
    if not any(upload.content for upload in uploads):
        raise _Unfit("no file")
    return uploads, caption


async def _read_part(part: BodyPartReader, limit: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        if len(content) > limit:
            raise _Unfit("too large", status=413)
    return bytes(content)


def _text(wish: dict[str, Any], name: str, *, optional: bool = False) -> str:
    value = wish.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or not (value.strip() or optional):
        raise _Unfit(f"{name} must be text of 1 to {LONGEST_TEXT} characters")
    return value


def _message_id(wish: dict[str, Any], name: str) -> int:
    value = wish.get(name)
    if not isinstance(value, int):
        raise _Unfit(f"{name} must be a number")
    return value
