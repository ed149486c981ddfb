"""What people do on their simulated Viber phones, on the page; what is shown is `app_phone`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulators.app_phone import AppPhone, done, entry_json
from simulators.phone_door import PICTURES, answer, read_files, read_json, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from simulators.people import Person
    from simulators.viber_api import Chat, ViberApi

GRID = 6  # columns of a keyboard


def viber_phone_app(viber: ViberApi, people: Sequence[Person]) -> web.Application:
    """Make the application that lets `people` use Viber on their phones."""
    phone = _ViberPhone(viber, people)
    return phone.application(
        {
            "start": phone.open_chat,
            "messages": phone.write,
            "presses": phone.press,
            "contacts": phone.share_phone,
            "photos": phone.send_files,
            "documents": phone.send_files,
            "block": phone.block,
            "unblock": phone.unblock,
        }
    )


class _ViberPhone(AppPhone):
    def __init__(self, viber: ViberApi, people: Sequence[Person]) -> None:
        super().__init__(viber, people, viber.until, _chat)
        self._viber = viber

    async def open_chat(self, request: web.Request) -> web.Response:
        await self._viber.open_chat(self.whose(request))
        return answer({}, status=201)

    async def write(self, request: web.Request) -> web.Response:
        person, wish = self.whose(request), await read_json(request)
        return done(self._viber.write(person, text_of(wish, "text")))

    async def press(self, request: web.Request) -> web.Response:
        person, wish = self.whose(request), await read_json(request)
        self._viber.tap(person, text_of(wish, "label"))
        return answer({}, status=201)

    async def share_phone(self, request: web.Request) -> web.Response:
        return done(self._viber.share_phone(self.whose(request)))

    async def send_files(self, request: web.Request) -> web.Response:
        """One message each; words stand at a first picture, or are a message of their own."""
        person = self.whose(request)
        uploads, caption = await read_files(request)
        words = caption.strip()
        beside = words if uploads[0].mime_type in PICTURES else ""
        sent = [self._viber.send_file(person, uploads[0], beside)]
        sent += [self._viber.send_file(person, one) for one in uploads[1:]]
        if words and not beside:
            sent.append(self._viber.write(person, words))
        return done(*sent)

    async def block(self, request: web.Request) -> web.Response:
        self._viber.unsubscribe(self.whose(request))
        return answer({"blocked": True})

    async def unblock(self, request: web.Request) -> web.Response:
        self._viber.subscribe(self.whose(request))
        return answer({"blocked": False})


def _chat(chat: Chat) -> dict[str, Any]:
    entries = [entry_json(entry, is_ours=entry.from_bot) for entry in chat.entries]
    return {"entries": entries, "keyboard": _rows(chat)}


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
