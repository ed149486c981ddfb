"""What the lists or the model take for a value, and a careful reader does not."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-26T10:00:00+02:00")  # a Thursday
EMAIL = ("account", "application", "error", "started", "urgency")
SOFTWARE = ("application", "error", "started", "tried", "urgency")


@pytest.fixture(scope="module")
def understood(reader):
    return lambda text, language: reader.understand(text, hint_language=language, now=NOW)


def replied(reader, text, language, asked, category):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader
    ).filled


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "anna.k@firm.ua, outlook, помилки нема, вчора"),
        ("en", "anna.k@firm.com, outlook, no error message, yesterday"),
        ("en", "tom@x.co, outlook, no error shown, since monday"),
        ("sk", "anna.k@firm.sk, outlook, žiadna chyba, včera"),
        ("el", "anna.k@firm.gr, outlook, κανένα μήνυμα, χτες"),
        ("it", "anna.k@firm.it, outlook, nessun errore, ieri"),
    ],
)
def test_urgency_comes_of_words_and_never_of_those_that_say_something_else(reader, language, text):
    assert "urgency" not in replied(reader, text, language, EMAIL, "email")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "медок, помилка 1603, тиждень, нічого, якось працює"),
        ("en", "sage 50, error 1603, about a week, nothing, kinda works"),
        ("sk", "pohoda, chyba 1603, týždeň, nič, ako-tak ide"),
        ("el", "softone, σφάλμα 1603, μια εβδομάδα, τίποτα, κουτσά στραβά δουλεύει"),
        ("it", "zucchetti, errore 1603, una settimana, niente, più o meno funziona"),
    ],
)
def test_what_works_after_a_fashion_works_badly(reader, language, text):
    assert replied(reader, text, language, SOFTWARE, "software")["urgency"] == "degraded"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "вибиває синій екран"),
        ("en", "blue screen again"),
        ("sk", "hodilo modrú obrazovku"),
        ("el", "βγάζει μπλε οθόνη"),
        ("it", "esce la schermata blu"),
    ],
)
def test_a_blue_screen_is_no_trouble_of_the_monitor(understood, language, text):
    assert "device" not in understood(text, language).answers


@pytest.mark.parametrize("text", ["non vede la chiavetta", "la chiavetta non viene riconosciuta"])
def test_a_stick_that_is_not_seen_is_no_modem(understood, text):
    found = understood(text, "it")
    assert found.category != "network"
    assert "connection" not in found.answers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "батарея тримає тільки 5 хвилин"),
        ("en", "the battery only lasts 5 minutes"),
        ("sk", "baterka vydrží len 5 minút"),
        ("el", "η μπαταρία κρατάει μόνο 5 λεπτά"),
        ("it", "la batteria dura solo 5 minuti"),
    ],
)
def test_how_long_a_battery_lasts_is_no_patience(understood, language, text):
    assert "urgency" not in understood(text, language).answers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не приходить смс щоб увійти"),
        ("en", "the sms to log in doesn't arrive"),
        ("sk", "nechodí mi sms na prihlásenie"),
        ("el", "δεν έρχεται το sms για να μπω"),
        ("it", "non arriva l'sms per entrare"),
    ],
)
def test_nobody_has_access_to_a_text_message(understood, language, text):
    assert "system" not in understood(text, language).answers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "переадресуйте мій внутрішній 305 на мобільний 067 123 45 67"),
        ("en", "divert my extension 305 to my mobile 07700 900123"),
        ("sk", "presmerujte moju klapku 305 na mobil 0903 123 456"),
        ("el", "κάντε εκτροπή του εσωτερικού 305 στο κινητό 6945 220 871"),
        ("el", "εκτροπή του εσωτερικού μου 305 στο κινητό μου 6945 220 871"),
        ("it", "deviate il mio interno 305 sul cellulare 347 123 4567"),
        ("uk", "закрийте обліковий запис Бойко, звільнилась"),
        ("en", "close the account of Tom Bell, he left"),
        ("sk", "zrušte účet Petra Malého, odišiel"),
        ("el", "κλείστε τον λογαριασμό του Παππά, έφυγε"),
        ("it", "chiudete l'account di Mario Bianchi, è andato via"),
    ],
)
def test_what_is_asked_to_be_done_is_a_request(understood, language, text):
    assert understood(text, language).intent == "request"


@pytest.mark.parametrize(
    ("language", "text", "intent"),
    [
        ("en", "please put me through to a real person", "human"),
        ("uk", "переадресуйте мене на живу людину", "human"),
        ("el", "η εκτροπή του εσωτερικού 4410 δεν λειτουργεί", "report"),
        ("en", "the divert on my extension 305 doesn't work", "report"),
    ],
)
def test_a_service_that_fails_is_a_trouble_and_a_person_stays_a_person(
    understood, language, text, intent
):
    assert understood(text, language).intent == intent


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "чи будуть технічні роботи на вихідних?"),
        ("en", "is there maintenance this weekend?"),
        ("sk", "bude cez víkend údržba?"),
        ("el", "θα γίνει συντήρηση το σαββατοκύριακο;"),
        ("it", "c'è manutenzione questo weekend?"),
    ],
)
def test_who_asks_of_planned_works_asks_for_no_tickets_status(understood, language, text):
    assert understood(text, language).intent == "question"


@pytest.mark.parametrize(
    ("language", "text", "symptom"),
    [
        ("uk", "перестав відкриватись M.E.Doc", "перестав відкриватись M.E.Doc"),
        ("uk", "не запускається M.E.Doc з ранку", "не запускається M.E.Doc"),
        ("en", "after the update i cannot open M.E.Doc", "cannot open M.E.Doc"),
    ],
)
def test_a_trouble_ends_in_no_half_of_a_name(understood, language, text, symptom):
    assert understood(text, language).answers["symptom"].endswith(symptom)


@pytest.mark.parametrize("words", ["він насправді в кабінеті 15", "vin u kabineti 15"])
def test_he_is_no_windows(words, reader):
    asked = ("os", "location")
    told = read_answers(
        words, asked=asked, category="computer", language="uk", now=NOW, reader=reader
    )
    assert "os" not in told.filled
