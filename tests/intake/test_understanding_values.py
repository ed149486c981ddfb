"""What a first message does not say is not taken from it: a wrong value is worse than none."""

from datetime import datetime

import pytest

from intake.understanding import Reader
from tests.intake.cast import CATALOGUE

NOW = datetime.fromisoformat("2026-12-02T15:10:00+02:00")  # a Wednesday


def answers(reader, text, language):
    return reader.understand(text, hint_language=language, now=NOW).answers


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("printer on the 2nd floor doesn't print", "en"),
        ("the printer on the 2nd floor is not printing", "en"),
        ("the printer in the HR department is jammed", "en"),
        ("the wifi in our office is slow", "en"),
        ("принтер на 2 поверсі зламався", "uk"),
        ("у відділі кадрів не друкує принтер", "uk"),
        ("в нашому кабінеті принтер жує папір", "uk"),
        ("tlačiareň na 2. poschodí je pokazená", "sk"),
        ("v našej kancelárii nejde tlačiareň", "sk"),
        ("la stampante al secondo piano è rotta", "it"),
        ("nel nostro ufficio il wifi è lento", "it"),
        ("ο εκτυπωτής στον 2ο όροφο χάλασε", "el"),
        ("ο εκτυπωτής του τμήματος πωλήσεων δεν τυπώνει", "el"),
    ],
)
def test_a_place_alone_does_not_say_whom_it_concerns(reader, text, language):
    assert "scope" not in answers(reader, text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the whole second floor has no internet", "en"),
        ("no internet in the whole office", "en"),
        ("the internet is down everywhere", "en"),
        ("скрізь не працює вайфай", "uk"),
        ("δεν υπάρχει ίντερνετ σε όλο το γραφείο", "el"),
        ("non c'è internet in tutto l'ufficio", "it"),
        ("весь другий поверх без інтернету", "uk"),
        ("celé druhé poschodie je bez internetu", "sk"),
        ("v celej pobočke nejde internet", "sk"),
        ("tutto il secondo piano è senza internet", "it"),
        ("όλος ο δεύτερος όροφος είναι χωρίς ίντερνετ", "el"),
    ],
)
def test_a_whole_floor_or_office_is_a_site(reader, text, language):
    assert answers(reader, text, language)["scope"] == "site"


@pytest.mark.parametrize(
    ("text", "language", "needs", "approver"),
    [
        ("access to SAP for Maria Nowak", "en", "Maria Nowak", None),
        ("access to SAP for Maria Nowak, approved by John Smith", "en", "Maria Nowak",
         "John Smith"),
        ("доступ до SAP для Марії Новак", "uk", "Марії Новак", None),
        ("доступ до SAP для Марії Новак, погодив Іван Гук", "uk", "Марії Новак", "Іван Гук"),
        ("prístup do SAP pre Máriu Novákovú", "sk", "Máriu Novákovú", None),
        ("prístup do SAP pre Máriu Novákovú, schválil Ing. Kováč", "sk", "Máriu Novákovú",
         "Ing. Kováč"),
        ("accesso a SAP per Maria Rossi", "it", "Maria Rossi", None),
        ("accesso a SAP per Maria Rossi, approvato da Luca Bianchi", "it", "Maria Rossi",
         "Luca Bianchi"),
        ("πρόσβαση στο SAP για τη Μαρία Παππά", "el", "Μαρία Παππά", None),
        ("πρόσβαση στο SAP για τη Μαρία Παππά, το ενέκρινε ο Νίκος Ράλλης", "el", "Μαρία Παππά",
         "Νίκος Ράλλης"),
    ],
)  # fmt: skip
def test_who_needs_access_is_not_who_approves_it(reader, text, language, needs, approver):
    found = answers(reader, text, language)
    assert found["account"] == needs
    assert found.get("approver") == approver


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the printer is blocked", "en"),
        ("my computer is completely stuck", "en"),
        ("принтер заблокований", "uk"),
        ("комп повністю завис", "uk"),
        ("tlačiareň je zablokovaná", "sk"),
        ("počítač sa úplne zasekol", "sk"),
        ("la stampante è bloccata", "it"),
        ("il computer è completamente bloccato", "it"),
        ("i computer sono bloccati", "it"),
        ("ο εκτυπωτής κόλλησε", "el"),
        ("ο υπολογιστής έχει μπλοκάρει", "el"),
    ],
)
def test_a_stuck_machine_is_no_stopped_work(reader, text, language):
    assert "urgency" not in answers(reader, text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the laptop is dead and I'm stuck", "en"),
        ("Outlook keeps crashing, I can't really work", "en"),
        ("VPN падає, толком не можу працювати", "uk"),
        ("padá mi VPN, poriadne pracovať nemôžem", "sk"),
        ("il portatile non parte, sono bloccata", "it"),
        ("la vpn cade, non riesco davvero a lavorare", "it"),
        ("πέφτει το VPN, δεν μπορώ ουσιαστικά να δουλέψω", "el"),
    ],
)
def test_whoever_cannot_really_work_is_blocked(reader, text, language):
    assert answers(reader, text, language)["urgency"] == "blocked"


def test_a_day_before_a_place_is_no_part_of_it(reader):
    found = answers(reader, "printer jammed, monday, room 12", "en")
    assert (found["started"], found["location"]) == ("2026-11-30", "room 12")


@pytest.mark.parametrize(
    ("text", "language", "item"),
    [
        ("I need a second monitor", "en", "second monitor"),
        ("потрібен другий монітор", "uk", "другий монітор"),
        ("potrebujem druhý monitor", "sk", "druhý monitor"),
        ("mi serve un secondo monitor", "it", "secondo monitor"),
        ("χρειάζομαι δεύτερη οθόνη", "el", "δεύτερη οθόνη"),
    ],
)
def test_a_second_thing_is_a_thing_and_no_moment(reader, text, language, item):
    found = answers(reader, text, language)
    assert found["item"] == item
    assert not {"started", "deadline"} & set(found)


@pytest.mark.parametrize(
    ("text", "category", "symptom"),
    [
        ("принтєр не печатає", "printer", "принтєр не печатає"),
        ("не робе принтер", "printer", "не робе принтер"),
        ("printer ne drukuje", "printer", "printer ne drukuje"),
        ("комп глючить", "computer", "комп глючить"),
        ("komp hluchyt", "computer", "komp hluchyt"),
        ("vinda ne hruzytsia", "computer", "vinda ne hruzytsia"),
        ("інет не пашить", "network", "інет не пашить"),
        ("тіліфон не звонить", "telephony", "тіліфон не звонить"),
        ("ne mozhu zaity v poshtu", "email", "ne mozhu zaity v poshtu"),
    ],
)
def test_ukrainian_is_understood_as_people_write_it(reader, text, category, symptom):
    found = reader.understand(text, hint_language="uk", now=NOW)
    assert (found.language, found.category) == ("uk", category)
    assert found.answers["symptom"] == symptom


@pytest.mark.parametrize(
    ("text", "language", "symptom"),
    [
        ("Outlook won't open and also", "en", "Outlook won't open"),
        ("nejde mi Outlook a tiež", "sk", "nejde mi Outlook"),
        ("не відкривається Outlook і також", "uk", "не відкривається Outlook"),
        ("Outlook non si apre e anche", "it", "Outlook non si apre"),
        ("δεν ανοίγει το Outlook και επίσης", "el", "δεν ανοίγει το Outlook"),
    ],
)
def test_a_symptom_does_not_end_with_what_leads_on(reader, text, language, symptom):
    assert answers(reader, text, language)["symptom"] == symptom


def test_the_number_of_a_floor_ends_no_sentence(reader):
    found = answers(reader, "nejde wifi na 3. poschodí", "sk")
    assert (found["symptom"], found["location"]) == ("nejde wifi", "3. poschodí")


@pytest.mark.parametrize("text", ["the wifi is down since morning", "since morning no internet"])
def test_since_morning_is_a_moment(reader, text):
    assert answers(reader, text, "en")["started"] == "2026-12-02"


@pytest.mark.parametrize(
    ("country", "language", "number"),
    [
        ("UA", "sk", "+380905448213"),
        ("SK", "uk", "+421905448213"),
        ("", "uk", "+380905448213"),
        ("GR", "uk", "+380905448213"),  # no number of that country: the language's
    ],
)
def test_a_number_without_its_country_is_at_home_where_the_desk_is(country, language, number):
    reader = Reader(CATALOGUE, country=country)
    said = {
        "uk": "немає інтернету, мій номер 0905 448 213",
        "sk": "nejde internet, mobil 0905 448 213",
    }
    assert answers(reader, said[language], language)["phone"] == number


@pytest.mark.parametrize(
    ("text", "language", "approver"),
    [
        ("1. I need access to the folder Marketing on the S drive 2. Approved by John Smith "
         "3. by Friday", "en", "John Smith"),
        ("1) потрібен доступ до папки Маркетинг на диску S 2) погодив Іван Гук "
         "3) до п'ятниці", "uk", "Іван Гук"),
        ("Dobrý deň: 1. potrebujem prístup do priečinka Marketing na disku S "
         "2. schválil Ján Kováč 3. do piatku", "sk", "Ján Kováč"),
        ("1. mi serve accesso alla cartella Marketing sul disco S 2. approvato da Luca Bianchi "
         "3. entro venerdì", "it", "Luca Bianchi"),
        ("1. χρειάζομαι πρόσβαση στον φάκελο Marketing στον δίσκο S 2. το ενέκρινε ο Νίκος Ράλλης "
         "3. μέχρι την Παρασκευή", "el", "Νίκος Ράλλης"),
    ],
)  # fmt: skip
def test_a_mark_that_counts_belongs_to_no_value(reader, text, language, approver):
    found = answers(reader, text, language)
    assert (found["approver"], found["deadline"]) == (approver, "2026-12-04")
    assert not any(mark in value for value in found.values() for mark in ("S 2", "1.", "3."))


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("printer on floor 2. It jams", "en", "floor 2"),
        ("nejde tlačiareň na 1. poschodí aj na 2. poschodí", "sk", ". poschodí"),
    ],
)
def test_a_number_that_counts_floors_marks_no_part(reader, text, language, place):
    assert place in answers(reader, text, language)["location"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("пропав інтернет у всьому офісі", "uk"),
        ("немає інтернету в усій будівлі", "uk"),
        ("скрізь не працює вайфай", "uk"),
        ("no internet in the whole office", "en"),
        ("wifi down in the whole building", "en"),
        ("nejde internet v celej firme", "sk"),
        ("v celej budove nejde internet", "sk"),
        ("δεν υπάρχει ίντερνετ σε όλο το γραφείο", "el"),
        ("έπεσε το ίντερνετ σε όλο το κτίριο", "el"),
        ("non c'è internet in tutto l'ufficio", "it"),
        ("internet assente in tutto il palazzo", "it"),
    ],
)
def test_the_whole_of_a_place_says_whom_it_concerns_and_not_where(reader, text, language):
    found = answers(reader, text, language)
    assert "scope" in found
    assert "location" not in found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1С лежить, касири стоять", "uk"),
        ("the tills are down", "en"),
        ("POS not working, cashiers can't serve customers", "en"),
        ("nejde internet, pokladne stoja", "sk"),
        ("έπεσε το σύστημα, τα ταμεία δεν δουλεύουν", "el"),
        ("le casse sono ferme", "it"),
        ("non va la rete, siamo fermi", "it"),
    ],
)
def test_where_nobody_can_be_served_the_work_stands(reader, text, language):
    assert answers(reader, text, language)["urgency"] == "blocked"


def test_how_often_an_error_comes_is_no_part_of_its_name(reader):
    assert answers(reader, "my pc crashes with MEMORY_MANAGEMENT twice", "en")["error"] == (
        "MEMORY_MANAGEMENT"
    )


def test_a_quotation_keeps_its_closing_mark(reader):
    found = answers(reader, '1с вилітає з помилкою "Недостатньо пам\'яті"', "uk")
    assert found["symptom"].count('"') != 1
