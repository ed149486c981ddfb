"""An agent's eyes: signs in over HTTP and reads what the pages say."""

import re
from html import unescape

import aiohttp

from tests.journeys.program import PASSWORD

ROW = re.compile(r'id="t(\d+)".*?<span class="subject">(.*?)</span>', re.DOTALL)
HELD = re.compile(r'<li id="q\d+">.*?</li>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


class Inbox:
    def __init__(self, url):
        self._url = url
        jar = aiohttp.CookieJar(unsafe=True)
        timeout = aiohttp.ClientTimeout(total=10)
        self.http = aiohttp.ClientSession(url, cookie_jar=jar, timeout=timeout)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await self.http.close()

    async def sign_in(self, login="marek", password=PASSWORD):
        """Gives the status: 303 for whoever may come in."""
        form = {"login": login, "password": password}
        async with self.http.post("/login", data=form, allow_redirects=False) as answer:
            return answer.status

    async def page(self, path):
        async with self.http.get(path) as answer:
            assert answer.status == 200, f"{path} answers {answer.status}"
            return await answer.text()

    async def tickets(self):
        """Subjects by number, newest first."""
        found = ROW.findall(await self.page("/tickets?view=all"))
        return {int(number): unescape(subject) for number, subject in found}

    async def number_of(self, words):
        """The ticket with these words in its subject, or None."""
        return next((n for n, subject in (await self.tickets()).items() if words in subject), None)

    async def timeline(self, number):
        page = await self.page(f"/tickets/{number}")
        return words_of(page.partition('data-region="timeline"')[2].partition("</ol>")[0])

    async def quarantined(self):
        return [words_of(held) for held in HELD.findall(await self.page("/quarantine"))]


def words_of(html):
    return " ".join(unescape(TAG.sub(" ", html)).split())
