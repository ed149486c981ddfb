"""Which accounts the settings serve. Whatever waits for another one is nobody's to send."""

from desk.settings import Settings
from intake.companion.showings import CHANNEL


def served_accounts(settings: Settings, mail_account: str) -> frozenset[tuple[str, str]]:
    """Channel and account of each; `mail_account` is "" where it is not known yet."""
    telegram, viber, meta = settings.telegram, settings.viber, settings.meta
    served = {(channel, account.id) for channel, account in meta.accounts.items()}
    if telegram.is_on:
        served.add(("telegram", telegram.account))
    if settings.agents_bot.is_on:
        served.add((CHANNEL, settings.agents_bot.account))
    if viber.is_on:
        served.add(("viber", viber.uri))
    if settings.email.is_on:
        served.add(("email", mail_account))
    return frozenset(served)
