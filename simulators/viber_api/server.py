"""Viber's REST API over real HTTP, `/pa/<method>`, and the place where people's files lie.

`ViberApi` is the whole simulator: it serves one bot, and its inherited methods are the phones.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import ClientError, web

from simulators.faults import Fault, Faults
from simulators.served import Served
from simulators.viber_api.checks import LARGEST_REQUEST, Refusal, check_message
from simulators.viber_api.phones import Phones

if TYPE_CHECKING:
    from simulators.chat_files import ChatFile
    from simulators.viber_api.chats import Json

TOKEN = "4d617274-simulated-bot-of-the-service-desk"  # noqa: S105 - opens nothing real
NAME = "Service Desk"
DOWNLOAD = "download"  # what fault rules call the fetching of a file
MOST_UNANSWERED = 100  # messages to whoever does not write
DELIVERED_AFTER = 0.05  # seconds until the person's device has a message
_BODY_LIMIT = 1 << 20


class ViberApi(Phones, Served):
    """Use as an async context manager, or start and stop. `pace` scales waiting between tries."""

    def __init__(self, *, token: str = TOKEN, pace: float = 1.0) -> None:
        super().__init__(token, pace)
        self.token = token
        self.faults = Faults()
        self.requests: list[tuple[str, Json]] = []
        self.billing_status = 1  # 5: the message is charged for

    def application(self) -> web.Application:
        app = web.Application(client_max_size=_BODY_LIMIT)
        app.router.add_post("/pa/{method}", self._serve)
        app.router.add_get("/files/{file_id}/{name}", self._serve_file)
        return app

    async def stop(self) -> None:
        await self.callbacks.close()
        await super().stop()

    def calls(self, method: str) -> list[Json]:
        return [wish for name, wish in self.requests if name == method]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        perform = partial(self._perform, request, method)
        return await self.faults.answer(method, request, perform, _word)

    async def _perform(self, request: web.Request, method: str) -> web.Response:
        try:
            wish = self._admit(request, await request.read())
            self.requests.append((method, wish))
            result = await self._result(method, wish)
        except Refusal as refusal:
            return _answer({"status": refusal.status, "status_message": refusal.words})
        except orjson.JSONDecodeError:
            return _answer({"status": 3, "status_message": "badData"})
        return _answer({"status": 0, "status_message": "ok", **result})

    def _admit(self, request: web.Request, body: bytes) -> Json:
        if len(body) > LARGEST_REQUEST:
            raise Refusal(3, "request is larger than 30 KB")
        wish: Json = orjson.loads(body or b"{}")
        if request.headers.get("X-Viber-Auth-Token", wish.get("auth_token")) != self.token:
            raise Refusal(2, "invalidAuthToken")
        return wish

    async def _result(self, method: str, wish: Json) -> Json:
        match method:
            case "send_message":
                return await self._send_message(wish)
            case "set_webhook":
                return await self._set_webhook(wish)
            case "get_account_info":
                known = {"webhook": self.callbacks.url} if self.callbacks.url else {}
                return {"id": "pa:1", "name": NAME, "uri": "servicedesk", **known}
            case _:
                raise Refusal(8, "notFound")

    async def _set_webhook(self, wish: Json) -> Json:
        """The bot is called before it gets its answer, so it must listen already."""
        url = str(wish.get("url", ""))
        event = self.event("webhook", {})
        if not url.startswith(("http://", "https://")) or not await self.callbacks.check(
            url, event
        ):
            raise Refusal(1, "invalidUrl")
        self.callbacks.open(url)
        return {"event_types": wish.get("event_types", [])}

    async def _send_message(self, wish: Json) -> Json:
        if not self.callbacks.url:
            raise Refusal(10, "webhookNotSet")
        check_message(wish)
        chat = self.chat_by_id(str(wish.get("receiver", "")))
        if chat is None:
            raise Refusal(5, "receiverNotRegistered")
        if chat.blocked or not chat.subscribed:
            raise Refusal(6, "receiverNotSubscribed")
        if chat.unanswered >= MOST_UNANSWERED:
            raise Refusal(12, "tooManyRequests")
        files = await self._media(wish)
        if files is None:
            raise Refusal(1, "invalidUrl")
        entry = self.post(chat, wish, from_bot=True, files=files)
        chat.unanswered += 1
        about = {"message_token": entry.token, "user_id": chat.user_id}
        delivered = self.event("delivered", about)
        self.callbacks.later(DELIVERED_AFTER, partial(self.callbacks.emit, delivered))
        return {"message_token": entry.token, "billing_status": self.billing_status}

    async def _media(self, wish: Json) -> tuple[ChatFile, ...] | None:
        """Viber fetches files itself; None where nothing is there."""
        if wish["type"] not in ("picture", "video", "file") or self._session is None:
            return ()
        try:
            async with self._session.get(wish["media"]) as answer:
                content = await answer.read()
        except (ClientError, TimeoutError):
            return None
        if not answer.ok:
            return None
        name = wish.get("file_name") or f"photo{_suffix(wish['media'])}"
        return (self.files.keep(wish["type"], name, answer.content_type, content),)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        send = partial(self.files.answer, request.match_info["file_id"])
        return await self.faults.answer(DOWNLOAD, request, send, _word)


def _suffix(address: str) -> str:
    name = address.rpartition("/")[2]
    return f".{name.rpartition('.')[2]}" if "." in name else ""


def _word(fault: Fault) -> web.Response:
    """Statuses below 100 are Viber's own, within a 200; the others are of HTTP."""
    if fault.status < 100:  # noqa: PLR2004 - what HTTP begins with
        return _answer({"status": fault.status, "status_message": fault.description})
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
    return web.Response(status=fault.status, text=fault.description, headers=headers)


def _answer(value: dict[str, Any]) -> web.Response:
    return web.Response(body=orjson.dumps(value), content_type="application/json")
