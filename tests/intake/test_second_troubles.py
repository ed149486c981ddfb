"""Two troubles in one message are noticed, and one trouble is hardly ever taken for two."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from intake.people import LANGUAGES
from intake.signs.second_troubles import find_besides, first_of
from tests.intake.cast import DIALOGUE, NOW, OLENA, a_situation, says

CORPUS = Path(__file__).with_name("corpus")
TRULY_TWO = {"uk-f-016", "en-f-013", "sk-f-013"}  # of the corpus: they count their troubles
PRINTER_AND_WIFI = "принтер на 3 поверсі не друкує, E5. А ще в переговорній не працює вайфай"


def items(name):
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def found(reader, item):
    now = datetime.fromisoformat(item["now"]) if "now" in item else NOW
    understood = reader.understand(item["text"], hint_language=item["lang"], now=now)
    return find_besides(reader, item["text"], understood, now)


def test_four_of_five_second_troubles_are_noticed_in_each_language(reader):
    noticed = {language: [] for language in LANGUAGES}
    for item in items("double"):
        noticed[item["lang"]].append(found(reader, item) is not None)
    shares = {language: sum(own) / len(own) for language, own in noticed.items()}
    assert sum(map(sum, noticed.values())) >= 36, shares
    assert min(shares.values()) >= 0.75, shares


def test_what_is_noticed_as_second_is_what_stands_there(reader):
    told = [(item, found(reader, item)) for item in items("double")]
    right = [besides.second.category == item["second"] for item, besides in told if besides]
    assert sum(right) >= 0.8 * len(right)


COUNTED = {
    "uk": "1. принтер жує папір 2. Outlook не відкривається",
    "en": "two things: 1. the printer jams 2. Outlook does not open",
    "sk": "1. tlačiareň netlačí 2. nejde mi Outlook",
    "el": "1. ο εκτυπωτής δεν τυπώνει 2. το Outlook δεν ανοίγει",
    "it": "1) la stampante non stampa 2) Outlook non si apre",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_troubles_counted_within_one_line_are_told_apart(reader, language):
    besides = found(reader, {"text": COUNTED[language], "lang": language})
    assert (besides.first.category, besides.second.category) == ("printer", "email")
    assert "2" not in besides.first.answers["symptom"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "1. принтер не друкує 2. каб 214 3. з ранку"),
        ("en", "1. Outlook crashes 2. Windows 11 3. restarted laptop 4. since yesterday"),
        ("en", "1. the printer jams 2. the paper is stuck"),
        ("en", "the printer on floor 2. Outlook does not open"),
        ("sk", "1. netlačí tlačiareň 2. INV-20418 3. od rána"),
        ("el", "1. ο εκτυπωτής δεν τυπώνει 2. γραφείο 214 3. από το πρωί"),
        ("it", "1. stampante bloccata 2. secondo piano 3. da stamattina"),
    ],
)
def test_a_first_message_in_the_order_of_a_card_is_one_trouble(reader, language, text):
    assert found(reader, {"text": text, "lang": language}) is None


def test_of_a_hundred_messages_with_one_trouble_less_than_one_is_taken_for_two(reader):
    single = [i for i in items("dev") if i["kind"] == "first" and i["id"] not in TRULY_TWO]
    flagged = [item["id"] for item in single if found(reader, item)]
    assert len(flagged) < len(single) / 100, flagged


@pytest.mark.parametrize(
    "text",
    [
        "принтер не друкує, а ще жує папір",
        "Outlook doesn't open. Also, it says that the profile can't be loaded.",
        "Nejde mi VPN z domu. Tiež som skúšal reštart, nepomohlo.",
        "Δεν ανοίγει το Excel. Επίσης ευχαριστώ για τη βοήθεια χθες!",
        "Buongiorno,\n\nil monitor sfarfalla da ieri.\n\nInoltre sono in ufficio fino alle 17.",
    ],
)
def test_more_words_on_the_same_trouble_are_no_second_one(reader, text):
    assert found(reader, {"text": text, "lang": "en"}) is None


def test_the_ticket_is_about_the_first_and_the_words_of_the_second_are_marked():
    decision = DIALOGUE.decide(a_situation(), says(PRINTER_AND_WIFI), NOW)
    assert decision.opens.category == "printer"
    assert "вайфай" not in decision.opens.answers["symptom"]
    assert decision.opens.answers["location"] == "3 поверсі"
    assert decision.besides == "в переговорній не працює вайфай"


FORGOT_BESIDES = {
    "uk": ("не друкує принтер в 214 і ще пароль від пошти забула", "пароль від пошти забула"),
    "en": ("the printer in 214 won't print and I also forgot my password", "forgot my password"),
    "sk": ("netlačí tlačiareň v 214 a ešte som zabudla heslo", "som zabudla heslo"),
    "el": (
        "δεν τυπώνει ο εκτυπωτής στο 214 και επίσης ξέχασα τον κωδικό μου",
        "ξέχασα τον κωδικό μου",
    ),
    "it": (
        "non stampa la stampante in 214 e poi ho dimenticato la password",
        "ho dimenticato la password",
    ),
}
THREE = {
    "uk": "екран чорний. принтер на 2 поверсі жує папір. і мені потрібен доступ до папки HR",
    "en": "my screen is black. the printer on floor 2 is jammed. and I need access to HR share",
    "sk": "obrazovka je čierna. tlačiareň žerie papier. a potrebujem prístup na disk HR",
    "el": "η οθόνη είναι μαύρη. ο εκτυπωτής μασάει χαρτί. και θέλω πρόσβαση στον φάκελο HR",
    "it": "lo schermo è nero. la stampante è inceppata. e mi serve l'accesso alla cartella HR",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_forgotten_besides_is_named_to_the_agent(language):
    text, besides = FORGOT_BESIDES[language]
    decision = DIALOGUE.decide(
        a_situation(person=replace(OLENA, language=language)), says(text), NOW
    )
    assert decision.opens.category == "printer"
    assert decision.besides == besides
    assert besides not in decision.opens.answers["symptom"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_three_troubles_in_three_sentences_the_ticket_is_about_the_first(language):
    first, rest = THREE[language].split(". ", 1)
    decision = DIALOGUE.decide(
        a_situation(person=replace(OLENA, language=language)), says(THREE[language]), NOW
    )
    assert decision.opens.category == "computer"
    assert first.endswith(decision.opens.answers["symptom"])
    assert decision.besides == rest


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_third_is_named_where_the_second_is_split_off(reader, language):
    _, rest = THREE[language].split(". ", 1)
    second = reader.understand(rest, hint_language=language, now=NOW)
    first, besides = first_of(reader, rest, second, NOW)
    assert first.category == "printer"
    assert besides == rest.split(". ", 1)[1]


BARELY = {
    "uk": ("1) ноутбук 2) доступ", "2) доступ"),
    "en": ("1) laptop 2) access", "2) access"),
    "sk": ("1) notebook 2) prístup", "2) prístup"),
    "el": ("1) λάπτοπ 2) πρόσβαση", "2) πρόσβαση"),
    "it": ("1) portatile 2) accesso", "2) accesso"),
}


@pytest.mark.parametrize("language", BARELY)
def test_things_that_are_merely_counted_are_two_troubles(language):
    text, second = BARELY[language]
    person = replace(OLENA, language=language)
    for written in (text, text.replace(" 2)", "\n2.").replace("1)", "1.")):
        decision = DIALOGUE.decide(a_situation(person=person), says(written), NOW)
        assert decision.opens.category == "computer"
        assert "symptom" not in decision.opens.answers
        assert decision.besides.partition(" ")[2] == second.partition(" ")[2]


@pytest.mark.parametrize(
    "text",
    ["1. laptop 2. windows 11 3. room 12", "1) laptop 2) computer", "1. NB-44 2. windows 11"],
)
def test_what_is_counted_of_one_thing_is_one_trouble(text):
    assert not DIALOGUE.decide(a_situation(), says(text), NOW).besides
