"""When to call, when a month is closed and when somebody left is neither begin nor deadline."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-27T10:00:00+02:00")  # a Friday
COMPUTER = ("asset", "os", "started", "tried", "urgency")
SOFTWARE = ("application", "error", "started", "tried", "urgency")


def told(reader, text, language):
    return reader.understand(text, hint_language=language, now=NOW).answers


def answered(reader, text, language, asked=COMPUTER, category="computer"):
    asking = {"language": language, "now": NOW, "reader": reader}
    return read_answers(text, asked=asked, category=category, **asking).filled


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "після 15 будь ласка"),
        ("uk", "краще після 15:30"),
        ("en", "after 3pm please"),
        ("en", "better after 4 pm"),
        ("sk", "po 15 prosím"),
        ("sk", "radšej po 15:30"),
        ("el", "μετά τις 3 παρακαλώ"),
        ("el", "καλύτερα μετά τις 15:30"),
        ("it", "dopo le 15 per favore"),
        ("it", "meglio dopo le 15:30"),
    ],
)
def test_an_hour_to_come_is_no_begin(reader, language, text):
    assert "started" not in answered(reader, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "після 9 ранку"),
        ("en", "after 9 this morning"),
        ("sk", "po 9 ráno"),
        ("el", "μετά τις 9 το πρωί"),
        ("it", "dopo le 9 di stamattina"),
    ],
)
def test_an_hour_that_is_over_is_one(reader, language, text):
    assert answered(reader, text, language)["started"].startswith("2026-11-27T09")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Прошу забрати у Ткача доступ до 1С Кадри, він звільнився в середу"),
        ("en", "Please remove Tom Brandt's access to SharePoint HR, he left on Wednesday"),
        ("sk", "Prosím odobrať Tkáčovi prístup do SAP HR, v stredu skončil"),
        ("el", "Παρακαλώ αφαιρέστε την πρόσβαση του Τσάκαλου στο SAP HR, έφυγε την Τετάρτη"),
        ("it", "Togliete a Bianchi l'accesso a SAP HR, è andato via mercoledì"),
    ],
)
def test_the_day_on_which_somebody_left_is_no_deadline(reader, language, text):
    assert "deadline" not in told(reader, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "з ранку, не можу працювати"),
        ("en", "since this morning, I can't work"),
        ("en", "since Friday"),
        ("sk", "od rána, nemôžem pracovať"),
        ("el", "από το πρωί, δεν μπορώ να δουλέψω"),
        ("it", "da stamattina, non posso lavorare"),
    ],
)
def test_since_when_it_is_so_is_no_deadline(reader, language, text):
    assert "deadline" not in answered(reader, text, language, ("account", "deadline"), "access")


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("uk", "з понеділка", "2026-11-30"), ("en", "from Monday", "2026-11-30"),
        ("sk", "od pondelka", "2026-11-30"), ("el", "από τη Δευτέρα", "2026-11-30"),
        ("it", "da lunedì", "2026-11-30"), ("it", "da oggi", "2026-11-27"),
    ],
)  # fmt: skip
def test_from_when_it_is_needed_is_one(reader, language, text, day):
    found = answered(reader, text, language, ("account", "deadline"), "access")
    assert found["deadline"] == day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", 'M.E.Doc пише "Період закрито". Закриття місяця сьогодні о 5'),
        ("en", 'Sage says "Period 10 is locked". Month end closes today at 5.'),
        ("sk", 'Pohoda píše "Obdobie je uzamknuté". Uzávierka dnes o 5'),
        ("el", 'Το SoftOne γράφει "Η περίοδος είναι κλειδωμένη". Κλείνουμε σήμερα στις 5'),
        ("it", 'Zucchetti dice "Periodo bloccato". Chiusura oggi alle 5'),
    ],
)
def test_when_the_month_is_closed_nothing_began(reader, language, text):
    assert "started" not in told(reader, text, language)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("uk", "вчора одразу після обіду", "2026-11-26"),
        ("en", "yesterday right after lunch", "2026-11-26"),
        ("sk", "včera hneď po obede", "2026-11-26"),
        ("el", "χτες αμέσως μετά το φαγητό", "2026-11-26"),
        ("it", "ieri subito dopo pranzo", "2026-11-26"),
    ],
)
def test_a_day_before_a_part_of_the_day_holds(reader, language, text, day):
    assert answered(reader, f"x\n{text}", language, SOFTWARE, "software")["started"][:10] == day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "до кінця наступного тижня"),
        ("en", "by the end of next week"),
        ("sk", "do konca budúceho týždňa"),
        ("el", "μέχρι το τέλος της άλλης εβδομάδας"),
        ("it", "entro la fine della prossima settimana"),
    ],
)
def test_next_week_ends_next_friday(reader, language, text):
    assert answered(reader, text, language, ("location", "deadline"), "request") == {
        "deadline": "2026-12-04"
    }
