"""The parts of the core that do something, put together: receiving, ringing, what agents ask.

What they lean on (rows, words, settings) is brought by `wiring`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bots.portal.translate import FormTranslator
from bots.telegram.translate import translate as translate_telegram
from desk.limits import DECIDING_WITHIN, READING_WITHIN, CpuLimit
from desk.linking import approving, joining
from desk.mail import translator
from desk.partner import PartnerProcess, has_core
from desk.settings import Settings
from intake.dialogue import Dialogue
from intake.flow.deciding import Deciding
from intake.flow.effects import Effects
from intake.flow.inward import Inward
from intake.flow.ringing import Ringing
from intake.forms import Forms
from intake.linking.joining import Joining
from intake.linking.wishes import Linking
from intake.ports import Bell, Blobs, Clock, Journal, Store, Translate
from intake.service import Service
from intake.sessions import Agents
from intake.speech import Traits
from intake.splitting import Splitting
from intake.terms import Reaching
from intake.understanding import Reader
from intake.wording import Wording

TRAITS: Mapping[str, Traits] = {
    "telegram": Traits(edits_cards=True, is_threaded=False),
    "viber": Traits(edits_cards=False, is_threaded=False),
    "messenger": Traits(edits_cards=False, is_threaded=False),
    "instagram": Traits(edits_cards=False, is_threaded=False),
    "email": Traits(edits_cards=False, is_threaded=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """What several parts are made of, and what they make of it."""

    settings: Settings
    mail_account: str  # "" without a mailbox
    store: Store
    clock: Clock
    forms: Forms
    wording: Wording
    reader: Reader

    def service(self, journal: Journal, agents: Agents, bell: Bell, reaching: Reaching) -> Service:
        return Service(
            journal=journal,
            store=self.store,
            agents=agents,
            forms=self.forms,
            wording=self.wording,
            traits=TRAITS,
            reaching=reaching,
            patience=self.settings.desk.patience,
            splitting=self._splitting(),
            approving=approving(self.settings, self.forms, self.clock),
            clock=self.clock,
            bell=bell,
            bot_name=self.settings.desk.name,
        )

    def ringing(self) -> Ringing:
        return Ringing(
            store=self.store,
            forms=self.forms,
            wording=self.wording,
            traits=TRAITS,
            patience=self.settings.desk.patience,
            approving=approving(self.settings, self.forms, self.clock),
            clock=self.clock,
            bot_name=self.settings.desk.name,
        )

    def joining(self) -> Joining:
        releasing = approving(self.settings, self.forms, self.clock)
        return joining(self.settings, self.mail_account, self.wording, releasing)

    def inward(self, blobs: Blobs, joins: Joining) -> Inward:
        desk = self.settings.desk
        linking = Linking(secrets=joins.secrets, sends_codes=self.settings.email.is_on)
        dialogue = Dialogue(self.forms, self.reader, self._traits(), linking, desk.unknown_people)
        has_partner = desk.partner and has_core()
        return Inward(
            store=self.store,
            translators=self._translators(blobs),
            deciding=Deciding(
                dialogue=dialogue,
                limit=CpuLimit(DECIDING_WITHIN),
                partner=PartnerProcess(dialogue, self.reader) if has_partner else None,
            ),
            effects=Effects(self.forms, self.wording, TRAITS, desk.patience, desk.name),
            joining=joins,
            clock=self.clock,
            zone=desk.hours.zone,
            reading_limit=CpuLimit(READING_WITHIN),
        )

    def _traits(self) -> Mapping[str, Traits]:
        most = self.settings.email.first_cards_an_hour
        return {**TRAITS, "email": replace(TRAITS["email"], most_first_cards=most)}

    def _splitting(self) -> Splitting:
        return Splitting(
            forms=self.forms,
            reader=self.reader,
            wording=self.wording,
            patience=self.settings.desk.patience,
            clock=self.clock,
            bot_name=self.settings.desk.name,
        )

    def _translators(self, blobs: Blobs) -> dict[str, Translate]:
        settings = self.settings
        translators: dict[str, Translate] = {
            "telegram": translate_telegram,
            "portal": FormTranslator(labels=self.forms.catalogue),
        }
        if settings.viber.is_on:
            from bots.viber.translate import translate as translate_viber

            translators["viber"] = translate_viber
        if settings.meta.is_on:
            translators |= dict.fromkeys(("messenger", "instagram"), _meta_translator(settings))
        if settings.email.is_on:
            translators["email"] = translator(settings, self.mail_account, blobs.read)
        return translators


def _meta_translator(settings: Settings) -> Translate:
    from bots.meta.translate import MetaTranslator

    accounts = frozenset(account.id for account in settings.meta.accounts.values())
    return MetaTranslator(
        accounts=accounts, app_id=settings.meta.app_id, language=settings.desk.language
    )
