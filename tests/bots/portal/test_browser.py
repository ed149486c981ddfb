"""The form on a phone 390 pixels wide, in Chromium: five languages, both schemes, no script."""

import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.bots.portal.conftest import opened_office
from tests.bots.portal.test_access import proof

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
WORDS = {
    "uk": "принтер на 3 поверсі не друкує, E5",
    "en": "the printer on floor 3 does not print, E5",
    "sk": "tlačiareň na 3. poschodí netlačí, E5",
    "el": "ο εκτυπωτής στον 3ο όροφο δεν τυπώνει, E5",
    "it": "la stampante al terzo piano non stampa, E5",
}
CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((one) => {
    const part = one / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const rgb = parse(getComputedStyle(one).backgroundColor);
      if (rgb.length < 4 || rgb[3] > 0) return rgb;
    }
    return parse(getComputedStyle(document.documentElement).backgroundColor);
  };
  const poor = [];
  for (const node of document.querySelectorAll("main *")) {
    const says = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!says || node.closest(".unseen")) continue;
    const [ink, paper] = [light(parse(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) poor.push(`${node.tagName} ${node.textContent.trim()} ${ratio}`);
  }
  return poor;
}"""


@pytest_asyncio.fixture(loop_scope="module")
async def office(folder, address):
    """In the loop of the browser, which all tests here share."""
    async with opened_office(folder, address) as office:
        yield office


@pytest_asyncio.fixture(loop_scope="module")
async def phone(chromium, office):
    """Opens a phone; what its policy blocks fails the test."""
    complaints, contexts = [], []

    async def opened(**more):
        root = str(office.browser.make_url("/"))
        size = {"width": 390, "height": 844}
        context = await chromium.new_context(base_url=root, viewport=size, **more)
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda line: complaints.append(line.text))
        page.on("pageerror", lambda error: complaints.append(error.message))
        return page

    yield opened
    for context in contexts:
        await context.close()
    assert [line for line in complaints if "422" not in line] == []


async def overflow(page):
    return await page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("language", list(WORDS))
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_fits_a_phone_and_reads_well(phone, office, language, scheme):
    await office.write(WORDS[language], person=9, language=language)
    page = await phone(color_scheme=scheme, java_script_enabled=False)
    await page.goto(office.link(1002))
    await expect(page.locator("html")).to_have_attribute("lang", language)
    for part in await page.locator("summary").all():
        await part.click()
    await page.locator("select[name=category]").select_option("network")
    await page.get_by_role("button").nth(-2).click()
    await expect(page.locator("[name=f-connection]").first).to_be_visible()
    assert await overflow(page) <= 0
    assert await page.evaluate(CONTRAST) == []


async def test_without_script_a_form_is_filled_corrected_and_sent(phone, office):
    page = await phone(java_script_enabled=False)
    await page.goto(office.link())
    await page.fill("[name=f-asset]", "INV-20418")
    await page.fill("[name=f-started]", "хтозна")
    picture = {"name": "екран.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
    await page.set_input_files("[name=files]", files=[picture])
    await page.press("[name=f-asset]", "Enter")  # sends, and does not choose a category
    wrong = page.locator("#i-started-wrong")
    await expect(wrong).to_be_visible()
    await page.fill("[name=f-started]", "вчора після обіду")
    await page.click("button.main")
    await page.wait_for_url(re.compile("/sent$"))
    await office.work()
    ticket = await office.desk.listing.ticket(1001)
    assert ticket.is_complete
    files = [file.name for entry in await office.timeline() for file in entry.files]
    assert files == ["екран.png"]


async def test_a_choice_is_tapped_on_its_words(phone, office):
    await office.write("не працює інтернет у кабінеті 305", person=4)
    page = await phone(java_script_enabled=False)
    await page.goto(office.link(1002))
    label = page.locator("label[for=i-urgency-1]")
    box = await label.bounding_box()
    assert box["height"] >= 40
    await label.click()
    await expect(page.locator("#i-urgency-1")).to_be_checked()


async def test_telegram_opens_the_form_as_a_mini_app(phone, office):
    page = await phone()
    await page.goto(f"{office.link(purpose='app')}#tgWebAppData={escaped(proof())}")
    await expect(page.locator("[name=f-asset]")).to_be_visible()
    assert "/app/" not in page.url


def escaped(text):
    return text.replace("%", "%25").replace("&", "%26").replace("=", "%3D").replace("+", "%2B")
