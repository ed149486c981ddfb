"""The parts of Messenger and Instagram put together. Only who serves one imports this."""

from aiohttp import web

from bots.meta.client import Access, Graph
from bots.meta.fetch import MetaFetcher
from bots.meta.naming import MetaNamer
from bots.meta.receive import MetaWebhook
from bots.meta.send import MetaSender
from desk.sent import links
from desk.settings import Settings
from desk.wiring import Desk
from intake.flow.naming import Naming
from intake.wording import Wording
from store.hearing import Hearing
from store.naming import Nameless

# Where the app is one of Instagram Login, whose secret is another than that of the app itself.
WITHOUT_PROOF = "https://graph.instagram.com"
LOCALES = {"uk": "uk_UA", "en": "en_US", "sk": "sk_SK", "el": "el_GR", "it": "it_IT"}  # Meta's


def clients(settings: Settings) -> list[Graph]:
    """One for each platform that is served."""
    secret = settings.meta.app_secret.get_secret_value()
    return [
        Graph(
            Access(
                channel=channel,
                account=account.id,
                token=account.token.get_secret_value(),
                server=account.server,
                version=settings.meta.graph_version,
                secret="" if account.server.startswith(WITHOUT_PROOF) else secret,
            )
        )
        for channel, account in settings.meta.accounts.items()
    ]


def address_of(settings: Settings) -> str:
    """Where Meta is to bring events, as its app's page is told."""
    return f"{settings.web.public_url.rstrip('/')}/meta/{settings.meta.app_id}"


def questions(wording: Wording, usual: str) -> dict[str, str]:
    """What somebody new may tap on Instagram, by Meta's locale."""
    asked = {language: wording.say("command_help", language, {}) for language in LOCALES}
    told = {locale: asked[language] for language, locale in LOCALES.items()}
    return {"default": asked[usual], **told}


def webhook(desk: Desk, app: web.Application) -> MetaWebhook:
    """Where Meta brings events; a get of the same address proves that it is ours."""
    chosen = desk.settings.meta
    made = MetaWebhook(
        app_id=chosen.app_id,
        app_secret=chosen.app_secret.get_secret_value(),
        verify_token=chosen.verify_token.get_secret_value(),
        accept=desk.service.accept,
        clock=desk.clock,
    )
    door = web.Application()
    door.router.add_get("", made.verify)
    door.router.add_post("", made.receive)
    app.add_subapp(made.path, door)
    return made


def naming(desk: Desk, graph: Graph) -> Naming:
    return Naming(
        nameless=Nameless(desk.database),
        namer=MetaNamer(graph),
        channel=graph.channel,
        account=graph.account,
    )


def sender(desk: Desk, graph: Graph) -> MetaSender:
    return MetaSender(
        graph=graph,
        links=links(desk.settings, desk.clock),
        hearing=Hearing(desk.database),
        write_blob=desk.blobs.write,
        clock=desk.clock,
        has_human_agent=desk.settings.meta.human_agent,
    )


def fetcher(graph: Graph) -> MetaFetcher:
    return MetaFetcher(graph)
