"""What is said of an asked field in words that answer it only where they stand."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

NETWORK = ("connection", "started", "scope", "urgency")
SOFTWARE = ("application", "error", "started", "tried")
PRINTER = ("asset", "location", "started")
REQUEST = ("item", "symptom", "location")
ACCESS = ("system", "account", "deadline")


def read(language, text, *, asked, category):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=READER
    )


@pytest.mark.parametrize(
    ("language", "text", "scope"),
    [
        ("uk", "вайфай, з учора, всі філії, може почекати", "company"),
        ("en", "wifi, since yesterday, all branches, it can wait", "company"),
        ("sk", "wifi, od včera, všetky pobočky, počká to", "company"),
        ("el", "wifi, από χθες, όλα τα υποκαταστήματα, μπορεί να περιμένει", "company"),
        ("it", "wifi, da ieri, tutte le filiali, può aspettare", "company"),
        ("uk", "вайфай. в мене і в Тараса. зі вчора. не можу працювати", "team"),
        ("en", "it's the wifi. Tom and I. since yesterday. can't work", "team"),
        ("sk", "je to wifi. mňa a Petra. od včera. nemôžem pracovať", "team"),
        ("el", "είναι το wifi. εμένα και τον Πέτρο. από χθες. δεν μπορώ να δουλέψω", "team"),
        ("it", "è il wifi. me e Paolo. da ieri. non posso lavorare", "team"),
        ("uk", "вайфай, з учора, нас двоє, може почекати", "team"),
        ("en", "wifi, since yesterday, us four, it can wait", "team"),
        ("sk", "wifi, od včera, nočná zmena, počká to", "team"),
        ("el", "wifi, από χθες, εμάς τους τέσσερις, μπορεί να περιμένει", "team"),
        ("it", "wifi, da ieri, il turno di notte, può aspettare", "team"),
    ],
)
def test_branches_are_the_firm_and_a_name_beside_the_writer_makes_two(language, text, scope):
    assert read(language, text, asked=NETWORK, category="network").filled["scope"] == scope


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Медок, була, але я закрив, з понеділка, перезапускав"),
        ("en", "Sage, there was one but I closed it, since monday, restarted it"),
        ("sk", "Pohoda, zabudla som čo tam bolo, od pondelka, reštart"),
        ("el", "Epsilon, είχε αλλά το έκλεισα, από Δευτέρα, έκανα επανεκκίνηση"),
        ("it", "Danea, ho dimenticato cosa diceva, da lunedì, ho riavviato"),
    ],
)
def test_a_message_that_is_gone_cannot_be_told(language, text):
    told = read(language, text, asked=SOFTWARE, category="software")
    assert told.declined == {"error"}
    assert told.filled.keys() == {"application", "started", "tried"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "INV-20418, канцелярія, я була у відпустці"),
        ("uk", "INV-20418, канцелярія, я тільки сьогодні вийшла з лікарняного"),
        ("en", "INV-20418, post room, it was like that when I got here"),
        ("sk", "INV-20418, podateľňa, bola som na dovolenke"),
        ("el", "INV-20418, γραμματεία, ήμουν σε άδεια"),
        ("it", "INV-20418, segreteria, ero in ferie"),
    ],
)
def test_who_was_away_cannot_tell_since_when(language, text):
    told = read(language, text, asked=PRINTER, category="printer")
    assert told.declined == {"started"}
    assert told.filled.keys() == {"asset", "location"}


@pytest.mark.parametrize(
    ("language", "text", "thing"),
    [
        ("uk", "шредер, наш згорів, відділ кадрів, 5 поверх", "шредер"),
        ("sk", "skartovačka, naša zhorela, personálne oddelenie", "skartovačka"),
        (
            "el",
            "καταστροφέα εγγράφων, ο δικός μας κάηκε, τμήμα προσωπικού",
            "καταστροφέα εγγράφων",
        ),
    ],
)
def test_what_opens_the_reply_is_the_thing_though_no_list_knows_it(language, text, thing):
    assert read(language, text, asked=REQUEST, category="request").filled["item"] == thing


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("uk", "Папка Тендери, s.kaur, 2 грудня. Спитайте Грицая, він згоден.", "Грицая"),
        (
            "en",
            "SAP, s.kaur, Friday. Approved by my line manager Ian Webb",
            "line manager Ian Webb",
        ),
        ("sk", "SAP, s.kaur, piatok. Spýtajte sa Grega Pikora, vie o tom.", "Grega Pikora"),
        ("it", "SAP, s.cauri, venerdì. La caposala Moretti è d'accordo.", "caposala Moretti"),
    ],
)
def test_who_approves_is_named_without_small_words_or_is_to_be_asked(language, text, name):
    assert read(language, text, asked=ACCESS, category="access").filled["approver"] == name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Вчасно. ніяких помилок, просто крутиться. з понеділка. перезапускав"),
        ("en", "Sage. no error, it just closes itself. since monday. restarted it"),
        ("sk", "Omega. žiadna chyba, len sa točí. od pondelka. reštart"),
        ("el", "Galaxy. σφάλμα κανένα, απλά γυρνάει. από Δευτέρα. έκανα επανεκκίνηση"),
        ("it", "Danea. errori nessuno, gira e basta. da lunedì. ho riavviato"),
    ],
)
def test_what_happens_in_place_of_a_message_is_what_happens(language, text):
    told = read(language, text, asked=SOFTWARE, category="software")
    assert told.declined == {"error"}
    assert told.filled["symptom"]


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "How awful"), ("uk", "Наскільки кепсько"), ("it", "Quanto grave")],
)
def test_the_last_label_stands_for_the_one_question_left(language, label):
    told = read(
        language,
        f"Error: 0x80070005\nSince: monday\nTried: restart\n{label}: next week will do",
        asked=("error", "started", "tried", "urgency"),
        category="software",
    )
    assert told.filled["tried"] == "restart"


def test_in_ukrainian_no_error_and_the_next_label_are_no_lack_of_time():
    told = read(
        "uk",
        "Програма: BAS\nПомилка: нема\nКоли: в понеділок",
        asked=("application", "error", "started"),
        category="software",
    )
    assert told.declined == {"error"}


def test_what_a_screen_says_tells_nothing_of_the_work():
    told = read(
        "en",
        'can\'t send, outlook, says "message blocked", since yesterday',
        asked=("symptom", "application", "error", "started", "urgency"),
        category="email",
    )
    assert "urgency" not in told.filled


def test_the_laptop_of_somebody_else_that_works_is_not_meant():
    told = read(
        "en",
        "wifi, since yesterday. My wife's laptop is fine so it's just mine",
        asked=NETWORK,
        category="network",
    )
    assert "device" not in told.filled


def test_a_letter_may_stand_before_the_numbers():
    told = read("en", "Q1 INV-20418 Q2 post room Q3 monday", asked=PRINTER, category="printer")
    assert told.filled.keys() == {"asset", "location", "started"}


def test_the_one_moment_under_a_wrong_number_says_since_when():
    told = read(
        "en",
        "1) wifi 3) just me, since monday",
        asked=("connection", "started", "scope"),
        category="network",
    )
    assert told.filled["started"] == "2026-11-16"


@pytest.mark.parametrize("login", ["s.kaur", "a.novak", "i.rossi", "s_iyer"])
def test_the_letters_of_a_login_tell_nothing_of_the_language(login):
    assert READER.language_of(f"SAP, {login}, by friday", "en") == "en"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не знаю що там, я нічого не втикаю. вагончик 3. з ранку, я і Микола"),
        (
            "en",
            "dunno what it is, I plug nothing in. Portakabin 3. since this morning, me and Doug",
        ),
        ("sk", "neviem čo to je, ja nič nezapájam. bunka 3. od rána, ja a Duško"),
        ("it", "non so cosa sia, io non attacco niente. box 3. da stamattina, io e Duccio"),
    ],
)
def test_what_is_unknown_beside_it_takes_back_nobody_who_is_named(language, text):
    asked = ("connection", "location", "started", "scope")
    told = read(language, text, asked=asked, category="network")
    assert told.filled["scope"] == "team"
    assert "scope" not in told.declined


def test_a_device_is_taken_beside_what_is_asked_and_not_out_of_another_text():
    asked = ("asset", "started", "tried")
    text = "5CD0481KQT. began tuesday. I updated the drivers and ran a scan. btw laptop, win 11"
    assert read("en", text, asked=asked, category="computer").filled["device"] == "laptop"
    asked = ("account", "application", "error", "started")
    text = 'd.park@northrig.example / Thunderbird / "Login to server failed" / Thursday'
    assert "device" not in read("en", text, asked=asked, category="email").filled


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1. NB-7\n2. I've moved to Jo's desk, so it's okay to wait"),
        ("it", "1. NB-7\n2. mi sono spostato da Olga, potete fare con calma"),
        ("uk", "1. NB-7\n2. пересів до Олі, можете не поспішати"),
    ],
)
def test_you_may_take_your_time_is_no_question(language, text):
    told = read(language, text, asked=("asset", "urgency"), category="computer")
    assert told.filled["urgency"] == "minor"


def test_not_applicable_may_have_its_reason_and_no_error_no_colon():
    text = "1. Miro\n2. new starters\n3. n/a, it's online"
    told = read("en", text, asked=REQUEST, category="request")
    assert told.declined == {"location"}
    text = "Application is Bloomberg. Error none. Since monday. Restarted it"
    assert read("en", text, asked=SOFTWARE, category="software").declined == {"error"}
