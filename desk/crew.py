"""What the agents' bot and the agents' pages share, without the bot's library."""

from desk.wiring import Desk
from intake.companion.accounts import Accounts
from intake.companion.cards import Cards
from intake.companion.speaker import Speaker
from intake.forms import Promise


def accounts_of(desk: Desk) -> Accounts:
    return Accounts(
        store=desk.store,
        speaker=speaker_of(desk),
        clock=desk.clock,
        bot_name=desk.settings.agents_bot.name,
    )


def speaker_of(desk: Desk) -> Speaker:
    return Speaker(
        wording=desk.wording,
        account=desk.settings.agents_bot.account,
        desk_name=desk.settings.desk.name,
        language=desk.settings.desk.language,
    )


def cards_of(desk: Desk) -> Cards:
    chosen = desk.settings.desk
    return Cards(
        catalogue=desk.catalogue,
        wording=desk.wording,
        promise=Promise(within=chosen.answers_within, hours=chosen.hours),
        inbox=desk.settings.web.public_url,
    )
