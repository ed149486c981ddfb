"""The agents' bot put together. Only who serves it imports this."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import structlog

from bots.agents.client import AgentsTelegram
from bots.agents.places import Place
from bots.agents.receive import Poller
from bots.agents.send import AgentSender
from bots.agents.translate import translate
from bots.bot_fetch import TelegramFetcher
from desk.crew import cards_of, speaker_of
from desk.rates import PACES
from desk.settings import Settings
from desk.wiring import Desk
from intake.companion.acting import Acting
from intake.companion.bringing import Bringing
from intake.companion.catching_up import CatchingUp
from intake.companion.commanding import MENU, Commanding
from intake.companion.groups import leave_group
from intake.companion.hearing import Hearing
from intake.companion.mornings import Mornings
from intake.companion.picking import Picking
from intake.companion.placing import Groups
from intake.companion.relaying import Relaying
from intake.companion.retelling import Retelling
from intake.companion.showings import CHANNEL
from intake.companion.speaker import Speaker
from intake.companion.tapping import Tapping
from intake.companion.telling import Telling
from intake.flow.fetching import Fetching
from intake.flow.outward import Outward
from intake.people import LANGUAGES
from intake.ports import Fetcher, Sender
from intake.wording import Wording, translations
from store.work import Store

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentsBot:
    telegram: AgentsTelegram
    poller: Poller
    hearing: Hearing
    relaying: Relaying
    outward: Outward
    fetching: Fetching


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlaces:
    """Meets `bots.agents.places.Places`."""

    store: Store
    speaker: Speaker

    @property
    def account(self) -> str:
        return self.speaker.account

    async def of(self, chat: str, number: int) -> Place | None:
        async with self.store.work() as work:
            found = await work.showing_of(self.account, chat, number)
        if found is None:
            return None
        return Place(showing_id=found.id, topic=found.topic, name=found.name)

    async def set_topic(self, showing_id: int, topic: str, name: str) -> None:
        async with self.store.work() as work:
            await work.set_topic(showing_id, topic, name)

    async def lose_topic(self, showing_id: int, delivery_id: int) -> None:
        async with self.store.work() as work:
            await work.lose_topic(showing_id, delivery_id)

    async def lose_card(self, chat: str, card_id: int) -> None:
        async with self.store.work() as work:
            await work.lose_card(self.account, chat, card_id)

    async def move(self, before: str, after: str) -> None:
        async with self.store.work() as work:
            await work.move_chat(self.account, before, after)

    async def is_agents(self, chat: str) -> bool:
        async with self.store.work() as work:
            return await work.agent_chat(self.account, int(chat)) is not None

    async def leave(self, chat: str) -> None:
        async with self.store.work() as work:
            if chat.isdecimal():  # an agent's own
                await work.set_duty(self.account, int(chat), is_on=False)
            else:
                log.warning("group does not let us in", account=self.account, group=chat)
                await leave_group(work, self.speaker, chat)


def client(settings: Settings) -> AgentsTelegram:
    chosen = settings.agents_bot
    return AgentsTelegram(chosen.token.get_secret_value(), chosen.api_url)


def build(desk: Desk) -> AgentsBot:
    telegram = client(desk.settings)
    account = telegram.account
    return AgentsBot(
        telegram=telegram,
        poller=Poller(
            telegram=telegram, journal=desk.journal, clock=desk.clock, commands=_menu(desk)
        ),
        hearing=hearing(desk, TelegramFetcher(telegram)),
        relaying=relaying(desk),
        outward=_outward(desk, telegram),
        fetching=desk.fetching(CHANNEL, account, TelegramFetcher(telegram)),
    )


def _outward(desk: Desk, telegram: AgentsTelegram) -> Outward:
    pace = PACES[CHANNEL]()

    def count(chat: str) -> None:
        pace.note(chat, desk.clock.now())

    def noted(chat: str) -> int:
        """Of groups, which take so many in a minute."""
        return pace.noted(chat, desk.clock.now()) if chat.startswith("-") else 1

    sender: Sender = AgentSender(
        telegram=telegram,
        places=StoredPlaces(store=desk.store, speaker=speaker_of(desk)),
        read_blob=desk.blobs.read,
        count=count,
        noted=noted,
    )
    return replace(desk.outward(CHANNEL, telegram.account, sender), pace=pace)


def hearing(desk: Desk, fetcher: Fetcher) -> Hearing:
    speaker, cards = speaker_of(desk), cards_of(desk)
    picking = Picking(store=desk.store, service=desk.service, speaker=speaker, cards=cards)
    tapping = Tapping(
        store=desk.store,
        service=desk.service,
        listing=desk.listing,
        speaker=speaker,
        picking=picking,
    )
    commanding = Commanding(store=desk.store, listing=desk.listing, speaker=speaker, cards=cards)
    acting = Acting(
        store=desk.store,
        service=desk.service,
        listing=desk.listing,
        speaker=speaker,
        tapping=tapping,
        commanding=commanding,
        bringing=Bringing(fetcher=fetcher, files=desk.files, blobs=desk.blobs),
    )
    return Hearing(
        store=desk.store,
        translate=translate,
        acting=acting,
        speaker=speaker,
        clock=desk.clock,
        account=speaker.account,
        bot_name=desk.settings.agents_bot.name,
    )


def relaying(desk: Desk) -> Relaying:
    telling, speaker, cards = Telling(wording=desk.wording), speaker_of(desk), cards_of(desk)
    hours, account = desk.settings.desk.hours, desk.settings.agents_bot.account
    return Relaying(
        store=desk.store,
        catching_up=CatchingUp(
            cards=cards,
            telling=telling,
            retelling=Retelling(telling=telling, speaker=speaker),
            speaker=speaker,
            hours=hours,
        ),
        mornings=Mornings(cards=cards, speaker=speaker, hours=hours, account=account),
        groups=Groups(by_queue=desk.settings.agents_bot.by_queue),
        clock=desk.clock,
        account=account,
    )


def _menu(desk: Desk) -> Mapping[str, Mapping[str, str]]:
    """Per language what each command is for; "" is for every other one.

    Most languages are nobody's here: their catalogs, a megabyte each, are let go of again.
    """
    wording = Wording(desk.settings.desk.hours.zone)
    menus = {
        language: {name: words[name] for name in MENU}
        for language in LANGUAGES
        if (words := wording.parts_for_agents("menu", language, {}))
    }
    translations.cache_clear()
    return {"": menus[desk.settings.desk.language], **menus}
