"""The Bot API over real HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

`TelegramApi` is the whole simulator: it is the first bot, whose inherited methods are the people's
phones, and serves those that are added. State outlives a restart of a bot, and `stop` followed by
`start`.
"""

from __future__ import annotations

from aiohttp import web

from simulators.bell import Bell
from simulators.served import Served
from simulators.telegram_api.bots import Identity, Pace, SimulatedBot, refused
from simulators.telegram_api.errors import Refusal
from simulators.telegram_api.files import UPLOAD_LIMIT

TOKEN = "700800900:simulated-bot-of-the-service-desk"  # noqa: S105 - opens nothing real
AGENTS_TOKEN = "700800901:simulated-bot-of-the-agents"  # noqa: S105 - opens nothing real
_FORM_SLACK = 1 << 20


class TelegramApi(SimulatedBot, Served):
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
        self.url = ""
        self._pace = Pace(scale=webhook_pace, answer_within=webhook_answer_within)
        self._bell = Bell()
        super().__init__(Identity(token=token, username=username), self._pace, self._bell)
        self._bots: dict[str, SimulatedBot] = {token: self}

    def add_bot(
        self, *, token: str, username: str, name: str, has_topics: bool = False
    ) -> SimulatedBot:
        """Make another bot at the same address, with chats and updates of its own."""
        identity = Identity(token=token, username=username, name=name, has_topics=has_topics)
        bot = self._bots[token] = SimulatedBot(identity, self._pace, self._bell)
        return bot

    def application(self) -> web.Application:
        app = web.Application(client_max_size=UPLOAD_LIMIT + _FORM_SLACK)
        app.router.add_route("*", "/bot{token}/{method}", self._serve_bot)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file_of_bot)
        return app

    async def stop(self) -> None:
        for bot in self._bots.values():
            await bot.world.webhook.close()
        await super().stop()

    async def _serve_bot(self, request: web.Request) -> web.StreamResponse:
        bot = self._bots.get(request.match_info["token"])
        return refused(_UNKNOWN) if bot is None else await bot.serve(request)

    async def _serve_file_of_bot(self, request: web.Request) -> web.StreamResponse:
        bot = self._bots.get(request.match_info["token"])
        return refused(_UNKNOWN) if bot is None else await bot.serve_file(request)


_UNKNOWN = Refusal(401, "Unauthorized")
