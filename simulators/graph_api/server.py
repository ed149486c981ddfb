"""The Graph API over real HTTP, `/v26.0/me/messages`, and the place where people's files lie.

`GraphApi` is the whole simulator: an app with a Page (`messenger`) and an account of Instagram
(`instagram`), each with its phones.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

import orjson
from aiohttp import ClientError, web

from simulators.bell import Bell
from simulators.chat_files import ChatFiles
from simulators.faults import Fault, Faults
from simulators.graph_api.checks import Platform, Refusal, check_message, check_window
from simulators.graph_api.phones import Phones
from simulators.graph_api.webhook import Webhook
from simulators.served import Served

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulators.chat_files import ChatFile
    from simulators.graph_api.chats import Json

T = TypeVar("T")
APP_ID = "170001"
APP_SECRET = "simulated-secret-of-the-app"  # noqa: S105 - opens nothing real
VERIFY_TOKEN = "simulated-word-agreed-upon"  # noqa: S105
PAGE_ID, INSTAGRAM_ID = "170002", "170003"
PAGE_TOKEN = "EAAsimulatedPage"  # noqa: S105
INSTAGRAM_TOKEN = "IGAAsimulatedAccount"  # noqa: S105
VERSION = "v26.0"
NAME = "Service Desk"
DOWNLOAD = "download"  # what fault rules call the fetching of a file
SEND = "messages"
DELIVERED_AFTER = 0.05  # seconds until the person's device has a message
_BODY_LIMIT = 1 << 20
_MESSENGER = Platform(
    name="messenger",
    object="page",
    account=PAGE_ID,
    token=PAGE_TOKEN,
    longest_text=2000,
    counts_bytes=False,
    tells_deliveries=True,
    tells_apps=True,
)
_INSTAGRAM = Platform(
    name="instagram",
    object="instagram",
    account=INSTAGRAM_ID,
    token=INSTAGRAM_TOKEN,
    longest_text=1000,
    counts_bytes=True,
    tells_deliveries=False,
    tells_apps=False,
)


class GraphApi(Served):
    """Use as an async context manager, or start and stop. `pace` scales waiting between tries."""

    def __init__(self, *, pace: float = 1.0) -> None:
        self.url = ""
        self.faults = Faults()
        self.requests: list[tuple[str, Json]] = []
        self.files = ChatFiles()
        self._bell = Bell()
        self.webhook = Webhook(APP_SECRET, pace=pace, on_progress=self._bell.ring)
        self.messenger = Phones(_MESSENGER, self.webhook, self.files, self._bell.ring)
        self.instagram = Phones(_INSTAGRAM, self.webhook, self.files, self._bell.ring)

    def application(self) -> web.Application:
        app = web.Application(client_max_size=_BODY_LIMIT)
        app.router.add_get("/files/{file_id}/{name}", self._serve_file)
        app.router.add_route("*", "/{version}/me", partial(self._serve, "me"))
        app.router.add_get("/{version}/{user:[0-9]+}", partial(self._serve, "profile"))
        app.router.add_post("/{version}/{app:[0-9]+}/subscriptions", partial(self._serve, "app"))
        for method in ("subscribed_apps", "messenger_profile"):
            app.router.add_post(f"/{{version}}/me/{method}", partial(self._serve, method))
        app.router.add_post("/{version}/me/messages", partial(self._serve, SEND))
        return app

    async def start(self, *, host: str = "127.0.0.1", port: int = 0) -> str:
        self.messenger.url = self.instagram.url = await super().start(host=host, port=port)
        return self.url

    async def stop(self) -> None:
        await self.webhook.close()
        await super().stop()

    def calls(self, method: str) -> list[Json]:
        return [wish for name, wish in self.requests if name == method]

    async def until(self, holds: Callable[[], T], *, within: float = 5.0) -> T:
        """Wait until `holds()` is true, looked at after each change; give what it gave."""
        return await self._bell.until(holds, within=within)

    async def _serve(self, method: str, request: web.Request) -> web.StreamResponse:
        perform = partial(self._perform, request, method)
        return await self.faults.answer(method, request, perform, _word)

    async def _perform(self, request: web.Request, method: str) -> web.Response:
        try:
            wish = orjson.loads(await request.read() or b"{}")
            self.requests.append((method, wish))
            if method == "app":
                result = await self._set_webhook(request, wish)
            else:
                result = await self._result(request, method, self._admit(request), wish)
        except Refusal as refusal:
            return _refused(refusal)
        except orjson.JSONDecodeError:
            return _refused(Refusal(100, 0, "this is no JSON"))
        return _answer(result)

    async def _result(self, request: web.Request, method: str, phones: Phones, wish: Json) -> Json:
        match method:
            case "messages":
                return await self._send(phones, wish)
            case "profile":
                return _profile(phones, request.match_info["user"])
            case "subscribed_apps" | "messenger_profile":
                phones.questions = wish.get("ice_breakers", phones.questions)
                return {"success": True}
            case _:
                return {"id": phones.platform.account, "name": NAME}

    async def _set_webhook(self, request: web.Request, wish: Json) -> Json:
        """The address must answer while it is set. Raises Refusal."""
        self._require_version(request)
        if _token_of(request) != f"{APP_ID}|{APP_SECRET}":
            raise Refusal(190, 0, "an app access token is required")
        try:
            is_ours = await self.webhook.subscribe(wish["callback_url"], wish["verify_token"])
        except (ClientError, TimeoutError, ValueError):
            is_ours = False
        if not is_ours:
            raise Refusal(2200, 0, "callback verification failed")
        return {"success": True}

    def _require_version(self, request: web.Request) -> None:
        if request.match_info["version"] != VERSION:
            raise Refusal(2635, 0, "this version of the API is no longer served")

    def _admit(self, request: web.Request) -> Phones:
        """Whose token it is. Raises Refusal."""
        self._require_version(request)
        given = _token_of(request)
        for phones in (self.messenger, self.instagram):
            if given == phones.platform.token:
                _require_proof(request, given)
                return phones
        raise Refusal(190, 463, "the access token is not valid")

    async def _send(self, phones: Phones, wish: Json) -> Json:
        check_message(wish, phones.platform)
        chat = phones.chat_by_id(str((wish.get("recipient") or {}).get("id", "")))
        if chat is None or not chat.opened:
            raise Refusal(100, 2018001, "no matching user found")
        if chat.blocked:
            raise Refusal(551, 1545041, "this person is not available right now")
        check_window(wish, time.time() - chat.heard_at)
        message = wish["message"]
        files = await self._media(phones, message)
        entry = phones.post(chat, message, from_business=True, files=files)
        phones.echo(chat, entry, int(APP_ID))
        if phones.platform.tells_deliveries:
            self.webhook.later(DELIVERED_AFTER, partial(phones.tell_delivered, chat, entry))
        return {"recipient_id": chat.user_id, "message_id": entry.mid}

    async def _media(self, phones: Phones, message: Json) -> tuple[ChatFile, ...]:
        """Meta fetches files itself. Raises Refusal where nothing is there."""
        attachment = message.get("attachment")
        if attachment is None or self._session is None:
            return ()
        address = str(attachment["payload"].get("url", ""))
        try:
            async with self._session.get(address) as answer:
                content = await answer.read()
        except (ClientError, TimeoutError, ValueError):
            raise Refusal(100, 2018007, "the file can't be fetched") from None
        if not answer.ok:
            raise Refusal(100, 2018007, "the file can't be fetched")
        is_pdf = answer.content_type == "application/pdf"
        if attachment["type"] == "file" and phones is self.instagram and not is_pdf:
            raise Refusal(100, 2018047, "this type of file is not supported")
        name = unquote(address.partition("?")[0].rpartition("/")[2])
        return (self.files.keep(attachment["type"], name, answer.content_type, content),)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        send = partial(self.files.answer, request.match_info["file_id"])
        return await self.faults.answer(DOWNLOAD, request, send, _word)


def _token_of(request: web.Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


def proof_of(token: str) -> str:
    """What shows that whoever has a token has the app's secret as well."""
    return hmac.new(APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()


def _require_proof(request: web.Request, token: str) -> None:
    """As of an app that is set to ask for it. Raises Refusal."""
    given = request.query.get("appsecret_proof")
    if given is None:
        raise Refusal(100, 0, "API calls from the server require an appsecret_proof argument")
    if given != proof_of(token):
        raise Refusal(100, 0, "Invalid appsecret_proof provided in the API argument")


def _profile(phones: Phones, user_id: str) -> Json:
    """Raises Refusal."""
    chat = phones.chat_by_id(user_id)
    if chat is None or not chat.opened:
        raise Refusal(100, 33, "there is no such object, or it may not be seen")
    return {"id": user_id, "name": chat.person.full_name}


def _word(fault: Fault) -> web.Response:
    """Statuses of HTTP as Meta words them; all others are its own codes, "10/2018278" too."""
    known = {429: (613, 0), 500: (2, 0), 403: (200, 1545041)}
    code, subcode = known.get(fault.status, (fault.status, _subcode_in(fault.description)))
    return _refused(Refusal(code, subcode, fault.description), fault)


def _subcode_in(description: str) -> int:
    """Where a description begins with one."""
    first = description.partition(" ")[0]
    return int(first) if first.isdecimal() else 0


def _refused(refusal: Refusal, fault: Fault | None = None) -> web.Response:
    error = {
        "message": f"(#{refusal.code}) {refusal.words}",
        "type": "OAuthException",
        "code": refusal.code,
        "error_subcode": refusal.subcode,
        "fbtrace_id": "AsimulatedTrace",
    }
    pause = fault.retry_after if fault is not None else None
    headers = {"Retry-After": str(pause)} if pause is not None else {}
    status = 500 if refusal.code in (1, 2) else 400
    return _answer({"error": error}, status=status, headers=headers)


def _answer(
    value: dict[str, Any], *, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    return web.Response(
        body=orjson.dumps(value), content_type="application/json", status=status, headers=headers
    )
