"""What the program writes holds no token, no password and no key, whatever goes wrong."""

import asyncio
import base64
import re
from contextlib import suppress
from io import BytesIO
from urllib.parse import quote

import aiohttp
import pytest

from desk.settings import Settings
from desk.telegram import webhook_secret
from simulators import faults, graph_api
from simulators.people import GIULIA, OLENA, TOM
from simulators.telegram_api import AGENTS_TOKEN, TOKEN, TelegramApi, Upload, draw_picture
from tests.journeys.crowd import Office
from tests.journeys.everywhere import VIBER_BOT, World
from tests.journeys.ledger import read_sqlite
from tests.journeys.program import PASSWORD, Program, until
from tests.tools.slapd import Slapd

PICTURE = Upload(content=draw_picture(), name="screen.png", mime_type="image/png")
WITHIN = 120.0
MISHAPS = (
    faults.too_many_requests(1),
    faults.forbidden(),
    faults.server_error(),
    faults.bad_gateway(),
    faults.page(),
    faults.hang_up(),
    faults.truncate(),
    faults.barred(),
    faults.delay(0.1),
    faults.refuse(400, "Bad Request: no"),
)
REFUSALS = {  # in the platforms' own words, that rest no account
    "telegram": (400, 404, 409, 413),
    "viber": (1, 3, 4, 5, 6, 8, 11, 12, 13),
    "graph": (1, 4, 100, 551, 613),
}
OF_MAIL = (
    "smtp_temporary",
    "smtp_permanent",
    "bounce",
    "smtp_drop_before_data",
    "smtp_drop_after_data",
    "imap_drop",
    "imap_fetch",
)
LDAP_PASSWORD = "a-directory-opens-with-another"
NOBODY = """\
dn: dc=firma,dc=example
objectClass: dcObject
objectClass: organization
dc: firma
o: Firma

"""
PEOPLE = (OLENA, TOM, GIULIA)
CODE, LINK = re.compile(r"\b\d{4} \d{4}\b"), re.compile(r"(?:/form/|start=|context=|ref=)(\S+)")
COMMANDS = (("doctor",), ("viber", "webhook"), ("meta", "webhook"), ("people", "ldap"))
PAGES = ("/", "/healthz", "/readyz", "/metrics", "/tickets?view=all", "/quarantine", "/nowhere")


class Journey:
    def __init__(self, folder, world, agents, slapd):
        self.agents, self.slapd = agents, slapd  # the agents' own bot, and the directory
        of_ldap = {
            "FIRSTLINE_LDAP__URL": slapd.ldaps,
            "FIRSTLINE_LDAP__CA_FILE": str(slapd.ca),
            "FIRSTLINE_LDAP__BIND_DN": slapd.reader,
            "FIRSTLINE_LDAP__PASSWORD": LDAP_PASSWORD,
            "FIRSTLINE_LDAP__BASE": slapd.base,
            "FIRSTLINE_TELEGRAM__NAME": "servicedesk_bot",
            "FIRSTLINE_AGENTS_BOT__TOKEN": AGENTS_TOKEN,
            "FIRSTLINE_AGENTS_BOT__NAME": "agents_bot",
            "FIRSTLINE_AGENTS_BOT__API_URL": agents.url,
        }
        self.world, self.program = world, Program(folder, world.settings | of_ldap)
        self.office = Office(self.program.url)
        self.settings = Settings(folder=folder / "var")
        self.path = folder / "var" / "firstline.db"
        self.read = []  # pages and what commands said

    async def start(self):
        await self.program.start()
        await self.program.call("agent", "add", "marek", "--name", "Marek", says=f"{PASSWORD}\n")
        await self.world.subscribe(self.program.url)
        await until(lambda: self.rows("SELECT 1 FROM cursor WHERE name LIKE 'email:%'"))

    def rows(self, sql):
        return read_sqlite(self.path, sql)

    @property
    def secrets(self):
        key = (self.path.parent / "secret.key").read_bytes().strip()
        hook = webhook_secret(self.settings)
        bot = {AGENTS_TOKEN, AGENTS_TOKEN.partition(":")[2]}
        own = {hook, PASSWORD, LDAP_PASSWORD, key.decode("latin-1")}
        plain = self.world.secrets | bot | own
        return (
            plain
            | {key.hex()}
            | set(self.office.cookies)
            | {spelt for secret in plain for spelt in spellings(self.world.mail.support, secret)}
        )

    @property
    def told(self):
        """What only its reader may know: codes, and links that open something."""
        texts = [mail.text for one in PEOPLE for mail in self.world.mail.mails(one.email)]
        links = [found for text in texts for found in LINK.findall(text)]
        codes = [found for text in texts for found in CODE.findall(text)]
        return {*links, *codes, *(code.replace(" ", "") for code in codes)}

    async def everybody_writes(self, number):
        """Words and a picture, on every channel."""
        world, words = self.world, f"The printer on floor {number} does not print, E{number}"
        for person in PEOPLE:
            world.telegram.write(person, words)
            world.viber.write(person, words)
            world.viber.send_file(person, PICTURE)
            world.mail.write(person.email, "Help", words)
            for phones in (world.graph.messenger, world.graph.instagram):
                phones.write(person, words)
                phones.send_files(person, [PICTURE])
        world.telegram.send_photo(OLENA, draw_picture(), caption=words)

    async def be_told(self):
        """All goes well at first: a card with its links by mail, and a code for a chat."""
        for person in PEOPLE:
            self.world.mail.write(person.email, "Help", "The projector shows no picture.")
            await until(lambda: self.world.mail.mails(person.email), 30.0)  # noqa: B023
            self.world.viber.write(person, f"link {person.email}")
            await until(lambda: len(self.world.mail.mails(person.email)) > 1, 30.0)  # noqa: B023

    async def go_wrong(self):
        """Every call of every API, whatever it asks for, ends in every way there is."""
        rules = [
            api.faults.inject(mishap, on=lambda _: True)
            for api in (self.world.telegram, self.world.viber, self.world.graph)
            for mishap in MISHAPS
        ]
        for mishap in MISHAPS:  # it only asks for news here, and pauses longer after each
            self.agents.faults.inject(mishap, on=lambda _: True)
        apis = {
            "telegram": self.world.telegram,
            "viber": self.world.viber,
            "graph": self.world.graph,
        }
        for name, codes in REFUSALS.items():
            for code in codes:
                apis[name].faults.inject(faults.refuse(code, "no"), on=lambda _: True)
        for name in OF_MAIL:
            self.world.mail.faults.inject(name, times=1)
        number = 0
        async with asyncio.timeout(WITHIN):
            while any(rule.times for rule in rules):
                number += 1
                await self.everybody_writes(number)
                with suppress(TimeoutError):
                    await until(lambda: not any(rule.times for rule in rules), 3.0)

    async def be_refused(self):
        """No token and no password is good any more."""
        world = self.world
        own_codes = (
            (world.telegram, 401),
            (self.agents, 401),
            (world.viber, 2),
            (world.graph, 190),
        )
        for api, own in own_codes:
            for code in (own, 401):
                api.faults.inject(faults.refuse(code, "refused"), on=lambda _: True, times=20)
        for name in ("smtp_login", "imap_login"):
            self.world.mail.faults.inject(name)
        await self.everybody_writes(99)
        for arguments in COMMANDS:
            self.read.append((await self.program.try_to(*arguments))[1])
        self.slapd.stop()
        self.read.append((await self.program.try_to("people", "ldap"))[1])
        await until(lambda: "account refused" in self.program.log())

    async def be_deceived(self):
        """Strangers push what nobody has signed, or what is nothing at all."""
        url = self.program.url
        hooks = (
            f"/telegram/{TOKEN.partition(':')[0]}",
            f"/viber/{VIBER_BOT}",
            f"/meta/{graph_api.APP_ID}",
        )
        wrong = {"hub.mode": "subscribe", "hub.verify_token": "guessed", "hub.challenge": "1"}
        async with aiohttp.ClientSession() as session:
            for hook in hooks:
                for body in (b"{}", b"\xff", b"x" * (2 << 20)):
                    async with session.post(url + hook, data=BytesIO(body)) as answer:
                        self.read.append(await answer.text())
                async with session.get(url + hook, params=wrong) as answer:
                    self.read.append(await answer.text())

    async def look_around(self):
        """Every page, with all that stands on the tickets and in quarantine."""
        tickets = [f"/tickets/{row['id']}" for row in self.rows("SELECT id FROM ticket")]
        for path in (*PAGES, *tickets):
            self.read.append(await self.office.look(path))


def spellings(user, secret):
    """As it may stand in an address, or in what a login sends."""
    plain = f"\0{user}\0{secret}".encode()
    yield quote(secret, safe="")
    for sent in (secret.encode(), plain, f"{user}:{secret}".encode()):
        yield base64.b64encode(sent).decode()


@pytest.fixture
def slapd():
    server = Slapd(host="localhost")
    try:
        server.start(NOBODY)
        yield server
    finally:
        server.stop()


@pytest.mark.journey
@pytest.mark.usefixtures("folder")
async def test_no_secret_is_written_while_everything_goes_wrong(tmp_path, slapd):
    async with World() as world, TelegramApi(token=AGENTS_TOKEN) as agents:
        journey = Journey(tmp_path, world, agents, slapd)
        try:
            await journey.start()
            async with journey.office:
                await journey.office.sign_in()
                await journey.be_told()
                await journey.go_wrong()
                await journey.be_deceived()
                await journey.be_refused()
                await journey.look_around()
            await journey.program.stop()
        finally:
            await journey.program.kill()
    log = journey.program.log()
    for event in ("webhook refused", "send put off", "file not fetched", "account refused"):
        assert event in log
    written = "\n".join([log, *journey.read])
    for shown in ("does not print", "firstline_page_seconds", "Messenger:"):
        assert shown in written  # the pages, the counts, and what the doctor found
    assert not [secret for secret in journey.secrets if secret in written]
    assert len(journey.told) > 9
    assert not [told for told in journey.told if told in written]
    assert "/sent/" not in log  # whoever has such a link has the file
    assert "/form/" not in log
