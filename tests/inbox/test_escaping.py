"""Whatever people write stays text: attacks in every field that pages show."""

from dataclasses import replace
from urllib.parse import quote

import pytest

from inbox.web_addresses import linked
from intake.lists import HeldEnvelope
from intake.messages import Address, AutomaticKind
from intake.people import Handle
from intake.speech import DeliveryState
from intake.tickets import Author, Change, EntryKind, FileState, StoredFile
from tests.inbox.fakes import MAREK, NOW
from tests.inbox.sample import entry, ticket

ATTACK = """"'><img src=x onerror=alert(1)><script>alert(1)</script>{{ 7*7 }}"""
LIVE = ("<img src=x", "<script>alert", "\"'><img", ">49<")


@pytest.fixture
def poisoned(desk):
    address = Address(channel=ATTACK, account=ATTACK, external_id=ATTACK)
    file = StoredFile(
        id=1, name=ATTACK, media_type="image/png", size=9, state=FileState.STORED, sha256="x"
    )
    desk.listing.rows = {
        1042: ticket(
            requester=ATTACK, address=address, subject=ATTACK, category=ATTACK, assignee=ATTACK,
            preview=ATTACK + "!", language="en", answers={ATTACK: ATTACK, "asset": ATTACK},
            declined=frozenset({ATTACK + "2"}), assignee_id=None,
        )
    }  # fmt: skip
    said = {
        "author_name": ATTACK, "text": ATTACK + " https://x.example/" + ATTACK,
        "full_text": ATTACK + ATTACK, "files": (file, replace(file, state=FileState.FAILED)),
        "facts": {ATTACK: ATTACK, "unsupported": ATTACK}, "delivery_id": 1, "edited_at": NOW,
        "delivery_state": DeliveryState.FAILED, "delivery_reason": ATTACK,
        "automatic": AutomaticKind.BULK,
    }  # fmt: skip
    what = ("status", "assignee", "category", "answer:" + ATTACK, "answer:asset", ATTACK)
    changes = [Change(what=name, before=ATTACK, after=ATTACK) for name in what]
    desk.listing.entries[1042] = [
        *(entry(n, author=author, **said) for n, author in enumerate(Author)),
        entry(50, **(said | {"kind": EntryKind.NOTE})),
        *(entry(60 + n, kind=EntryKind.CHANGE, change=c) for n, c in enumerate(changes)),
    ]
    desk.listing.people[1] = [Handle(id=1, person_id=1, address=address, is_reachable=False)]
    desk.listing.held = [
        HeldEnvelope(
            id=1, channel=ATTACK, account=ATTACK, key=ATTACK, received_at=NOW, tries=3,
            error=ATTACK, payload=ATTACK.encode(), dismissed_at=at, dismissed_by=ATTACK,
        )
        for at in (None, NOW)
    ]  # fmt: skip
    desk.agents.rows[1] = replace(MAREK, name=ATTACK, login=ATTACK)
    return desk


PLACES = [
    "/tickets",
    "/tickets/1042",
    "/quarantine",
    "/quarantine?view=dismissed",
    "/tickets?q=",
    "/login?next=",
]


@pytest.mark.parametrize("path", PLACES)
async def test_nothing_that_people_wrote_becomes_markup(agent, poisoned, path):
    if path.endswith("="):
        path += quote(ATTACK)
    answer = await agent.get(path)
    page = await answer.text()
    assert answer.status == 200
    assert "&lt;script&gt;alert(1)" in page
    assert [sign for sign in LIVE if sign in page] == []


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("see https://a.example/x?y=1&z=2.", "https://a.example/x?y=1&amp;z=2"),
        ('https://a.example/"onclick="x', "https://a.example/"),
        ("(http://a.example)", "http://a.example"),
    ],
)
def test_a_web_address_becomes_a_link_to_itself(text, page):
    assert f'<a href="{page}" rel="noopener noreferrer nofollow" target="_blank">{page}</a>' in (
        linked(text)
    )


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "<a href=x>", "ftp://x"]
)
def test_nothing_else_becomes_a_link(text):
    assert "<a" not in linked(text)
