"""The terms of all channels that the settings name, put together."""

from collections.abc import Mapping

from bots.email import terms as mail
from bots.meta import terms as meta
from bots.telegram import terms as telegram
from bots.viber import terms as viber
from desk.accounts import served_accounts
from desk.settings import Settings
from intake.terms import Reaching, Terms


def reaching_of(settings: Settings, mail_account: str) -> Reaching:
    served = served_accounts(settings, mail_account)
    return Reaching(terms=_terms(settings), is_served=served.__contains__)


def _terms(settings: Settings) -> Mapping[str, Terms]:
    return {
        "telegram": telegram.terms(),
        "viber": viber.terms(sends_paid=settings.viber.sends_paid),
        **{
            channel: meta.terms(channel, has_human_agent=settings.meta.human_agent)
            for channel in meta.LENGTHS
        },
        "email": mail.terms(),
    }
