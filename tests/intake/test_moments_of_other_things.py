"""A trouble did not begin when people meet, when it was told, or by when it is to be mended."""

from datetime import datetime

import pytest

from intake.replies.answers import Answers, read_answers

NOW = datetime.fromisoformat("2026-11-26T10:00:00+02:00")  # a Thursday
COMPUTER = ("asset", "os", "started", "tried", "urgency")


def told(reader, text, language):
    return reader.understand(text, hint_language=language, now=NOW).answers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "новенькій потрібна пошта з наступного понеділка"),
        ("en", "new starter Priya Nair needs a mailbox from next Monday"),
        ("sk", "nova kolegyna potrebuje mail od buduceho pondelka"),
        ("el", "η νεα συναδελφος χρειαζεται mail απο την επομενη δευτερα"),
        ("it", "la nuova collega ha bisogno della mail da lunedi prossimo"),
        ("uk", "принтер на 2 не друкує"),
        ("en", "the printer on 2 won't feed"),
        ("sk", "tlaciaren na 2 netlaci"),
        ("el", "ο εκτυπωτης στον 2 δεν τυπωνει"),
        ("it", "la stampante al 2 non stampa"),
        ("uk", "ноут помер, у мене демо о 3"),
        ("en", "laptop dead, i have a demo at 3"),
        ("en", "I've got a client demo at 3 and my laptop is dead"),
        ("sk", "notebook mŕtvy, o 3 mám demo"),
        ("el", "το λάπτοπ πέθανε, έχω demo στις 3"),
        ("it", "portatile morto, ho una demo alle 3"),
        ("uk", "принтер не друкує, вчера ещё норм было"),
        ("en", "printer dead, yesterday it was still fine"),
        ("sk", "tlačiareň nejde, včera bolo ešte všetko ok"),
        ("el", "ο εκτυπωτής δεν τυπώνει, χτες ήταν ακόμα οκ"),
        ("it", "la stampante non va, ieri era ancora tutto ok"),
        ("uk", "принтер зламався, полагодьте сьогодні будь ласка"),
        ("en", "printer broken, please fix it today"),
        ("sk", "tlačiareň pokazená, opravte ju prosím dnes"),
        ("el", "ο εκτυπωτής χάλασε, φτιάξτε τον σήμερα παρακαλώ"),
        ("it", "la stampante è rotta, riparatela oggi per favore"),
    ],
)
def test_it_did_not_begin_then(reader, language, text):
    assert "started" not in told(reader, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "я вам писала вчора"),
        ("en", "i wrote to you yesterday"),
        ("sk", "písala som vám včera"),
        ("el", "σας έγραψα χτες"),
        ("it", "vi ho scritto ieri"),
    ],
)
def test_when_it_was_told_answers_nothing(reader, language, text):
    asking = {"language": language, "now": NOW, "reader": reader}
    assert read_answers(text, asked=COMPUTER, category="computer", **asking) == Answers()
    assert read_answers(text, asked=("location",), category="printer", **asking) == Answers()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не друкує з учора, я вже казала"),
        ("en", "dead since yesterday, i told you"),
        ("sk", "nejde od včera, už som volala"),
        ("el", "δεν τυπώνει από χτες, σας το είπα"),
        ("it", "non va da ieri, ho già chiamato"),
    ],
)
def test_since_when_stands_beside_it(reader, language, text):
    assert told(reader, text, language)["started"] == "2026-11-25"


@pytest.mark.parametrize(
    ("language", "text", "due"),
    [
        ("uk", "olena.k, міняла пароль у п'ятницю", None),
        ("en", "t.baker, changed the password on Friday", None),
        ("sk", "j.novak, heslo som menil v piatok", None),
        ("el", "g.papas, άλλαξα τον κωδικό την Παρασκευή", None),
        ("it", "e.rossi, ho cambiato la password venerdì", None),
        ("en", "t.baker, restarted it, needed by Friday", "2026-11-27"),
    ],
)
def test_the_day_on_which_something_was_done_is_none_by_which_it_is_due(
    reader, language, text, due
):
    asking = {"asked": ("account", "deadline"), "category": "access", "language": language}
    assert read_answers(text, now=NOW, reader=reader, **asking).filled.get("deadline") == due
