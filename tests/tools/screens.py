"""Takes the pictures of docs/screens from a running demo: `make screens`.

A conversation is played first, so that the pictures tell the main job: Olena writes, answers the
card, Marek replies. Giulia is linked with her mailbox, to be answered in two ways.
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screens"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
TALL = (390, 1280)  # a whole card
SCHEMES = ("light", "dark")
FIRST_WORDS = {  # a first message in each language, by somebody who has not written yet
    "uk": ("Olena", "Excel не відкривається, терміново"),
    "en": ("Tom", "VPN won't connect from home, it says error 809"),
    "it": ("Giulia", "Non riesco ad aprire Excel"),
    "sk": ("Tom", "Tlačiareň v účtárni krčí papier"),
    "el": ("Giulia", "Ο εκτυπωτής στο λογιστήριο μασάει το χαρτί"),
}
ROUNDS = (("uk", "en", "it"), ("sk", "el"))  # a demo each: who has a card out is not asked again
GIULIA = "giulia.rossi@example.com"
MONITOR = "Il monitor della stanza 214 lampeggia"
CODE = re.compile(r"\b\d{4} \d{4}\b")
SAID = re.compile(r"(?P<base>http://[\d.:]+)/demo.*password:\s+(?P<password>\S+)\n", re.DOTALL)
NUMBER = re.compile(r"\d+")
CHROMIUM = {"executable_path": "/usr/bin/chromium-headless-shell", "args": ["--no-sandbox"]}


async def main(port: int) -> None:
    async with demo_at(port) as (browser, base, password):
        number = await play(browser, base, password)
        linked = await link_mailbox(browser, base, password)
        for scheme in SCHEMES:
            for size in SIZES:
                await take(browser, (base, password, number), scheme, size)
                await take_person(browser, (base, password, linked), scheme, size)
    for languages in ROUNDS:
        async with demo_at(port) as (browser, base, _):
            for language in languages:
                await take_card(browser, base, language)


@asynccontextmanager
async def demo_at(port: int) -> AsyncIterator[tuple[Browser, str, str]]:
    """A fresh demo with a browser; its address and its password."""
    demo = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "desk", "demo", "--port", str(port), stdout=asyncio.subprocess.PIPE
    )
    try:
        base, password = await hello(demo)
        async with async_playwright() as player:
            browser = await player.chromium.launch(**CHROMIUM)
            yield browser, base, password
            await browser.close()
    finally:
        demo.terminate()
        await demo.wait()


async def hello(demo) -> tuple[str, str]:
    """The address and the password that the demo prints."""
    said = ""
    while not (found := SAID.search(said)):
        said += (await demo.stdout.readline()).decode()
    return found["base"], found["password"]


async def play(browser: Browser, base: str, password: str) -> str:
    """The main job, played by hand; returns the ticket's number."""
    page = await new_page(browser, "light", "desktop")
    await page.goto(f"{base}/demo/?lang=en")
    await settled(page)
    await write(page, "принтер на 3 поверсі не друкує, E5")
    await settled(page)
    await write(page, "1. INV-20418 2. з ранку")
    await settled(page)
    await sign_in(page, base, password)
    await page.goto(f"{base}/tickets?view=all")
    link = page.get_by_role("link", name=re.compile("принтер на 3 поверсі")).first
    address = await link.get_attribute("href")
    await page.goto(base + address)
    await page.locator("textarea").first.fill("Доброго дня, Олено! Вже йду до вас.")
    await page.keyboard.press("Control+Enter")
    await settled(page)
    await page.context.close()
    return address


async def link_mailbox(browser: Browser, base: str, password: str) -> str:
    """Giulia has written a mail, and types in Viber what came there; returns that ticket's."""
    mails = f"{base}/demo/mail/mailboxes/{GIULIA}"
    page = await new_page(browser, "light", "desktop")
    await page.request.post(f"{mails}/write", data={"subject": MONITOR, "text": f"{MONITOR}."})
    await page.goto(f"{base}/demo/?lang=en")
    await settled(page)
    await page.locator(".person", has_text="Giulia").click()
    await settled(page)
    await page.click("[data-messenger=viber]")
    await settled(page)
    if await page.locator("#phone button.start").is_visible():
        await page.locator("#phone button.start").click()
        await settled(page)
    await write(page, f"link {GIULIA}")
    await settled(page)
    told = (await (await page.request.get(f"{mails}/mails")).json())["mails"]
    code = next(found for mail in reversed(told) if (found := CODE.search(mail["text"])))
    await write(page, code[0])
    await settled(page)
    await sign_in(page, base, password)
    await page.goto(f"{base}/tickets?view=all")
    address = await page.get_by_role("link", name=MONITOR).first.get_attribute("href")
    await page.context.close()
    return address


async def take(browser: Browser, where: tuple[str, str, str], scheme: str, size: str) -> None:
    base, password, ticket = where
    page = await new_page(browser, scheme, size)
    await page.goto(f"{base}/demo/?lang=en")
    await settled(page)
    await shoot(page, "demo", scheme, size)
    await take_agents(page, ticket, scheme, size)
    await sign_in(page, base, password)
    await page.goto(f"{base}/tickets?view=all")
    await settled(page)
    await shoot(page, "inbox-list", scheme, size)
    await page.goto(base + ticket)
    await settled(page)
    await shoot(page, "inbox-ticket", scheme, size)
    await page.context.close()


async def take_person(
    browser: Browser, where: tuple[str, str, str], scheme: str, size: str
) -> None:
    """The box to answer in, with its ways, and whom it goes to."""
    base, password, ticket = where
    page = await new_page(browser, scheme, size)
    await sign_in(page, base, password)
    await page.goto(base + ticket)
    await settled(page)
    if size == "desktop":
        await page.locator("textarea").first.fill("Buongiorno Giulia, porto un altro cavo.")
        composer = page.locator("[data-composer]")
        await composer.locator("label", has_text="Viber").click()
        await composer.screenshot(path=FOLDER / f"composer-{scheme}.png")
        await page.locator("textarea").first.fill("")
    await page.locator(".facts .strong a").first.click()
    await settled(page)
    await shoot(page, "inbox-person", scheme, size)
    await page.context.close()


async def take_agents(page: Page, ticket: str, scheme: str, size: str) -> None:
    """The agents' Telegram beside the phone, with the topic of the ticket; alone on a phone."""
    bar = ".tabs" if size == "phone" else ".beside"
    await page.locator(f"{bar} [data-show=agents]").click()
    await page.locator(".place", has_text=NUMBER.search(ticket)[0]).click()
    await settled(page)
    await shoot(page, "agents", scheme, size)


async def take_card(browser: Browser, base: str, language: str) -> None:
    """The card on the phone, and the form page behind it, in one language."""
    name, words = FIRST_WORDS[language]
    page = await new_page(browser, "light", "tall")
    await page.goto(f"{base}/demo/?lang={language}")
    await settled(page)
    await page.locator(".person", has_text=name).click()
    await page.locator("#phone .chat:not([aria-busy])").wait_for()
    if await page.locator("#phone button.start").is_visible():
        await page.locator("#phone button.start").click()
        await settled(page)
    forms = page.locator("#phone .chat a.key")  # each card's way to its form
    before = await forms.count()
    await write(page, words)
    await expect(forms).to_have_count(before + 1)
    await settled(page)
    await page.locator("#phone .screen").screenshot(path=FOLDER / f"card-{language}.png")
    await page.goto(await forms.last.get_attribute("href"))
    await settled(page)
    await page.screenshot(path=FOLDER / f"form-{language}.png", full_page=True)
    await page.context.close()


async def new_page(browser: Browser, scheme: str, size: str) -> Page:
    width, height = SIZES.get(size, TALL)
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme
    )
    return await context.new_page()


async def write(page: Page, text: str) -> None:
    await page.locator("#phone .compose textarea").fill(text)
    await page.keyboard.press("Enter")


async def sign_in(page: Page, base: str, password: str) -> None:
    await page.goto(f"{base}/login")
    await page.fill("input[name=login]", "marek")
    await page.fill("input[name=password]", password)
    await page.keyboard.press("Enter")
    await page.wait_for_url(lambda url: "login" not in url)


async def settled(page: Page) -> None:
    """Pages go on by themselves; a picture wants them to have come to rest."""
    await page.wait_for_timeout(1500)


async def shoot(page: Page, name: str, scheme: str, size: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=FOLDER / f"{name}-{size}-{scheme}.png")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8765))
