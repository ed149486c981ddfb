"""The Bot API over real HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

`TelegramApi` is the whole simulator: it serves one bot, and its inherited methods are the people's
phones. State outlives a restart of the bot, and `stop` followed by `start`.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import web

from simulators.faults import Fault, Faults, Mishap, commit
from simulators.served import Served
from simulators.telegram_api import bot_methods, media_methods, methods
from simulators.telegram_api.calls import Call, read_call
from simulators.telegram_api.errors import Refusal
from simulators.telegram_api.files import UPLOAD_LIMIT
from simulators.telegram_api.phones import Phones
from simulators.telegram_api.webhook import Attempt, Webhook
from simulators.telegram_api.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulators.telegram_api.chats import Json

TOKEN = "700800900:simulated-bot-of-the-service-desk"  # noqa: S105 - opens nothing real
DOWNLOAD = "download"  # what fault rules call the fetching of a file
_FORM_SLACK = 1 << 20
_QUICK: dict[str, Callable[[World, Call], Any]] = {
    **methods.METHODS,
    **media_methods.METHODS,
    **bot_methods.METHODS,
}
_NAMES = {name.lower(): name for name in (*_QUICK, *bot_methods.SLOW_METHODS)}


class TelegramApi(Phones, Served):
    """A simulated Telegram with one bot. Use as an async context manager, or start and stop.

    `webhook_pace` scales all waiting between tries of a webhook delivery, so that tests do not
    wait; `webhook_answer_within` is how long an answer may take, in seconds.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "service_desk_bot",
        webhook_pace: float = 1.0,
        webhook_answer_within: float = 60.0,
    ) -> None:
        self.token = token
        self.faults = Faults()
        self.requests: list[Call] = []
        self.url = ""
        webhook = partial(Webhook, pace=webhook_pace, answer_within=webhook_answer_within)
        super().__init__(World(_bot_user(token, username), webhook))

    def application(self) -> web.Application:
        app = web.Application(client_max_size=UPLOAD_LIMIT + _FORM_SLACK)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        return app

    async def stop(self) -> None:
        await self.world.webhook.close()
        await super().stop()

    @property
    def updates(self) -> list[Json]:
        """All updates ever emitted, in order."""
        return self.world.updates.emitted

    @property
    def unconfirmed(self) -> int:
        return len(self.world.updates.pending)

    @property
    def webhook_attempts(self) -> list[Attempt]:
        return self.world.webhook.attempts

    def calls(self, method: str) -> list[Call]:
        return [call for call in self.requests if call.method == method]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            method = self._admit(request)
            fault = self.faults.pick(method) if self.faults.rules else None
            if fault is not None and fault.mishap is Mishap.HANG_UP:
                return await commit(fault, request, _nothing, _word)
            call = await read_call(request, method, time.time())
        except Refusal as refusal:
            return _error(refusal.status, refusal.description)
        self.requests.append(call)
        self.world.wake()
        if fault is None:
            return await self._perform(call)
        return await commit(fault, request, partial(self._perform, call), _word)

    def _admit(self, request: web.Request) -> str:
        if request.match_info["token"] != self.token:
            raise Refusal(401, "Unauthorized")
        method = _NAMES.get(request.match_info["method"].lower())
        if method is None:
            raise Refusal(404, "Not Found: method not found")
        return method

    async def _perform(self, call: Call) -> web.Response:
        try:
            quick = _QUICK.get(call.method)
            if quick is not None:
                result = quick(self.world, call)
            else:
                result = await bot_methods.SLOW_METHODS[call.method](self.world, call)
        except Refusal as refusal:
            return _error(refusal.status, refusal.description)
        body = orjson.dumps({"ok": True, "result": result})
        return web.Response(body=body, content_type="application/json")

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _error(401, "Unauthorized")
        fault = self.faults.pick(DOWNLOAD) if self.faults.rules else None
        send = partial(self._send_file, request.match_info["path"])
        return await send() if fault is None else await commit(fault, request, send, _word)

    async def _send_file(self, path: str) -> web.Response:
        stored = self.world.files.by_path(path)
        if stored is None:
            return _error(404, "Not Found")
        return web.Response(body=stored.upload.content, content_type="application/octet-stream")


def _bot_user(token: str, username: str) -> Json:
    return {
        "id": int(token.partition(":")[0]),
        "is_bot": True,
        "first_name": "Service Desk",
        "username": username,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def _nothing() -> web.Response:
    return web.Response()


def _word(fault: Fault) -> web.Response:
    return _error(fault.status, fault.description, fault.retry_after)


def _error(status: int, description: str, retry_after: int | None = None) -> web.Response:
    answer: Json = {"ok": False, "error_code": status, "description": description}
    headers = {}
    if retry_after is not None:
        answer["parameters"] = {"retry_after": retry_after}
        headers["Retry-After"] = str(retry_after)
    return web.Response(
        status=status,
        body=orjson.dumps(answer),
        content_type="application/json",
        headers=headers,
    )
