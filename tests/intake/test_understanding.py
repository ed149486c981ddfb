"""Messages as people write them: language, intent, category and the fields they give."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.understanding.evidence import Evidence

NOW = datetime.fromisoformat("2026-11-23T09:10:00+02:00")  # a Monday


def understood(reader, text, language="en"):
    return reader.understand(text, hint_language=language, now=NOW)


def test_a_broken_printer_is_understood_from_one_line(reader):
    found = understood(reader, "принтер на 3 поверсі не друкує, E5")
    assert (found.language, found.intent, found.category) == ("uk", "report", "printer")
    assert found.answers["location"] == "3 поверсі"
    assert found.answers["error"] == "E5"
    assert found.answers["symptom"] == "не друкує"


@pytest.mark.parametrize(
    ("text", "language", "symptom"),
    [
        ("принтер INV-1 на 3 поверсі зажовує папір з понеділка", "uk", "зажовує папір"),
        ("printer INV-1 on the 3rd floor jams since monday", "en", "jams"),
        ("la stampante al terzo piano si inceppa da lunedì", "it", "si inceppa"),
    ],
)
def test_a_symptom_ends_where_it_says_since_when(reader, text, language, symptom):
    assert understood(reader, text, language).answers["symptom"] == symptom


@pytest.mark.parametrize(
    ("text", "language", "symptom"),
    [
        ("принтер на 2 поверсі жує папір", "uk", "жує папір"),
        ("tlačiareň na 2. poschodí netlačí", "sk", "netlačí"),
        ("ο εκτυπωτής στον 2ο όροφο δεν τυπώνει", "el", "δεν τυπώνει"),
        ("la stampante al secondo piano non stampa", "it", "non stampa"),
    ],
)
def test_a_symptom_never_begins_in_the_midst_of_a_place(reader, text, language, symptom):
    assert understood(reader, text, language).answers["symptom"] == symptom


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("не працює пошта", "uk"),
        ("сетевий принтер здох", "uk"),
        ("dobryi den, ne pratsiuie internet", "uk"),
        ("ne vkliuchaietsia komp, shcho robyty", "uk"),
        ("printer not working", "en"),
        ("my laptop wont start", "en"),
        ("nejde mi tlačiareň", "sk"),
        ("nejde mi internet uz od rana", "sk"),
        ("δεν δουλεύει ο εκτυπωτής", "el"),
        ("den doulevei o ektipotis", "el"),
        ("i othoni mou einai mavri", "el"),
        ("la stampante non va", "it"),
        ("non riesco ad accedere al gestionale", "it"),
        ("Outlook не відкривається після оновлення Windows", "uk"),
        ("το Outlook δεν ανοίγει", "el"),
        ("den exo internet", "el"),
        ("nejde internet", "sk"),
    ],
)
def test_the_language_is_seen_in_short_mixed_and_latin_text(reader, text, language):
    assert understood(reader, text, "en" if language != "en" else "sk").language == language


@pytest.mark.parametrize("language", ["en", "it", "sk"])
def test_words_of_many_languages_are_taken_for_the_persons_own(reader, language):
    assert understood(reader, "no internet", language).language == language


@pytest.mark.parametrize("text", ["ok", "404", "👍", ""])
def test_a_text_without_words_keeps_the_language_of_the_person(reader, text):
    found = understood(reader, text, "sk")
    assert (found.language, found.is_language_sure) == ("sk", False)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Добрий день", "greeting"),
        ("good morning", "greeting"),
        ("Dobrý deň", "greeting"),
        ("Καλημέρα σας", "greeting"),
        ("buonasera", "greeting"),
        ("дякую, все працює", "thanks"),
        ("thanks, that fixed it", "thanks"),
        ("ďakujem, už to ide", "thanks"),
        ("ευχαριστώ, δουλεύει", "thanks"),
        ("grazie, ora funziona", "thanks"),
        ("дякую, вже не висне", "thanks"),
        ("Дякую, але принтер знову не друкує", "report"),
        ("Thanks for fixing the printer yesterday, but now it prints blank pages", "report"),
        ("Thanks! the printer still does not print", "report"),
        ("що там з моєю заявкою 1042?", "status"),
        ("any news on my ticket 1042?", "status"),
        ("aký je stav mojej požiadavky 1042?", "status"),
        ("τι έγινε με το αίτημά μου 1042;", "status"),
        ("a che punto è la mia richiesta 1042?", "status"),
        ("хочу поговорити з живою людиною", "human"),
        ("I want to speak to a human", "human"),
        ("chcem hovoriť s človekom", "human"),
        ("θέλω να μιλήσω με άνθρωπο", "human"),
        ("voglio parlare con un operatore", "human"),
        ("прошу надати доступ до папки Договори", "request"),
        ("please install Visio on my laptop", "request"),
        ("potrebujem nový monitor", "request"),
        ("χρειάζομαι ένα νέο πληκτρολόγιο", "request"),
        ("mi serve un nuovo mouse", "request"),
        ("як змінити пароль від пошти?", "question"),
        ("how do I change my signature?", "question"),
        ("ako si zmením heslo?", "question"),
        ("πώς αλλάζω τον κωδικό μου;", "question"),
        ("come cambio la password?", "question"),
    ],
)
def test_what_a_message_wants(reader, text, intent):
    assert understood(reader, text, "en").intent == intent


@pytest.mark.parametrize("text", ["ok", "no", "ну", "ok ok", "áno", "ναι", "sì"])
def test_words_without_content_are_small_talk(reader, text):
    assert understood(reader, text, "en").intent in ("greeting", "other", "thanks")


@pytest.mark.parametrize("text", ["покажіть мені", "show me", "xyz qwe", "it is about the thing"])
def test_what_is_not_plainly_small_talk_opens_a_ticket(reader, text):
    assert understood(reader, text, "en").intent == "report"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("ноутбук NB-0442 не вмикається", "asset", "NB-0442"),
        ("the monitor is black, serial number PF3K9Z7M", "asset", "PF3K9Z7M"),
        ("notebook nejde zapnúť, mám windows 10", "os", "windows-10"),
        ("ο υπολογιστής κολλάει, έχει 8 GB ram", "memory", "8"),
        ("Excel si chiude da solo, tutto l'ufficio è fermo", "urgency", "blocked"),
        ("тільки в мене не працює інтернет", "scope", "me"),
        ("wifi is down in the whole building", "scope", "site"),
        ("internet nejde, volajte na 0905 448 213", "phone", "+421905448213"),
        ("il fisso non squilla, interno 214", "extension", "214"),
        ("vpn не підключається, помилка 809", "error", "809"),
        ("Word says “The file is corrupt and cannot be opened”", "error",
         "The file is corrupt and cannot be opened"),
        ("не можу відправити листи з orders@firma.ua", "account", "orders@firma.ua"),
        ("outlook se zasekl? nie, Outlook zamŕza od včera", "started", "2026-11-22"),
    ],
)  # fmt: skip
def test_a_field_is_found_in_the_message(reader, text, field, value):
    assert understood(reader, text).answers.get(field) == value


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("can you work on my printer?", "urgency"),
        ("Excel не відкриває файл, учора з ним ще працювали", "started"),
        ("printer broken!!! URGENT!!!", "urgency"),
        ("zavolajte mi, fax 02/5921 4410, tlačiareň nejde", "phone"),
    ],
)
def test_what_is_not_plain_stays_empty(reader, text, field):
    assert field not in understood(reader, text).answers


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("допоможіть будь ласка мені тут щось дивне", "uk"),
        ("щось зламалось", "uk"),
        ("something strange is going on here", "en"),
        ("it broke again", "en"),
        ("niečo sa tu pokazilo", "sk"),
        ("πάλι χάλασε", "el"),
        ("si è rotto di nuovo", "it"),
    ],
)
def test_what_names_no_thing_has_no_category(reader, text, language):
    found = understood(reader, text, language)
    assert (found.intent, found.category) == ("report", None)


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        ("Добрий день! Чи працює впн з-за кордону?", "uk", "Чи працює впн з-за кордону"),
        ("Hi, how do I book a meeting room?", "en", "how do I book a meeting room"),
        ("Ako sa dostanem na wifi pre hostí?", "sk", "Ako sa dostanem na wifi pre hostí"),
        ("πώς βάζω υπογραφή στο Outlook;", "el", "πώς βάζω υπογραφή στο Outlook"),
        ("Scusate, come cambio la firma?", "it", "come cambio la firma"),
    ],
)
def test_a_question_is_not_asked_what_it_asks(reader, text, language, question):
    found = understood(reader, text, language)
    assert (found.intent, found.category) == ("question", "question")
    assert found.answers["symptom"] == question


@pytest.mark.parametrize("data", ["a", "ж", "7", "a-", "a.b", "QUJD/+9", "a@", "a\\", "1.", "ώ;"])
def test_a_word_without_end_costs_no_more_than_a_long_one(reader, data):
    """What is looked at is the same, so the work is: every finder walks these letters."""
    readings = [
        reader.read(f"the printer {data * count} jams", language="en", now=NOW)
        for count in (1_000, 20_000)
    ]
    looked_at = [[reading.text.split(), *Evidence(reading).of_words] for reading in readings]
    assert looked_at[0] == looked_at[1]
    assert max(map(len, readings[0].text.split())) < 300


@pytest.mark.parametrize("line", ["at 5 ", "26.11.2026 14:35, ", "a\n", "the printer jams. "])
def test_of_a_pasted_log_the_beginning_is_read(reader, line):
    """Whatever its length the work is the same, so that nobody else waits for it."""
    readings = [reader.read(line * count, language="en", now=NOW) for count in (20_000, 200_000)]
    assert readings[0].text == readings[1].text
    assert 200 < len(readings[0].tokens) < 2_000


@pytest.mark.parametrize(
    ("text", "language", "category"),
    [
        ("Привіт! Ноут помер", "uk", "computer"),
        ("Привіт, забула пароль", "uk", "access"),
        ("дякую за вчора, принтер знову не друкує", "uk", "printer"),
        ("hey, excel froze", "en", "software"),
        ("thanks for yesterday! the printer is jammed again", "en", "printer"),
        ("Ahojte, myš skapala", "sk", "computer"),
        ("dobry den tlaciaren blbne", "sk", "printer"),
        ("Γεια σας, χάλασε το ποντίκι", "el", "computer"),
        ("Buongiorno, pc morto", "it", "computer"),
        ("ma che schifo, la stampante di merda non va", "it", "printer"),
    ],
)
def test_a_trouble_beside_a_courtesy_or_an_oath_is_understood(reader, text, language, category):
    found = understood(reader, text, language)
    assert (found.intent in ("report", "request"), found.category) == (True, category)


@pytest.mark.parametrize("name", ["M.E.Doc", "Microsoft Teams"])
def test_a_programs_name_is_taken_as_a_whole(reader, name):
    found = understood(reader, f"{name} не відкривається з ранку", "uk")
    assert found.answers["application"] == name


def test_text_fields_are_the_employees_own_words(reader):
    text = "Принтер у коридорі на 2 поверсі жує папір. Перезавантажували двічі, не допомогло."
    found = understood(reader, text)
    for field in ("symptom", "tried", "location"):
        assert found.answers[field] in text
        start, end = found.spans[field]
        assert text[start:end] == found.answers[field]


@pytest.mark.parametrize(
    ("language", "text", "symptom"),
    [
        ("en", "Blank pages\n\nThe printer on floor 2 prints blank pages.", "prints blank pages"),
        ("it", "Non stampa\n\nLa stampante non stampa.", "non stampa"),
    ],
)
def test_a_subject_that_the_mail_says_again_is_told_once(reader, language, text, symptom):
    assert understood(reader, text, language).answers["symptom"].lower() == symptom


def test_a_signature_gives_the_phone_but_no_symptom(reader):
    text = (
        "Hello,\nOutlook does not open.\n\nKind regards\nOlena Kovalenko\n"
        "Error Prevention Team\n+44 161 496 0187"
    )
    found = understood(reader, text)
    assert found.answers["phone"] == "+441614960187"
    assert found.answers["symptom"] == "Outlook does not open"


@settings(max_examples=150)
@given(st.text(max_size=200), st.sampled_from(["uk", "en", "sk", "el", "it", "xx"]))
def test_no_text_is_too_strange_to_read(reader, text, language):
    found = understood(reader, text, language)
    assert found.language in ("uk", "en", "sk", "el", "it")


MARKS = ["1.", "2)", "9:40", "з", "до", "не", "31.02", "99.99", "\n", ">", ":", "/", ",", "?", "-"]
MARKS += ["«", "»", "E5", "INV-", "25", "листопада", "π", "3", "пів", "на", "third", "INV 5", "()"]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(MARKS), max_size=25))
def test_no_mixture_of_marks_is_too_strange_to_read(reader, words):
    understood(reader, " ".join(words), "uk")
