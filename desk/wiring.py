"""Puts the parts together by their constructors. What runs of it is left to `roles`."""

import hmac
from dataclasses import dataclass
from datetime import timedelta

from bots.portal.checking import Checking
from bots.portal.drawing import PortalDrawing
from bots.portal.links import FormLinks
from bots.portal.receive import PortalServices
from desk.core import Core
from desk.mail import mail_account
from desk.places import open_database
from desk.rates import LARGEST_FILES_MB, PACES
from desk.reaching import reaching_of
from desk.runtime import SystemClock
from desk.settings import Settings
from desk.ways import ways_of
from intake.catalogue import Catalogue
from intake.flow.fetching import Fetching
from intake.flow.inward import Inward
from intake.flow.outward import Outward
from intake.flow.ringing import Ringing
from intake.forms import Forms, Promise
from intake.linking.service import Links
from intake.people import LANGUAGES
from intake.ports import Clock, Fetcher, Sender
from intake.service import Service
from intake.terms import Reaching
from intake.understanding import Reader
from intake.wording import Wording
from store.agents import Agents
from store.blobs import Blobs
from store.database import Database
from store.files import Files
from store.journal import Journal
from store.leases import Leases
from store.listing import Listing
from store.migrating import migrate
from store.outbox import Outbox
from store.search import Search
from store.sweeping import Sweeping
from store.work import Store

FORM_PATH = "/form"
COMMANDS = ("status", "link", "help")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that a process may run, whatever its role."""

    settings: Settings
    mail_account: str  # "" without a mailbox
    clock: Clock
    database: Database
    blobs: Blobs
    wording: Wording
    catalogue: Catalogue
    journal: Journal
    store: Store
    outbox: Outbox
    files: Files
    leases: Leases
    listing: Listing
    search: Search
    agents: Agents
    service: Service
    inward: Inward
    links: Links
    ringing: Ringing
    forms: Forms
    reader: Reader
    reaching: Reaching

    async def close(self) -> None:
        await self.inward.deciding.close()
        await self.database.close()

    def sweeping(self) -> Sweeping:
        return Sweeping(
            database=self.database,
            blobs=self.blobs,
            clock=self.clock,
            kept_within=timedelta(days=self.settings.desk.keeps_raw_days),
        )

    def outward(self, channel: str, account: str, sender: Sender) -> Outward:
        return Outward(
            outbox=self.outbox,
            sender=sender,
            channel=channel,
            account=account,
            pace=PACES[channel](),
            clock=self.clock,
        )

    def fetching(self, channel: str, account: str, fetcher: Fetcher) -> Fetching:
        return Fetching(
            files=self.files,
            fetcher=fetcher,
            blobs=self.blobs,
            store=self.store,
            wording=self.wording,
            clock=self.clock,
            channel=channel,
            account=account,
            limit_mb=LARGEST_FILES_MB[channel],
            bot_name=self.settings.desk.name,
        )

    def portal(self) -> PortalServices:
        """What the form pages need; without a public address no card has a link to one."""
        chosen, telegram = self.settings, self.settings.telegram
        links = form_links(chosen)
        return PortalServices(
            links=links,
            forms=self.forms,
            checking=Checking(self.reader),
            drawing=PortalDrawing(self.catalogue, chosen.desk.name),
            listing=self.listing,
            files=self.files,
            blobs=self.blobs,
            accept=self.service.accept,
            linking=self.links,
            clock=self.clock,
            language=chosen.desk.language,
            is_secure=chosen.web.is_secure,
            bot_token=telegram.token.get_secret_value() if links.has_apps else "",
            bot_account=telegram.account,
        )

    def commands(self) -> dict[str, dict[str, str]]:
        """The bot's menu per language; "" is for every other one."""
        menus = {
            language: {
                name: self.wording.say(f"command_{name}", language, {}) for name in COMMANDS
            }
            for language in LANGUAGES
        }
        return {"": menus[self.settings.desk.language], **menus}


def load_catalogue(settings: Settings) -> Catalogue:
    """The desk's own catalogue, else the one we ship."""
    own = settings.desk.catalogue
    return Catalogue.load(own) if own else Catalogue.shipped()


def form_links(settings: Settings) -> FormLinks:
    """What proves links to forms; in Telegram they open as a Mini App, which needs https."""
    return FormLinks(
        key=hmac.digest(settings.secret(), b"form links", "sha256"),
        address=f"{settings.web.public_url.rstrip('/')}{FORM_PATH}",
        has_apps=settings.telegram.is_on and settings.web.is_secure,
    )


async def build_desk(settings: Settings, clock: Clock | None = None) -> Desk:
    """Open the database, bring it up to date, and put everything together.

    Raises Invalid for a wrong catalogue, before anything is changed. Another `clock` than the
    system's is for tests that can't wait for days.
    """
    catalogue = load_catalogue(settings)
    database = await open_database(settings)
    try:
        await migrate(database)
        account = await mail_account(settings, database)
        return _assembled(settings, database, account, clock or SystemClock(), catalogue)
    except BaseException:
        await database.close()
        raise


def _assembled(
    settings: Settings, database: Database, mail_account: str, clock: Clock, catalogue: Catalogue
) -> Desk:
    blobs, wording = Blobs(settings.blobs), Wording(settings.desk.hours.zone)
    journal, store, agents = Journal(database), Store(database, clock), Agents(database)
    reaching = reaching_of(settings, mail_account)
    core = Core(
        settings=settings,
        mail_account=mail_account,
        store=store,
        clock=clock,
        forms=_forms(settings, catalogue, wording),
        wording=wording,
        reader=Reader(catalogue, country=settings.desk.home),
    )
    joins = core.joining()
    return Desk(
        settings=settings,
        mail_account=mail_account,
        clock=clock,
        database=database,
        blobs=blobs,
        wording=wording,
        catalogue=catalogue,
        journal=journal,
        store=store,
        outbox=Outbox(database, clock, settings.desk.name),
        files=Files(database),
        leases=Leases(database),
        listing=Listing(database),
        search=Search(database),
        agents=agents,
        service=core.service(journal, agents, database.bell, reaching),
        inward=core.inward(blobs, joins),
        links=Links(store=store, joining=joins, clock=clock),
        ringing=core.ringing(),
        forms=core.forms,
        reader=core.reader,
        reaching=reaching,
    )


def _forms(settings: Settings, catalogue: Catalogue, wording: Wording) -> Forms:
    promise = Promise(within=settings.desk.answers_within, hours=settings.desk.hours)
    links = form_links(settings) if settings.web.public_url else None
    return Forms(catalogue, wording, promise, links, ways_of(settings))
