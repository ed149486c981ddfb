"""Photos sent one after the other go with the words before them, and are asked about once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.messages import IncomingFile, MessageKind
from intake.tickets import Status
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, says, settled
from tests.intake.desk import Desk

PHOTO = IncomingFile(source="{}", name="photo.jpg", media_type="image/jpeg")
ACCESS = settled(1001, category="access", subject="доступ до SAP", answers={})
MAIL = a_ticket(1002, category="email", subject="пошта", answers={}, asked=("error", "started"))


def photo(**more):
    return says("", files=(PHOTO,), **more)


def decided(*tickets, last, message=None):
    situation = a_situation(*tickets, last_entry=last)
    return DIALOGUE.decide(situation, message or photo(external_id="57"), NOW)


def test_a_photo_goes_with_the_words_right_before_it_whichever_card_waits():
    decision = decided(MAIL, ACCESS, last=an_entry(ACCESS, minutes_ago=0.5))
    assert (decision.ticket.id, decision.is_unsure, decision.goes_with) == (1001, False, "77")
    assert "unsure" not in [say.template for say in decision.says]


def test_a_photo_after_a_guess_gives_nothing_and_asks_nothing():
    last = an_entry(MAIL, minutes_ago=0.5, facts={"unsure": "yes"})
    decision = decided(ACCESS, MAIL, last=last)
    assert (decision.ticket.id, decision.is_unsure, decision.goes_with) == (1002, True, "77")
    assert (decision.says, decision.ticket.answers) == ((), {})


def test_the_next_photo_goes_with_the_same_words():
    last = an_entry(MAIL, id=78, minutes_ago=0.5, text="", facts={"goes_with": "77"})
    assert decided(ACCESS, MAIL, last=last).goes_with == "77"


@pytest.mark.parametrize(
    ("minutes_ago", "status", "text"),
    [(2, Status.OPEN, ""), (0.5, Status.SOLVED, ""), (0.5, Status.OPEN, "а це вже ні")],
)
def test_later_photos_and_words_are_placed_by_themselves(minutes_ago, status, text):
    last = an_entry(replace(MAIL, status=status), minutes_ago=minutes_ago)
    live = [one for one in (ACCESS, replace(MAIL, status=status)) if one.status.is_live]
    message = says(text, files=(PHOTO,), external_id="57")
    assert decided(*live, last=last, message=message).goes_with == ""


@pytest.mark.parametrize(
    "words",
    ["це дуже дивно", "it looks really strange", "je to divné", "περίεργο πράγμα", "è strano"],
)
def test_words_as_unclear_as_those_right_before_them_ask_no_question_of_their_own(words):
    other = a_ticket(1003, category="computer", answers={}, asked=("asset", "os"))
    for minutes_ago, goes_with in ((0.5, "77"), (20, "")):
        last = an_entry(MAIL, minutes_ago=minutes_ago, facts={"unsure": "yes"})
        decision = decided(MAIL, other, ACCESS, last=last, message=says(words))
        assert decision.goes_with == goes_with
        assert ("unsure" in [say.template for say in decision.says]) == (not goes_with)


def test_words_that_tell_their_ticket_are_placed_by_themselves():
    last = an_entry(MAIL, minutes_ago=0.5, facts={"unsure": "yes"})
    decision = decided(ACCESS, MAIL, last=last, message=says("доступ до SAP так і не дали"))
    assert (decision.ticket.id, decision.goes_with) == (1001, "")


def test_a_photo_that_quotes_another_ticket_is_of_that():
    last = an_entry(MAIL, minutes_ago=0.5)
    situation = a_situation(ACCESS, MAIL, last_entry=last, named_ticket=ACCESS)
    assert DIALOGUE.decide(situation, photo(), NOW).ticket.id == 1001


def a_burst():
    """Two open tickets, then words that may be of either, and three photos after them."""
    desk = Desk()
    for at, text in enumerate(("принтер не друкує", "забув пароль від SAP")):
        desk.receive(says(text, external_id=f"a{at}"), f"a{at}")
        desk.moment += timedelta(minutes=20)
    began = len(desk.rows.deliveries)
    burst = [says("ось що я бачу, подивіться", external_id="b0")]
    burst += [photo(external_id=f"b{at}") for at in (1, 2, 3)]
    for at, message in enumerate(burst):
        sent = NOW + timedelta(minutes=50, seconds=10 * at)
        desk.receive(replace(message, sent_at=sent), f"b{at}")
    return desk, desk.rows.deliveries[began:]


def placed(desk):
    """Where each of the burst is now."""
    return [e.ticket_id for e in desk.rows.requester_entries() if e.external_id.startswith("b")]


def tap(desk, entry, target, key):
    at = NOW + timedelta(minutes=52)
    data = f"move|{entry.ticket_id}|{entry.id}|{target}"
    desk.receive(says("", kind=MessageKind.TAP, tap=data, tap_id=key, sent_at=at), key)


def first_of_burst(desk):
    return next(e for e in desk.rows.requester_entries() if e.external_id == "b0")


def test_words_and_three_photos_are_one_question():
    desk, sent = a_burst()
    assert len(set(placed(desk))) == 1
    assert len([one for one in sent if getattr(one.body, "choices", ())]) == len(sent) == 1


def test_a_tap_takes_the_photos_along_and_back():
    desk, _ = a_burst()
    (before,) = set(placed(desk))
    tap(desk, first_of_burst(desk), "new", "t1")
    (after,) = set(placed(desk))
    assert after == 1003
    assert all("unsure" not in e.facts for e in desk.rows.requester_entries())
    tap(desk, first_of_burst(desk), before, "t2")
    assert set(placed(desk)) == {before}
    assert desk.rows.tickets[1003].status is Status.CLOSED


def test_what_photos_gave_leaves_with_the_words_before_them():
    desk = Desk()
    desk.receive(says("принтер не друкує", external_id="a0"), "a0")
    desk.moment += timedelta(minutes=20)
    began = NOW + timedelta(minutes=50)
    desk.receive(says("Outlook не відкривається", external_id="b0", sent_at=began), "b0")
    then = began + timedelta(seconds=20)
    desk.receive(photo(external_id="b1", sent_at=then), "b1")
    assert placed(desk) == [1002, 1002]
    assert desk.rows.tickets[1002].answers["error"]
    tap(desk, first_of_burst(desk), 1001, "t1")
    assert set(placed(desk)) == {1001}
    left = desk.rows.tickets[1002]
    assert (left.status, dict(left.answers)) == (Status.CLOSED, {})
