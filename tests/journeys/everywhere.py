"""All five channels around one program: what is simulated, and how the program is told of it."""

from contextlib import AsyncExitStack

from simulators import graph_api, viber_api
from simulators.faults import Rule, silence
from simulators.graph_api import GraphApi
from simulators.graph_api.server import SEND, proof_of
from simulators.mail_server import MailServer
from simulators.telegram_api import TOKEN, TelegramApi
from simulators.viber_api import ViberApi

PACE = 0.05  # of what platforms bring again
MAIL_PASSWORD = "a-mailbox-opens-with-this"
VIBER_BOT = "servicedesk"
AT_MOST = 4  # sends on each channel that nobody is told of


class World:
    """Use as an async context manager."""

    def __init__(self):
        self.telegram, self.viber = TelegramApi(), ViberApi(pace=PACE)
        self.graph, self.mail = GraphApi(pace=PACE), MailServer(password=MAIL_PASSWORD)
        self._open = AsyncExitStack()

    async def __aenter__(self):
        await self.mail.start()
        self._open.push_async_callback(self.mail.stop)
        for api in (self.telegram, self.viber, self.graph):
            await self._open.enter_async_context(api)
        return self

    async def __aexit__(self, *error):
        await self._open.aclose()

    @property
    def settings(self):
        """For a program's environment."""
        mail = self.mail
        return {
            "FIRSTLINE_WEB__PUBLIC_URL": "{url}",
            "FIRSTLINE_TELEGRAM__TOKEN": TOKEN,
            "FIRSTLINE_TELEGRAM__API_URL": self.telegram.url,
            "FIRSTLINE_VIBER__TOKEN": viber_api.TOKEN,
            "FIRSTLINE_VIBER__URI": VIBER_BOT,
            "FIRSTLINE_VIBER__API_URL": self.viber.url,
            "FIRSTLINE_META__APP_ID": graph_api.APP_ID,
            "FIRSTLINE_META__APP_SECRET": graph_api.APP_SECRET,
            "FIRSTLINE_META__VERIFY_TOKEN": graph_api.VERIFY_TOKEN,
            "FIRSTLINE_META__PAGE_ID": graph_api.PAGE_ID,
            "FIRSTLINE_META__PAGE_TOKEN": graph_api.PAGE_TOKEN,
            "FIRSTLINE_META__INSTAGRAM_ID": graph_api.INSTAGRAM_ID,
            "FIRSTLINE_META__INSTAGRAM_TOKEN": graph_api.INSTAGRAM_TOKEN,
            "FIRSTLINE_META__API_URL": self.graph.url,
            "FIRSTLINE_META__INSTAGRAM_API_URL": self.graph.url,
            "FIRSTLINE_EMAIL__ADDRESS": mail.support,
            "FIRSTLINE_EMAIL__IMAP_HOST": mail.host,
            "FIRSTLINE_EMAIL__IMAP_PORT": str(mail.imap_port),
            "FIRSTLINE_EMAIL__IMAP_TLS": "false",
            "FIRSTLINE_EMAIL__SMTP_HOST": mail.host,
            "FIRSTLINE_EMAIL__SMTP_PORT": str(mail.smtp_port),
            "FIRSTLINE_EMAIL__SMTP_TLS": "none",
            "FIRSTLINE_EMAIL__PASSWORD": mail.password,
        }

    @property
    def secrets(self):
        """What opens an account of the program's."""
        of_meta = (graph_api.APP_SECRET, graph_api.VERIFY_TOKEN)
        tokens = (graph_api.PAGE_TOKEN, graph_api.INSTAGRAM_TOKEN)
        proofs = map(proof_of, tokens)
        secret = TOKEN.partition(":")[2]
        return {TOKEN, secret, viber_api.TOKEN, MAIL_PASSWORD, *of_meta, *tokens, *proofs}

    @property
    def sends(self):
        """What each API calls the sending of a message, with its faults."""
        return (
            (self.telegram.faults, "sendMessage"),
            (self.viber.faults, "send_message"),
            (self.graph.faults, SEND),
        )

    async def subscribe(self, url):
        """Tell the platforms that push where the program is."""
        self.viber.callbacks.open(f"{url}/viber/{VIBER_BOT}")
        hook = f"{url}/meta/{graph_api.APP_ID}"
        assert await self.graph.webhook.subscribe(hook, graph_api.VERIFY_TOKEN)

    def fall_silent(self):
        """The next messages arrive, and nobody is told."""
        return Silence(self.sends)

    @property
    def is_told(self):
        """Whether all that happened in chats has been taken."""
        return not (
            self.telegram.unconfirmed
            or self.viber.callbacks.unconfirmed
            or self.graph.webhook.unconfirmed
        )


class Silence:
    """Of the next few sends on each channel."""

    def __init__(self, sends):
        self._rules = []
        for faults, method in sends:
            rule = Rule(fault=silence(), matches=method.__eq__, times=AT_MOST)
            faults.rules.insert(0, rule)
            self._rules.append((faults.rules, rule))

    @property
    def has_struck(self):
        return any(rule.times < AT_MOST for _, rule in self._rules)

    def end(self):
        for rules, rule in self._rules:
            rules[:] = [one for one in rules if one is not rule]
