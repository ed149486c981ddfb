"""After a ticket is solved or closed: whoever says that it is not over is heard by an agent.

And whoever only gives thanks opens nothing again.
"""

import pytest

from intake.tickets import Status
from tests.intake.cast import NOW, a_ticket, an_entry, decided, each, settled

NOT_OVER = {
    "uk": (
        "Ні, не допомогло", "не вирішено", "проблема не вирішена", "дякую, але не допомогло",
        "Дякую, але ні", "на жаль не допомогло", "те саме",
    ),
    "en": (
        "No, it did not help", "It is not solved", "this is not resolved", "not fixed",
        "It came back", "Thanks, but no", "thanks but it still does not work", "Still the same",
    ),
    "sk": ("Nie, nepomohlo", "nie je to vyriešené", "ďakujem, ale nie", "stále to isté"),
    "el": ("Όχι, δεν βοήθησε", "δεν λύθηκε", "δεν έφτιαξε", "ευχαριστώ αλλά όχι"),
    "it": ("No, non ha aiutato", "non è risolto", "non risolto", "grazie ma no"),
}  # fmt: skip
OVER = {
    "uk": ("дякую, все працює", "дякую!", "проблему вже вирішено", "так"),
    "en": ("thanks, it works now", "thank you", "problem solved"),
    "sk": ("ďakujem, už to ide", "vďaka", "vyriešené"),
    "el": ("ευχαριστώ, δουλεύει", "ευχαριστώ πολύ", "λύθηκε"),
    "it": ("grazie, ora funziona", "grazie mille", "risolto"),
}
GOES_ON = {
    "uk": ("досі жує", "все одно не друкує", "знову зламалось"),
    "en": ("it's still jamming", "the printer jams again", "not fixed", "same as before"),
    "sk": ("stále nejde", "zas to robí to isté"),
    "el": ("ακόμα κολλάει", "πάλι τα ίδια, χάλασε ξανά", "συνεχίζει να μην τυπώνει"),
    "it": ("è ancora bloccata", "si è inceppata di nuovo", "continua a non stampare"),
}
BROKE_AGAIN = {
    "uk": ("знову перестало працювати", "рано зраділа, знов не друкує"),
    "en": ("it stopped working again", "oh no, it broke again", "spoke too soon, jams again"),
    "sk": ("zase to prestalo fungovať", "už to zase nejde"),
    "el": ("σταμάτησε πάλι να δουλεύει", "χάλασε ξανά"),
    "it": ("ha smesso di nuovo di funzionare", "si è rotto di nuovo"),
}
SYMPTOM = "принтер не друкує"
NEWS = {"uk": "?", "en": "any update?", "sk": "kedy to bude hotové", "el": ";", "it": "novità?"}


def after(language, status, text):
    ticket = settled(language=language, status=status, first_response_at=NOW)
    return decided(language, text, last_ticket=ticket)


def asked_whether_it_is_solved(language, text):
    ticket = settled(language=language, first_response_at=NOW)
    asked = an_entry(ticket, minutes_ago=1, facts={"asks": "solved"})
    return decided(language, text, ticket, last_entry=asked)


def is_seen(ticket):
    return ticket.status.is_live and ticket.waits_for_agent


@pytest.mark.parametrize(("language", "text"), each(NOT_OVER))
def test_what_is_said_not_to_be_solved_is_open_again(language, text):
    assert is_seen(after(language, Status.SOLVED, text).ticket)


@pytest.mark.parametrize(("language", "text"), each(NOT_OVER))
def test_what_is_said_not_to_be_solved_stays_open_where_it_was_asked(language, text):
    assert is_seen(asked_whether_it_is_solved(language, text).ticket)


@pytest.mark.parametrize(("language", "text"), each(NOT_OVER))
def test_whoever_goes_on_after_a_closed_ticket_has_a_new_one(language, text):
    assert after(language, Status.CLOSED, text).opens is not None


@pytest.mark.parametrize(("language", "text"), each(GOES_ON))
def test_the_new_one_is_about_the_same_and_leads_there(language, text):
    decision = after(language, Status.CLOSED, text)
    assert decision.opens.category == "printer"
    assert [(one.what, one.after) for one in decision.changes] == [("follows", "1042")]


def test_the_new_one_asks_nothing_of_what_the_closed_one_tells():
    assert after("en", Status.CLOSED, "it's still jamming").opens.answers["symptom"] == SYMPTOM
    said = after("en", Status.CLOSED, "it prints black stripes now, still broken").opens.answers
    assert said["symptom"] != SYMPTOM


def test_another_trouble_after_a_closed_ticket_leads_nowhere():
    decision = after("en", Status.CLOSED, "Outlook keeps crashing")
    assert (decision.opens.category, decision.changes) == ("email", ())


@pytest.mark.parametrize(("language", "text"), each(OVER))
def test_thanks_open_nothing_again_and_are_kept(language, text):
    for status in (Status.SOLVED, Status.CLOSED):
        decision = after(language, status, text)
        assert decision.keeps_message
        assert (decision.opens, decision.ticket.status) == (None, status)


@pytest.mark.parametrize("language", NEWS)
def test_whoever_asks_where_a_solved_one_stands_hears_it(language):
    decision = after(language, Status.SOLVED, NEWS[language])
    said = [say.template for say in decision.says]
    assert (decision.ticket.status, said) == (Status.SOLVED, ["status"])


@pytest.mark.parametrize(("language", "text"), each(NOT_OVER))
def test_of_several_tickets_it_is_said_of_the_one_that_was_asked_about(language, text):
    asked = settled(language=language, first_response_at=NOW)
    waiting = a_ticket(id=1050, category="email", subject="Outlook", language=language)
    entry = an_entry(asked, minutes_ago=1, facts={"asks": "solved"})
    decision = decided(language, text, waiting, asked, last_entry=entry)
    assert decision.ticket.id == asked.id
    assert is_seen(decision.ticket)


@pytest.mark.parametrize(("language", "text"), each(BROKE_AGAIN))
def test_what_breaks_again_after_the_question_stays_open_and_that_is_said(language, text):
    decision = asked_whether_it_is_solved(language, text)
    assert is_seen(decision.ticket)
    assert [say.template for say in decision.says] == ["stays_open"]


@pytest.mark.parametrize(("language", "text"), each(BROKE_AGAIN))
def test_what_breaks_again_after_it_was_solved_is_open_again(language, text):
    decision = after(language, Status.SOLVED, text)
    assert is_seen(decision.ticket)
    assert decision.says


WORKED = {
    "uk": ("Teams працював, а зараз ні", "Teams працював, тепер ні"),
    "en": (
        "Teams was working, now not", "Teams was working but now it isn't",
        "wifi was ok, now it's not", "it was working, now it isn't",
    ),
    "sk": ("Teams fungoval, teraz nie", "Teams išiel, teraz už nie"),
    "el": ("Το Teams δούλευε, τώρα όχι", "το Teams δούλευε χθες, σήμερα όχι"),
    "it": ("Teams funzionava, ora no", "Teams ieri andava, oggi no"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), each(WORKED))
def test_what_worked_and_does_not_now_is_a_trouble(language, text):
    assert decided(language, text).opens is not None
    again = after(language, Status.SOLVED, text)
    assert again.opens is not None or is_seen(again.ticket)


ANOTHER_OF_IT = {
    "uk": "принтер шумить",
    "en": "the printer is noisy",
    "sk": "tlačiareň je pomalá",
    "el": "ο εκτυπωτής είναι αργός",
    "it": "la stampante è lenta",
}


@pytest.mark.parametrize(("language", "text"), ANOTHER_OF_IT.items())
def test_another_trouble_of_a_thing_that_was_solved_is_new(language, text):
    decision = after(language, Status.SOLVED, text)
    assert decision.opens is not None
    assert decision.ticket is None


SEEMS_OVER = {
    "uk": ("працює наче, спасибі", "само налагодилось"),
    "en": ("seems to work, cheers", "fixed itself"),
    "sk": ("zda sa ze ide, vdaka", "samo sa to spravilo"),
    "el": ("μαλλον δουλευει, ευχαριστω", "εφτιαξε μονο του"),
    "it": ("sembra che vada, grazie", "si è sistemato da solo"),
}
SEEMS_NOT_OVER = {
    "uk": ("наче працює, але без звуку",),
    "en": ("doesn't seem to work", "seems to work but only on battery"),
    "sk": ("nezda sa ze to ide",),
    "el": ("δεν φαινεται να δουλευει",),
    "it": ("non sembra che vada",),
}


@pytest.mark.parametrize(("language", "text"), each(SEEMS_OVER))
def test_whoever_thinks_that_it_works_is_asked_whether_it_is_solved(language, text):
    decision = decided(language, text, a_ticket(language=language, category="computer"))
    assert [say.template for say in decision.says] == ["is_it_solved"]


@pytest.mark.parametrize(("language", "text"), each(SEEMS_NOT_OVER))
def test_whoever_thinks_that_it_does_not_work_is_not_asked(language, text):
    decision = decided(language, text, a_ticket(language=language, category="computer"))
    assert "is_it_solved" not in [say.template for say in decision.says]
