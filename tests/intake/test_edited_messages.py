"""New words in the place of old ones come before the agent, as any words do."""

import pytest

from intake.messages import IncomingFile, MessageKind
from intake.tickets import FileState, Status, StoredFile
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, says

BURNS = "не допомогло, вже горить!"


def edited(text, was="добре, спробую", *, files=(), known=(), **more):
    ticket = a_ticket(**{"waits_for_agent": False, "preview": "as the agent said", **more})
    entry = an_entry(ticket, text=was, files=known)
    live = [ticket] if ticket.status.is_live else []
    situation = a_situation(*live, named_ticket=ticket, known_entry=entry, last_entry=entry)
    return DIALOGUE.decide(situation, says(text, kind=MessageKind.EDIT, files=files), NOW)


def photo(size, name="photo-1.jpg"):
    return IncomingFile(source=f"now-{size}", name=name, media_type="image/jpeg", size=size)


def stored(size, name="photo-1.jpg"):
    return StoredFile(id=1, name=name, media_type="image/jpeg", size=size, state=FileState.STORED)


def test_new_words_wait_for_the_agent_and_stand_in_the_list():
    decision = edited(BURNS, status=Status.OPEN)
    assert decision.ticket.waits_for_agent
    assert decision.ticket.preview == BURNS
    assert decision.ticket.updated_at == NOW


@pytest.mark.parametrize("status", [Status.SOLVED, Status.PENDING])
def test_new_words_open_what_rested(status):
    decision = edited(BURNS, status=status)
    assert (decision.ticket.status, decision.ticket.waits_for_agent) == (Status.OPEN, True)
    assert ("status", status, "open") in [
        (change.what, change.before, change.after) for change in decision.changes
    ]
    told = [say.template for say in decision.says]
    assert told == (["stays_open"] if status is Status.SOLVED else [])


@pytest.mark.parametrize("thanks", ["дякую!", "Дякую, тепер все працює", "👍", "ок"])
def test_thanks_leave_solved_what_is_solved(thanks):
    decision = edited(thanks, status=Status.SOLVED)
    assert (decision.ticket.status, decision.ticket.waits_for_agent) == (Status.SOLVED, False)
    assert decision.rewrites_entry == 77


def test_a_no_in_the_place_of_an_ok_opens_it():
    assert edited("ні", was="ок", status=Status.SOLVED).ticket.status is Status.OPEN


def test_other_spaces_and_capitals_are_no_news():
    decision = edited("Добре,  спробую", status=Status.SOLVED)
    assert (decision.ticket.status, decision.ticket.waits_for_agent) == (Status.SOLVED, False)


def test_another_photo_is_news_and_the_same_one_none():
    same = edited("", was="", files=[photo(5_000)], known=(stored(5_000),))
    assert not same.ticket.waits_for_agent
    other = edited("", was="", files=[photo(6_000)], known=(stored(5_000),))
    assert other.ticket.waits_for_agent
