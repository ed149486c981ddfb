"""What agents are told of a channel before they send is what its sender does."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from bots.email import terms as mail
from bots.meta import terms as meta
from bots.telegram import terms as telegram
from bots.viber import terms as viber
from desk.channels import MetaSettings, ViberSettings
from desk.reaching import reaching_of
from desk.settings import Settings, WebSettings
from intake.messages import Address
from intake.people import Handle
from intake.speech import Text
from intake.terms import State

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WEB = WebSettings(public_url="https://desk.example.org")
SIGNED = len("\n\n— Marek")
CHATS = {
    "telegram": (telegram.terms(), 4096),
    "viber": (viber.terms(sends_paid=False), 7000),
    "messenger": (meta.terms("messenger", has_human_agent=False), 2000),
    "instagram": (meta.terms("instagram", has_human_agent=False), 1000 - 2),  # a dash of 3 bytes
}


@pytest.mark.parametrize("channel", CHATS)
def test_a_text_that_fits_with_its_signature_is_one_message(channel):
    terms, longest = CHATS[channel]
    fits = "x" * (longest - SIGNED)
    assert terms.messages(Text(text=fits, signature="Marek")) == 1
    assert terms.messages(Text(text=f"{fits}x", signature="Marek")) == 2
    assert terms.messages(Text(text="x" * longest * 5, signature="Marek")) == 0


def test_letters_weigh_what_their_platform_counts():
    lengths = {channel: terms.length for channel, (terms, _) in CHATS.items()}
    weights = {channel: length.of("є👍") for channel, length in lengths.items()}
    assert weights == {"telegram": 3, "viber": 3, "messenger": 3, "instagram": 6}


def test_a_mail_is_one_however_long():
    assert mail.terms().length is None
    assert mail.terms().messages(Text(text="x" * 50_000)) == 1


def state_of(settings, channel, account, heard, **more):
    address = Address(channel=channel, account=account, external_id="1")
    handle = Handle(id=1, person_id=1, address=address, heard_at=heard and NOW - heard, **more)
    reach = reaching_of(settings, "").of(handle, NOW)
    return reach.state, reach.until and reach.until - NOW


@pytest.mark.parametrize(
    ("sends_paid", "heard", "state"),
    [
        (False, timedelta(hours=23), (State.OPEN, timedelta(hours=1))),
        (False, timedelta(hours=24), (State.CLOSED, timedelta(0))),
        (True, timedelta(hours=25), (State.PAID, timedelta(hours=-1))),
        (False, None, (State.CLOSED, None)),
        (True, None, (State.PAID, None)),
    ],
)
def test_viber_is_free_for_a_day_and_then_costs_or_is_closed(sends_paid, heard, state):
    chosen = ViberSettings(token=SecretStr("x"), uri="desk", sends_paid=sends_paid)
    assert state_of(Settings(web=WEB, viber=chosen), "viber", "desk", heard) == state


@pytest.mark.parametrize(
    ("heard", "state"),
    [(timedelta(hours=1), State.BLOCKED), (timedelta(hours=25), State.CLOSED)],
)
def test_whoever_has_blocked_us_may_be_written_to_while_answers_are_taken(heard, state):
    settings = Settings(web=WEB, viber=ViberSettings(token=SecretStr("x"), uri="desk"))
    assert state_of(settings, "viber", "desk", heard, is_reachable=False)[0] is state


@pytest.mark.parametrize(
    ("human_agent", "heard", "state"),
    [
        (False, timedelta(hours=23), State.OPEN),
        (False, timedelta(hours=25), State.CLOSED),
        (True, timedelta(days=6), State.OPEN),
        (True, timedelta(days=8), State.CLOSED),
    ],
)
def test_meta_takes_answers_for_a_day_or_with_its_feature_for_a_week(human_agent, heard, state):
    chosen = MetaSettings(
        app_id="1", app_secret=SecretStr("s"), verify_token=SecretStr("v"), page_id="2",
        page_token=SecretStr("p"), human_agent=human_agent,
    )  # fmt: skip
    assert state_of(Settings(web=WEB, meta=chosen), "messenger", "2", heard)[0] is state


def test_what_is_not_set_up_here_only_waits():
    assert state_of(Settings(), "telegram", "700", None)[0] is State.UNSERVED


@pytest.mark.parametrize(
    ("heard", "state"),
    [(timedelta(hours=1), State.REFUSED), (timedelta(hours=25), State.CLOSED)],
)
def test_where_our_token_is_refused_words_wait_unless_none_are_taken(heard, state):
    settings = Settings(web=WEB, viber=ViberSettings(token=SecretStr("x"), uri="desk"))
    address = Address(channel="viber", account="desk", external_id="1")
    handle = Handle(id=1, person_id=1, address=address, heard_at=NOW - heard)
    reach = reaching_of(settings, "").of(handle, NOW, {("viber", "desk")})
    assert reach.state is state
