"""The outside world of a journey, and the settings that point the program at it."""

from contextlib import asynccontextmanager
from dataclasses import dataclass

from simulators.mail_server import MailServer
from simulators.telegram_api import TOKEN, TelegramApi

SUPPORT = "support@firma.example"
MAIL_PASSWORD = "mailbox-password-4711"
PACE = 0.05  # Telegram's pauses between tries, so much shorter


@dataclass
class Outside:
    telegram: TelegramApi
    mail: MailServer

    @property
    def settings(self):
        """The bot by webhook, and the mailbox."""
        return {
            "FIRSTLINE_WEB__PUBLIC_URL": "{url}",
            "FIRSTLINE_TELEGRAM__TOKEN": TOKEN,
            "FIRSTLINE_TELEGRAM__API_URL": self.telegram.url,
            "FIRSTLINE_TELEGRAM__RECEIVES_BY": "webhook",
            "FIRSTLINE_EMAIL__ADDRESS": SUPPORT,
            "FIRSTLINE_EMAIL__IMAP_HOST": self.mail.host,
            "FIRSTLINE_EMAIL__IMAP_PORT": str(self.mail.imap_port),
            "FIRSTLINE_EMAIL__IMAP_TLS": "false",
            "FIRSTLINE_EMAIL__SMTP_HOST": self.mail.host,
            "FIRSTLINE_EMAIL__SMTP_PORT": str(self.mail.smtp_port),
            "FIRSTLINE_EMAIL__SMTP_TLS": "none",
            "FIRSTLINE_EMAIL__PASSWORD": MAIL_PASSWORD,
        }


@asynccontextmanager
async def world():
    mail = MailServer(SUPPORT, password=MAIL_PASSWORD)
    async with TelegramApi(webhook_pace=PACE) as telegram:
        await mail.start()
        try:
            yield Outside(telegram=telegram, mail=mail)
        finally:
            await mail.stop()
