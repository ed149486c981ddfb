"""Another trouble has a ticket of its own; what goes on about the same, or answers, has none."""

from dataclasses import replace

import pytest

from intake.people import LANGUAGES
from intake.placing.comparisons import Another
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says, settled
from tests.intake.troubles import told, waiting

ANOTHER = {
    "uk": (
        "мій Outlook постійно вилітає",
        "миша не працює",
        "ноутбук дуже гальмує",
        "забув пароль до SAP",
    ),
    "en": ("my Outlook keeps crashing", "my mouse died", "the wifi is gone", "teams has no sound"),
    "sk": ("Outlook mi stále padá", "nejde mi internet", "Excel zamŕza", "myš prestala fungovať"),
    "el": (
        "το Outlook μου κολλάει συνέχεια",
        "η οθόνη μου τρεμοπαίζει",
        "ο υπολογιστής δεν ανοίγει",
        "δεν έχω internet",
    ),
    "it": (
        "Outlook mi si chiude di continuo",
        "il monitor lampeggia",
        "non riesco ad accedere alla VPN",
        "il mouse non va",
    ),
}
THE_SAME = {
    "uk": (
        "тепер ще й шумить",
        "і папір застряг теж",
        "для відеодзвінків",
        "перезавантажив ноутбук, не допомогло",
        "пише «немає з'єднання»",
    ),
    "en": (
        "it is now also making noise",
        "and the paper is stuck too",
        "for video calls",
        "I sit next to the server room",
        "I restarted my laptop and it still does not print",
        'it says "no connection"',
    ),
    "sk": (
        "teraz to aj hučí",
        "a papier sa zasekol",
        "pre videohovory",
        "reštartoval som počítač",
        "píše, že nemá spojenie",
    ),
    "el": (
        "τώρα κάνει και θόρυβο",
        "και το χαρτί έχει κολλήσει",
        "από το Word δεν τυπώνει",
        "έκανα επανεκκίνηση τον υπολογιστή",
    ),
    "it": (
        "ora fa anche rumore",
        "e anche la carta è incastrata",
        "per le videochiamate",
        "ho riavviato quella in magazzino",
        "ho riavviato il computer",
    ),
}


def each(lines):
    return [(language, text) for language in LANGUAGES for text in lines[language]]


def beside_a_printer(language, text):
    return told({"text": text, "lang": language}, settled(language=language))


@pytest.mark.parametrize(("language", "text"), each(ANOTHER))
def test_whoever_names_another_thing_with_its_trouble_tells_of_another(language, text):
    assert beside_a_printer(language, text) is Another.SURELY


@pytest.mark.parametrize(("language", "text"), each(THE_SAME))
def test_whoever_names_no_other_thing_goes_on_about_the_same(language, text):
    assert beside_a_printer(language, text) is Another.NO


def test_whoever_names_the_same_thing_beside_another_is_asked():
    assert beside_a_printer("uk", "з Excel друкує, з Word ні") is Another.PERHAPS


def test_a_trouble_told_in_full_is_no_place_even_where_only_the_place_is_asked():
    waiting = a_ticket(answers={"symptom": "δεν τυπώνει"}, asked=("location",), language="el")
    text = "το Outlook μου κολλάει συνέχεια"
    assert told({"text": text, "lang": "el"}, waiting) is Another.SURELY
    there = {"text": "πρώτος όροφος, δίπλα στο λογιστήριο", "lang": "el"}
    assert told(there, waiting) is Another.NO


def test_what_was_restarted_is_not_what_is_broken():
    vpn = settled(category="network", subject="VPN does not connect", language="en")
    text = "I restarted my laptop and it still does not connect"
    assert told({"text": text, "lang": "en"}, vpn) is Another.NO


WITH_ITS_MACHINE = {
    "uk": "вилітає при запуску, з ранку, Windows 11, ноутбук NB-0087",
    "en": "it freezes at start, since this morning, Windows 11, laptop NB-0087",
    "sk": "padá pri spustení, od rána, notebook NB-0087 s Windows 11",
    "el": "κολλάει στην εκκίνηση, από το πρωί, Windows 11, φορητός NB-0087",
    "it": "si blocca all'avvio, da stamattina, Windows 11, portatile NB-0087",
}


@pytest.mark.parametrize(("language", "text"), WITH_ITS_MACHINE.items())
def test_an_answer_that_tells_which_machine_it_happens_on_is_no_other_trouble(language, text):
    mail = a_ticket(
        category="email",
        answers={"application": "Outlook"},
        asked=("account", "error", "started", "urgency"),
        language=language,
    )
    assert told({"text": text, "lang": language}, mail) is Another.NO


BESIDE_A_PROGRAM = {
    "uk": ("а в принтері закінчився тонер", "телефон мовчить"),
    "en": ("and the wifi is out", "my phone is dead"),
    "sk": ("a tlačiareň je bez tonera", "telefón je hluchý"),
    "el": ("και δεν έχει μελάνι ο εκτυπωτής", "το τηλέφωνο είναι νεκρό"),
    "it": ("e la stampante è senza toner", "la VPN non si connette"),
}


@pytest.mark.parametrize(("language", "text"), each(BESIDE_A_PROGRAM))
def test_another_thing_is_another_trouble_however_little_is_said_of_it(language, text):
    known = {"application": "Teams"}
    complete = settled(category="software", subject="Teams", answers=known, language=language)
    assert told({"text": text, "lang": language}, complete) is Another.SURELY


def test_a_plain_trouble_of_another_thing_is_not_what_a_card_asks_for():
    asked = ("symptom", "error", "started", "tried", "urgency")
    teams = a_ticket(
        category="software", subject="Teams", answers={"application": "Teams"}, asked=asked
    )
    text = "la VPN non si connette"
    assert told({"text": text, "lang": "it"}, replace(teams, language="it")) is Another.SURELY


WAITS_FOR_ONE_TEXT = {
    "system": ("access", {"symptom": "cannot get in", "account": "j.smith"}),
    "error": ("software", {"symptom": "crashes", "application": "Word"}),
}
NO_ANSWER = {
    "uk": ("принтер на 3 поверсі теж не працює", "ще й миша перестала працювати"),
    "en": ("the printer on 3rd floor is dead too", "also my mouse stopped working"),
    "sk": ("tlačiareň na 3. poschodí tiež nefunguje", "aj myš mi prestala fungovať"),
    "el": ("και ο εκτυπωτής στον 3ο όροφο δεν λειτουργεί", "και το ποντίκι σταμάτησε να δουλεύει"),
    "it": ("anche la stampante non va", "anche il mouse ha smesso di funzionare"),
}
AN_ANSWER = {
    "system": {
        "uk": "до 1С, не пускає",
        "en": "to the payroll share, it says denied",
        "sk": "do SAP, nepustí ma",
        "el": "στο SAP, δεν με αφήνει",
        "it": "al gestionale, non mi fa entrare",
    },
    "error": {
        "uk": "пише «програма не відповідає»",
        "en": "it says the printer is not found",
        "sk": "píše, že program neodpovedá",
        "el": "γράφει «το πρόγραμμα δεν ανταποκρίνεται»",
        "it": "dice che il programma non risponde",
    },
}


def waiting_for(name, language):
    category, answers = WAITS_FOR_ONE_TEXT[name]
    return a_ticket(
        category=category, subject="", answers=answers, asked=(name,), language=language
    )


@pytest.mark.parametrize("name", WAITS_FOR_ONE_TEXT)
@pytest.mark.parametrize(("language", "text"), each(NO_ANSWER))
def test_the_one_text_that_a_card_waits_for_is_no_other_things_trouble(name, language, text):
    assert told({"text": text, "lang": language}, waiting_for(name, language)) is Another.SURELY


@pytest.mark.parametrize("name", WAITS_FOR_ONE_TEXT)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_one_text_that_a_card_waits_for_is_an_answer(name, language):
    text = AN_ANSWER[name][language]
    assert told({"text": text, "lang": language}, waiting_for(name, language)) is Another.NO


IN_SO_MANY_WORDS = {
    "uk": ("нова проблема: принтер на 3 поверсі без тонера", "Інша проблема, принтер жує папір"),
    "en": (
        "new problem: printer on the 3rd floor has no toner",
        "separate issue: the printer prints blank pages",
        "Hi, I have another problem: the label printer does not print",
    ),
    "sk": (
        "iný problém: tlačiareň na 3. poschodí netlačí",
        "mám ďalší problém, tlačiareň šmuhuje",
    ),
    "el": ("άλλο πρόβλημα: ο εκτυπωτής μασάει χαρτί", "Νέο πρόβλημα, ο εκτυπωτής δεν τυπώνει"),
    "it": (
        "un altro problema: la stampante non stampa",
        "nuovo problema, la stampante è inceppata",
    ),
}
NO_OTHER = {
    "uk": "це не нова проблема, принтер так само жує папір",
    "en": "it is not a new problem, the printer still jams",
    "sk": "nie je to nový problém, tlačiareň stále netlačí",
    "el": "δεν είναι νέο πρόβλημα, ο εκτυπωτής ακόμα δεν τυπώνει",
    "it": "non è un problema nuovo, la stampante non stampa ancora",
}


@pytest.mark.parametrize(("language", "text"), each(IN_SO_MANY_WORDS))
def test_what_is_called_another_problem_is_one_even_of_the_same_kind(language, text):
    assert beside_a_printer(language, text) is Another.SURELY


@pytest.mark.parametrize(("language", "text"), NO_OTHER.items())
def test_what_is_said_to_be_no_new_problem_is_none(language, text):
    assert beside_a_printer(language, text) is Another.NO


@pytest.mark.parametrize(
    "text",
    ["нова проблема", "another problem", "ďalší problém", "άλλο πρόβλημα", "nuovo problema"],
)
def test_that_there_is_another_problem_without_saying_which_is_none_yet(text):
    assert beside_a_printer("en", text) is not Another.SURELY


LISTED = {
    "uk": "2. Outlook постійно вилітає",
    "en": "2. Outlook keeps crashing",
    "sk": "2. Outlook stále padá",
    "el": "2. το Outlook κλείνει συνέχεια",
    "it": "2. Outlook si chiude sempre",
}


@pytest.mark.parametrize("language", LISTED)
def test_a_list_of_troubles_in_several_messages_is_no_answer_by_number(language):
    ticket = a_ticket(language=language, asked=("asset", "started"))
    assert told({"text": LISTED[language], "lang": language}, ticket) is Another.SURELY


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "до речі, як поставити підпис в outlook?"),
        ("uk", "як поміняти пароль в SAP?"),
        ("en", "btw how do I set a signature in outlook?"),
        ("en", "how do I change my password in SAP?"),
        ("sk", "inak, ako si nastavím podpis v outlooku?"),
        ("sk", "ako si zmením heslo do SAP?"),
        ("el", "πώς αλλάζω τον κωδικό στο SAP;"),
        ("it", "a proposito, come imposto la firma in outlook?"),
        ("it", "come cambio la password di SAP?"),
    ],
)
def test_a_question_about_another_thing_is_a_ticket_of_its_own(language, words):
    ticket = a_ticket(language=language)
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert decision.opens is not None
    assert decision.ticket is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "як відкрити outlook в браузері?"),
        ("en", "how do I open outlook in the browser meanwhile?"),
        ("sk", "ako otvorím outlook v prehliadači?"),
        ("el", "πώς ανοίγω το outlook στον browser;"),
        ("it", "come apro outlook nel browser?"),
    ],
)
def test_a_question_about_the_same_thing_is_the_agents(language, words):
    answers = {"application": "Outlook", "symptom": "Outlook не відкривається"}
    ticket = a_ticket(language=language, category="email", answers=answers, asked=("started",))
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert decision.opens is None
    assert dict(decision.ticket.answers) == answers
    assert [say.template for say in decision.says] == ["asked_on"]


DICTATED = (
    (
        "email",
        "ok so the account is j smith at company dot com and I do not see any error it "
        "simply closes and this has been going on since last tuesday or so I already "
        "restarted the laptop and also reinstalled the printer driver because somebody "
        "told me to do that and I can work but it is annoying and the laptop is a dell "
        "with windows ten the sticker says NB-0087 and yes it is only me my colleagues "
        "can open theirs without any problem",
    ),
    (
        "printer",
        "hmm the sticker says PC-0442 i think it's windows eleven and it began this "
        "morning when i plugged in the new monitor i tried turning it off and on again "
        "and i also tried another outlet and the mouse but that didn't change anything "
        "and honestly i can work a bit on my phone but it's slow and my colleague at the "
        "next desk has outlook working fine",
    ),
)
TAKEN_FOR_ANOTHER = (
    "це не комп'ютер, це програма", "it's not the computer, it's the program",
    "no no, it's not the laptop, it is excel", "to nie je počítač, to je program",
    "δεν είναι ο υπολογιστής, είναι το πρόγραμμα", "non è il computer, è il programma",
)  # fmt: skip


@pytest.mark.parametrize(("category", "text"), DICTATED)
def test_a_long_dictated_reply_is_for_its_card_whatever_it_names(category, text):
    decision = DIALOGUE.decide(a_situation(waiting(category, "en")), says(text), NOW)
    assert (decision.opens, decision.besides) == (None, "")
    assert "started" in decision.ticket.answers


def test_what_goes_on_with_also_in_a_dictated_reply_is_no_second_trouble():
    text = (
        "so the laptop number is NB-0442 and it runs windows eleven and it started on monday I "
        "already tried to restart it twice and also unplugged the charger and nothing helped and "
        "there is no error it just stays black and I cannot work at all so it is only me"
    )
    decision = DIALOGUE.decide(a_situation(waiting("computer", "en")), says(text), NOW)
    assert (decision.besides, decision.ticket.answers["urgency"]) == ("", "blocked")


@pytest.mark.parametrize("text", TAKEN_FOR_ANOTHER)
@pytest.mark.parametrize("is_asking", [True, False])
def test_whoever_says_that_it_is_another_thing_goes_on_about_the_same(text, is_asking):
    ticket = waiting("computer", "en")
    ticket = ticket if is_asking else replace(ticket, asked=(), is_complete=True)
    assert DIALOGUE.decide(a_situation(ticket), says(text), NOW).opens is None
