"""Who acts in a browser: an employee with the phone of the page `/demo`, an agent in the inbox."""

import re

from playwright.async_api import expect

expect.set_options(timeout=30_000)  # milliseconds: mail goes its way on a busy machine too
COMPOSER = "[data-composer] textarea"


class Phone:
    """One person's phone on the page `/demo`, with the messenger that is taken."""

    def __init__(self, page, person):
        self.page = page
        self.person = person
        self.bubbles = page.locator("#phone .chat .said")
        self.answers = page.locator("#phone .chat .said:not(.is-own)")

    async def take(self):
        await self.page.click(f"[data-person='{self.person.id}']")
        await expect(self.page.locator("#phone .chat:not([aria-busy])")).to_be_visible()
        return self

    async def write(self, text):
        await self.page.fill("#phone .compose textarea", text)
        await self.page.press("#phone .compose textarea", "Enter")
        await expect(self.page.locator("#phone .chat .said.is-own").last).to_contain_text(text)

    async def card(self, title=""):
        """The newest card, of any category unless one is named, once it has come."""
        wanted = f"#\\d+ · {title}" if title else r"#\d+"
        card = self.answers.filter(has_text=re.compile(wanted)).last
        await expect(card).to_be_visible()
        number = re.search(r"#(\d+)", await card.inner_text()).group(1)
        key = await card.get_attribute("data-message")
        return self.page.locator(f".said[data-message='{key}']"), number


class Desk:
    """Marek's inbox."""

    def __init__(self, page):
        self.page = page

    async def sign_in(self, password):
        await self.page.fill("#login", "marek")
        await self.page.fill("#password", password)
        await self.page.click("button.main")
        await expect(self.page.locator(".me summary")).to_contain_text("Marek Novák")
        return self

    async def open(self, number):
        await self.page.goto("/tickets?view=open")
        await self.page.click(f"#t{number} a")
        await expect(self.page.locator("h1")).to_contain_text(f"#{number}")

    async def reply(self, text):
        await self.page.fill(COMPOSER, text)
        await self.page.press(COMPOSER, "Control+Enter")
        return self.page.locator(".entry.agent").filter(has_text=text)
