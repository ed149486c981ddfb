"""What the role `web` serves: the inbox, forms and webhooks. Imported by that role alone."""

import errno
import hmac
from collections.abc import Callable
from functools import partial

from aiohttp import web

from bots.portal.receive import portal_app
from bots.webhook import Webhook
from desk import sent
from desk.crew import accounts_of
from desk.doors import opened
from desk.metrics import Metrics
from desk.runtime import Runtime
from desk.settings import Settings, WebSettings
from desk.wiring import FORM_PATH, Desk
from inbox.app import build_app
from inbox.ports import InboxServices, InboxSettings
from intake.errors import Invalid
from store.backlog import Backlog
from store.readiness import Readiness

COUNTED_WITHIN = 15.0  # seconds between two looks at what waits


async def serve_web(
    desk: Desk, runtime: Runtime, mount: Callable[[web.Application], None]
) -> tuple[web.AppRunner, int]:
    desk.reader.warm_up()
    metrics = Metrics(Backlog(desk.database), desk.clock, runtime.lag)
    services = InboxServices(
        service=desk.service,
        links=desk.links,
        listing=desk.listing,
        agents=desk.agents,
        files=desk.files,
        blobs=desk.blobs,
        bell=desk.database.bell,
        clock=desk.clock,
        labels=desk.catalogue,
        is_ready=Readiness(desk.database).look,
        reaching=desk.reaching,
        companion=accounts_of(desk) if desk.settings.agents_bot.is_on else None,
        settings=_inbox_settings(desk.settings),
        registry=metrics.registry,
    )
    app = build_app(services)
    if desk.settings.web.public_url:
        app.add_subapp(FORM_PATH, portal_app(desk.portal()))
    mount(app)
    webhooks = _webhooks(desk, app)
    runner = await opened(app, {webhook.path: webhook.receive for webhook in webhooks})
    await _listen(runner, desk.settings.web)
    port = int(runner.addresses[0][1])
    runtime.start(
        "metrics",
        partial(runtime.repeat, metrics.step, topic="metrics", poll_within=COUNTED_WITHIN),
    )
    return runner, port


async def _listen(runner: web.AppRunner, chosen: WebSettings) -> None:
    """Raises Invalid that names the setting at fault."""
    try:
        await web.TCPSite(runner, chosen.host, chosen.port).start()
    except (OSError, ValueError) as error:  # ValueError: a host that can't be a name
        await runner.cleanup()
        reason = getattr(error, "strerror", None) or str(error)
        match getattr(error, "errno", None):
            case errno.EADDRINUSE:
                raise Invalid("port_taken", port=str(chosen.port)) from error
            case errno.EACCES:
                raise Invalid("port_refused", port=str(chosen.port), reason=reason) from error
            case _:
                raise Invalid("host_wrong", host=chosen.host, reason=reason) from error


def _inbox_settings(settings: Settings) -> InboxSettings:
    return InboxSettings(
        public_address=settings.web.public_url,
        trusts_proxy=settings.web.trusts_proxy,
        browser_key=hmac.digest(settings.secret(), b"browsers of agents", "sha256"),
        zone=settings.desk.hours.zone,
        language=settings.desk.language,
    )


def _webhooks(desk: Desk, app: web.Application) -> list[Webhook]:
    """Of the channels that push."""
    webhooks: list[Webhook] = []
    if desk.settings.telegram.is_on:
        from desk import telegram

        webhooks.append(telegram.webhook(desk))
    if desk.settings.viber.is_on:
        from desk import viber

        webhooks.append(viber.webhook(desk))
    if desk.settings.meta.is_on:
        from desk import meta

        webhooks.append(meta.webhook(desk, app))
    if desk.settings.viber.is_on or desk.settings.meta.is_on:
        sent.mount(desk, app)
    return webhooks
