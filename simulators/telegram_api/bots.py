"""One bot of the simulated Telegram: its token, calls and updates, and its people's phones.

How calls come in over HTTP is left to `server`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import web

from simulators.faults import Fault, Faults, Mishap, commit
from simulators.telegram_api import bot_methods, media_methods, methods, topics
from simulators.telegram_api.calls import Call, read_call
from simulators.telegram_api.errors import NOTHING, Refusal, too_many_requests
from simulators.telegram_api.flood import Flood
from simulators.telegram_api.group_phones import GroupPhones
from simulators.telegram_api.webhook import Attempt, Webhook
from simulators.telegram_api.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulators.bell import Bell
    from simulators.telegram_api.chats import Json

DOWNLOAD = "download"  # what fault rules call the fetching of a file
_QUICK: dict[str, Callable[[World, Call], Any]] = {
    **methods.METHODS,
    **media_methods.METHODS,
    **topics.METHODS,
    **bot_methods.METHODS,
}
_NAMES = {name.lower(): name for name in (*_QUICK, *bot_methods.SLOW_METHODS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a bot is; with `has_topics` it may open topics in private chats."""

    token: str
    username: str
    name: str = "Service Desk"
    has_topics: bool = False

    def wire(self) -> Json:
        return {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": self.has_topics,
            "allows_users_to_create_topics": self.has_topics,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a bot's webhook is served: `scale` of all waiting, seconds that an answer may take."""

    scale: float = 1.0
    answer_within: float = 60.0


class SimulatedBot(GroupPhones):
    def __init__(self, identity: Identity, pace: Pace, bell: Bell) -> None:
        self.token = identity.token
        self.faults = Faults()
        self.flood = Flood()
        self.requests: list[Call] = []
        webhook = partial(Webhook, pace=pace.scale, answer_within=pace.answer_within)
        super().__init__(World(identity.wire(), webhook, bell))

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

    async def serve(self, request: web.Request) -> web.StreamResponse:
        try:
            method = _method(request)
            fault = self.faults.pick(method)
            if fault is not None and fault.mishap is Mishap.HANG_UP:
                return await commit(fault, request, _nothing, _word)
            call = await read_call(request, method, time.time())
        except Refusal as refusal:
            return refused(refusal)
        self.requests.append(call)
        self.world.wake()
        if fault is None:
            return await self._perform(call)
        return await commit(fault, request, partial(self._perform, call), _word)

    async def _perform(self, call: Call) -> web.Response:
        try:
            result = await self._result(call)
        except Refusal as refusal:
            return refused(refusal)
        body = orjson.dumps({"ok": True, "result": result})
        return web.Response(body=body, content_type="application/json")

    async def _result(self, call: Call) -> Any:
        wait = self.flood.admit(call)
        if wait is not None:
            raise too_many_requests(wait)
        quick = _QUICK.get(call.method)
        if quick is not None:
            return quick(self.world, call)
        return await bot_methods.SLOW_METHODS[call.method](self.world, call)

    async def serve_file(self, request: web.Request) -> web.StreamResponse:
        send = partial(self._send_file, request.match_info["path"])
        return await self.faults.answer(DOWNLOAD, request, send, _word)

    async def _send_file(self, path: str) -> web.Response:
        stored = self.world.files.by_path(path)
        if stored is None:
            return refused(Refusal(404, "Not Found"))
        return web.Response(body=stored.upload.content, content_type="application/octet-stream")


def _method(request: web.Request) -> str:
    method = _NAMES.get(request.match_info["method"].lower())
    if method is None:
        raise Refusal(404, "Not Found: method not found")
    return method


async def _nothing() -> web.Response:
    return web.Response()


def _word(fault: Fault) -> web.Response:
    parameters = NOTHING if fault.retry_after is None else {"retry_after": fault.retry_after}
    return refused(Refusal(fault.status, fault.description, parameters))


def refused(refusal: Refusal) -> web.Response:
    answer: Json = {
        "ok": False,
        "error_code": refusal.status,
        "description": refusal.description,
    }
    if refusal.parameters:
        answer["parameters"] = dict(refusal.parameters)
    return web.Response(
        status=refusal.status,
        body=orjson.dumps(answer),
        content_type="application/json",
        headers=_headers(refusal.parameters),
    )


def _headers(parameters: Mapping[str, int]) -> dict[str, str]:
    wait = parameters.get("retry_after")
    return {} if wait is None else {"Retry-After": str(wait)}
