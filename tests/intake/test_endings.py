"""Polite words end what is over once more, and questions about its closing are of it."""

import pytest

from intake.signs.endings import is_ending
from intake.tickets import Status
from tests.intake.cast import NOW, a_ticket, an_entry, says, settled, templates
from tests.intake.desk import READER, Desk
from tests.intake.test_solving import NOT_OVER, after, decided, each

OVER = {
    "uk": (
        "ні, дякую, це все", "ні, дякую", "це все, дякую", "більше нічого", "немає за що",
        "ні, більше нічого не треба", "без проблем", "нічого страшного", "більше питань немає",
    ),
    "en": (
        "no worries", "no, that is all", "no thanks", "No, thanks!", "that's all", "nothing else",
        "no problem", "no need, thanks", "don't mention it", "no, I'm good", "have a nice day",
        "no more questions", "No, that's it, thank you",
    ),
    "sk": (
        "nie, to je všetko", "nie, ďakujem", "nič viac", "nie je za čo", "žiadny problém",
        "už nič nepotrebujem", "nie, všetko v poriadku", "nie dakujem to je vsetko",
    ),
    "el": (
        "όχι, αυτό ήταν", "όχι, ευχαριστώ", "τίποτα άλλο", "κανένα πρόβλημα", "δεν πειράζει",
        "καλή συνέχεια", "δεν θέλω κάτι άλλο", "ochi, efcharisto",
    ),
    "it": (
        "no grazie, è tutto", "no, grazie", "nient'altro", "nessun problema", "basta così",
        "non c'è problema", "di niente", "non serve altro", "buona giornata",
    ),
}  # fmt: skip
OF_CLOSING = {
    "uk": (
        "коли це полагодять?", "ви закрили мою заявку", "чому ви її закрили?",
        "хто закрив мою заявку?", "що з моєю заявкою?",
    ),
    "en": (
        "when will it be fixed?", "you closed my ticket", "why did you close it?",
        "why was it closed?", "is it fixed?", "any news?",
    ),
    "sk": (
        "kedy to bude opravené?", "zavreli ste môj tiket", "prečo ste to zavreli?",
        "prečo je tiket uzavretý?",
    ),
    "el": (
        "πότε θα φτιαχτεί;", "κλείσατε το αίτημά μου", "γιατί το κλείσατε;",
        "γιατί έκλεισε το αίτημα;",
    ),
    "it": (
        "quando sarà riparato?", "avete chiuso il mio ticket", "perché l'avete chiuso?",
        "che ne è del mio ticket?",
    ),
}  # fmt: skip
AGAIN = {
    "uk": "відкрийте заявку знову, будь ласка",
    "en": "please reopen my ticket",
    "sk": "otvorte môj tiket znova",
    "el": "ανοίξτε το αίτημά μου ξανά",
    "it": "riaprite il mio ticket per favore",
}
UNSOLVED = {
    "uk": "моя заявка не вирішена",
    "en": "my ticket is not solved",
    "sk": "moja požiadavka nie je vyriešená",
    "el": "το αίτημά μου δεν λύθηκε",
    "it": "il mio ticket non è risolto",
}


@pytest.mark.parametrize("status", [Status.SOLVED, Status.CLOSED])
@pytest.mark.parametrize(("language", "text"), each(OVER))
def test_polite_words_leave_what_is_over_as_it_is(language, text, status):
    decision = after(language, status, text)
    assert (decision.opens, decision.ticket.status) == (None, status)
    assert decision.keeps_message
    assert templates(decision) == ["glad"]


@pytest.mark.parametrize(("language", "text"), each(OVER))
def test_they_open_nothing_where_there_was_no_ticket(language, text):
    assert templates(decided(language, text)) == ["welcome"]


@pytest.mark.parametrize(("language", "text"), each(OVER))
def test_they_say_nothing_to_a_card(language, text):
    ticket = a_ticket(language=language, asked=("asset", "location"), answers={})
    assert "location" not in decided(language, text, ticket).ticket.answers


@pytest.mark.parametrize(("language", "text"), each(NOT_OVER))
def test_what_is_not_over_is_no_ending(language, text):
    assert "glad" not in templates(after(language, Status.SOLVED, text))


def test_a_kind_word_is_said_once_until_something_happens():
    solved = settled(status=Status.SOLVED)
    said = an_entry(solved, minutes_ago=1, facts={"told": solved.updated_at.isoformat()})
    decision = decided("en", "no worries", last_ticket=solved, last_entry=said)
    assert decision.keeps_message
    assert not decision.says


def test_one_word_of_thanks_after_another_is_kept_in_silence():
    desk = Desk()
    desk.receive(says("принтер не друкує"), "1")
    ticket = desk.rows.tickets[1001]
    desk.rows.tickets[1001] = settled(1001, status=Status.SOLVED, version=ticket.version)
    spoken = []
    for key, text in enumerate(("дякую!", "ні, це все", "гарного дня"), start=2):
        before = len(desk.rows.deliveries)
        desk.receive(says(text, external_id=str(key)), str(key))
        spoken.append(len(desk.rows.deliveries) - before)
    assert spoken == [1, 0, 0]
    assert len(desk.rows.requester_entries()) == 4
    assert desk.rows.tickets.keys() == {1001}


@pytest.mark.parametrize(("language", "text"), each(OF_CLOSING))
def test_a_question_after_a_ticket_was_closed_is_about_that_one(language, text):
    decision = after(language, Status.CLOSED, text)
    assert decision.opens is None
    assert decision.keeps_message
    assert templates(decision) == ["is_closed"]


@pytest.mark.parametrize(("language", "text"), each(OF_CLOSING))
def test_the_same_question_of_a_solved_one_is_answered_and_opens_it_where_it_was_closed(
    language, text
):
    decision = after(language, Status.SOLVED, text)
    assert (decision.ticket.status, templates(decision)) in (
        (Status.OPEN, ["stays_open"]),
        (Status.SOLVED, ["status"]),
    )


@pytest.mark.parametrize("said", [AGAIN, UNSOLVED])
@pytest.mark.parametrize("language", AGAIN)
def test_whoever_wants_a_closed_one_open_has_one_that_follows_it(language, said):
    decision = after(language, Status.CLOSED, said[language])
    assert decision.opens.category == "printer"
    assert [(one.what, one.after) for one in decision.changes] == [("follows", "1042")]
    assert after(language, Status.SOLVED, said[language]).ticket.status is Status.OPEN


@pytest.mark.parametrize(
    ("language", "text", "is_over"),
    [
        ("en", "no, that is all; thanks", True),
        ("el", "όχι, αυτό ήταν", True),
        ("el", "όχι, αυτό ήταν;", False),
    ],
)
def test_only_in_greek_a_semicolon_asks(language, text, is_over):
    assert is_ending(READER.read(text, language=language, now=NOW)) is is_over
