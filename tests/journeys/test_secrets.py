"""What the program writes holds no token, no password and no key, whatever goes wrong."""

import asyncio
from contextlib import suppress
from io import BytesIO

import aiohttp
import pytest

from desk.settings import Settings
from desk.telegram import webhook_secret
from simulators import faults, graph_api, viber_api
from simulators.people import GIULIA, OLENA, TOM
from simulators.telegram_api import TOKEN, Upload, draw_picture
from tests.journeys.crowd import Office
from tests.journeys.everywhere import MAIL_PASSWORD, VIBER_BOT, World
from tests.journeys.ledger import read_sqlite
from tests.journeys.program import PASSWORD, Program, until

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
    faults.refuse(400, "Bad Request: no"),
)
OF_MAIL = (
    "smtp_temporary",
    "smtp_permanent",
    "smtp_drop_before_data",
    "smtp_drop_after_data",
    "imap_drop",
    "imap_fetch",
)
PAGES = ("/", "/healthz", "/readyz", "/metrics", "/tickets?view=all", "/quarantine", "/nowhere")


class Journey:
    def __init__(self, folder, world):
        self.world, self.program = world, Program(folder, world.settings)
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
        known = (TOKEN, TOKEN.partition(":")[2], viber_api.TOKEN, hook, MAIL_PASSWORD, PASSWORD)
        of_meta = (graph_api.APP_SECRET, graph_api.VERIFY_TOKEN)
        tokens = (graph_api.PAGE_TOKEN, graph_api.INSTAGRAM_TOKEN)
        return {*known, *of_meta, *tokens, key.decode("latin-1"), key.hex()}

    async def everybody_writes(self, number):
        """Words and a picture, on every channel."""
        world, words = self.world, f"The printer on floor {number} does not print, E{number}"
        for person in (OLENA, TOM, GIULIA):
            world.telegram.write(person, words)
            world.viber.write(person, words)
            world.viber.send_file(person, PICTURE)
            world.mail.write(person.email, "Help", words)
            for phones in (world.graph.messenger, world.graph.instagram):
                phones.write(person, words)
                phones.send_files(person, [PICTURE])
        world.telegram.send_photo(OLENA, draw_picture(), caption=words)

    async def go_wrong(self):
        """Every call of every API, whatever it asks for, ends in every way there is."""
        rules = [
            api.faults.inject(mishap, on=lambda _: True)
            for api in (self.world.telegram, self.world.viber, self.world.graph)
            for mishap in MISHAPS
        ]
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
        for api, own in ((world.telegram, 401), (world.viber, 2), (world.graph, 190)):
            for code in (own, 401):
                api.faults.inject(faults.refuse(code, "refused"), on=lambda _: True, times=20)
        for name in ("smtp_login", "imap_login"):
            self.world.mail.faults.inject(name)
        await self.everybody_writes(99)
        for arguments in (("doctor",), ("viber", "webhook"), ("meta", "webhook")):
            self.read.append((await self.program.try_to(*arguments))[1])
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


@pytest.mark.journey
@pytest.mark.usefixtures("folder")
async def test_no_secret_is_written_while_everything_goes_wrong(tmp_path):
    async with World() as world:
        journey = Journey(tmp_path, world)
        try:
            await journey.start()
            async with journey.office:
                await journey.office.sign_in()
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
    assert "/sent/" not in log  # whoever has such a link has the file
    assert "/form/" not in log
