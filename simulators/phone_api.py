"""A JSON control of the simulated phones, for a page that shows them and for scripts.

Who acts is a person in the own chat with the bot, `/people/7/...`, or in a topic of a group,
`/people/7/groups/-100/topics/1042/...`, where topic 0 is the General one. `phone_app` makes an
aiohttp application to be mounted under a prefix of the demo's site. How chats are shown is left to
`phone_chats`, the page itself, and who may open it, to the demo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from simulators.phone_chats import entry_shown, places_of, seat_of
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
    from simulators.telegram_api import ChatEntry, Seat, SimulatedBot


ONE: Final = "/people/{id:[0-9]+}"
TOPIC: Final = "/groups/{group:-[0-9]+}/topics/{topic:[0-9]+}"


def phone_app(telegram: SimulatedBot, people: Sequence[Person]) -> web.Application:
    """Make the application that lets `people` use their phones."""
    phone = _PhoneApi(telegram, people)
    app = web.Application(middlewares=[guard])
    app.router.add_get("/people", phone.list_people)
    app.router.add_get(f"{ONE}/places", phone.list_places)
    app.router.add_post(f"{ONE}/start", phone.press_start)
    app.router.add_post(f"{ONE}/contacts", phone.share_contact)
    app.router.add_post(f"{ONE}/block", phone.block)
    app.router.add_post(f"{ONE}/unblock", phone.unblock)
    for place in (ONE, ONE + TOPIC):
        app.router.add_get(f"{place}/chat", phone.show_chat)
        app.router.add_post(f"{place}/messages", phone.write)
        app.router.add_post(f"{place}/edits", phone.edit)
        app.router.add_post(f"{place}/taps", phone.tap)
        app.router.add_post(f"{place}/presses", phone.press)
        app.router.add_post(f"{place}/photos", phone.send_photos)
        app.router.add_post(f"{place}/documents", phone.send_documents)
    app.router.add_get("/files/{file_id}", phone.show_file)
    return app


class _PhoneApi:
    def __init__(self, telegram: SimulatedBot, people: Sequence[Person]) -> None:
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

    async def list_places(self, request: web.Request) -> web.Response:
        """List the groups that a person is in, with their topics; waits like `show_chat`."""
        person, world = person_of(request, self._people), self._telegram.world
        if not await has_news(request, lambda: world.version, self._telegram.until):
            return web.Response(status=204)
        return answer({"version": world.version, "groups": places_of(world, person)})

    async def show_chat(self, request: web.Request) -> web.Response:
        """Show a chat; with `after` (a version) and `wait` (seconds), once it has changed."""
        seat = self._seat(request)
        chat = self._telegram.world.chat_at(seat)
        if not await has_news(request, lambda: chat.version, self._telegram.until):
            return web.Response(status=204)
        answered = chat.last_answer
        is_own = answered is not None and answered.user_id == seat.person.id
        return answer(
            {
                "version": chat.version,
                "entries": [entry_shown(entry) for entry in self._entries(seat)],
                "keyboard": chat.keyboard,
                "action": chat.action,
                "blocked": chat.blocked,
                "last_answer": {
                    "id": answered.callback_query_id,
                    "text": answered.text,
                    "show_alert": answered.show_alert,
                }
                if answered and is_own
                else None,
            }
        )

    def _entries(self, seat: Seat) -> list[ChatEntry]:
        entries = self._telegram.chat(seat)
        return entries if seat.group is None else [e for e in entries if e.topic == seat.topic]

    def _seat(self, request: web.Request) -> Seat:
        return seat_of(request, self._telegram.world, person_of(request, self._people))

    async def press_start(self, request: web.Request) -> web.Response:
        person, wish = person_of(request, self._people), await read_json(request)
        return _done(self._telegram.press_start(person, text_of(wish, "payload", optional=True)))

    async def write(self, request: web.Request) -> web.Response:
        seat, wish = self._seat(request), await read_json(request)
        text = text_of(wish, "text")
        if wish.get("reply_to") is None:
            return _done(self._telegram.write(seat, text))
        return _done(self._telegram.reply(seat, _message_id(wish, "reply_to"), text))

    async def edit(self, request: web.Request) -> web.Response:
        seat, wish = self._seat(request), await read_json(request)
        message_id = _message_id(wish, "message_id")
        return _done(self._telegram.edit(seat, message_id, text_of(wish, "text")))

    async def tap(self, request: web.Request) -> web.Response:
        """Tap the inline button `wanted` (its label or callback data) of `message_id`."""
        seat, wish = self._seat(request), await read_json(request)
        message_id = _message_id(wish, "message_id")
        query = self._telegram.tap(seat, text_of(wish, "wanted"), message_id=message_id)
        return answer({"callback_query_id": query}, status=201)

    async def press(self, request: web.Request) -> web.Response:
        seat, wish = self._seat(request), await read_json(request)
        return _done(self._telegram.press(seat, text_of(wish, "label")))

    async def share_contact(self, request: web.Request) -> web.Response:
        return _done(self._telegram.share_contact(person_of(request, self._people)))

    async def send_photos(self, request: web.Request) -> web.Response:
        """Send one photo, or several as an album."""
        seat = self._seat(request)
        uploads, caption = await read_files(request)
        if any(upload.mime_type not in PICTURES for upload in uploads):
            raise Unfit("not a picture", status=415)
        contents = [upload.content for upload in uploads]
        if len(contents) == 1:
            return _done(self._telegram.send_photo(seat, contents[0], caption=caption))
        return _done(*self._telegram.send_album(seat, contents, caption=caption))

    async def send_documents(self, request: web.Request) -> web.Response:
        seat = self._seat(request)
        uploads, caption = await read_files(request)
        sent = [
            self._telegram.send_document(seat, upload, caption="" if number else caption)
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


def _done(*entries: ChatEntry) -> web.Response:
    return answer({"message_ids": [entry.message_id for entry in entries]}, status=201)


def _message_id(wish: dict[str, Any], name: str) -> int:
    value = wish.get(name)
    if not isinstance(value, int):
        raise Unfit(f"{name} must be a number")
    return value
