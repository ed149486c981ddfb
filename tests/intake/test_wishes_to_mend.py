"""Who asks that something be mended reports a trouble; who asks for toner wishes for a thing."""

import pytest

from intake.people import LANGUAGES
from intake.understanding import intents
from tests.intake.cast import NOW
from tests.intake.desk import READER

MENDED = {
    "uk": ("можете полагодити екран у переговорній?", "відремонтуйте будь ласка мій монітор"),
    "en": (
        "can the meeting room screen be fixed in half an hour please",
        "could you fix the screen in the boardroom please",
    ),
    "sk": ("dala by sa opraviť obrazovka v zasadačke?", "opravte mi prosím monitor"),
    "el": ("γίνεται να φτιάξετε την οθόνη στην αίθουσα;", "επισκευάστε παρακαλώ την οθόνη μου"),
    "it": ("me lo potete sistemare lo schermo della sala?", "riparate il mio monitor per favore"),
}
MADE = {
    "uk": "зробіть будь ласка логін для нової медсестри",
    "en": "please sort out a login for the new nurse",
    "sk": "vytvorte prosím login pre novú sestru",
    "el": "φτιάξτε λογαριασμό για τη νέα νοσηλεύτρια",
    "it": "create un account per la nuova infermiera",
}
TONER = {
    "uk": "чорний тонер до brother в бухгалтерії будь ласка, закінчується",
    "en": "black toner for the brother in finance please, nearly out",
    "sk": "prosím čierny toner do brothera na učtárni, dochádza",
    "el": "μαύρο τόνερ για το brother στο λογιστήριο παρακαλώ, τελειώνει",
    "it": "toner nero per la brother dell'amministrazione per favore, sta finendo",
}
NOTHING_COMES = {
    "uk": "на rada@hrabove.gov.ua взагалі нічого не приходить",
    "en": "nothing at all arrives at council@hrabove.gov.uk",
    "sk": "na podatelna@obechrabove.sk nám nechodí vôbec nič",
    "el": "στο dimos@kampos-gov.gr δεν μας έρχεται απολύτως τίποτα",
    "it": "su comune@valgrande.it non arriva più nulla",
}
SCAN_GUNS = {
    "uk": "пістолет-сканер на прийманні не читає коди",
    "en": "scanner gun at bay 7 not reading",
    "sk": "skenovacia pištoľ na príjme nečíta kódy",
    "el": "το πιστόλι barcode στην παραλαβή δεν διαβάζει",
    "it": "la pistola lettrice al ricevimento non legge",
}


def read(language, text):
    return READER.understand(text, hint_language=language, now=NOW)


@pytest.mark.parametrize(
    ("language", "text"), [(one, text) for one in LANGUAGES for text in MENDED[one]]
)
def test_a_wish_that_something_be_mended_is_a_trouble(language, text):
    understood = read(language, text)
    assert (understood.intent, understood.category) == ("report", "computer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wish_that_something_be_made_stays_a_wish(language):
    assert read(language, MADE[language]).intent == "request"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wish_for_toner_is_about_the_wish_and_no_printer(language):
    understood = read(language, TONER[language])
    assert (understood.intent, understood.category) == ("request", "request")


def test_a_wish_is_never_about_what_only_troubles_are_about():
    assert intents.topic_of("request", "printer") == "request"
    assert intents.topic_of("request", "access") == "access"
    assert intents.topic_of("report", "printer") == "printer"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_at_which_nothing_arrives_names_what_it_is_about(language):
    understood = read(language, NOTHING_COMES[language])
    assert (understood.intent, understood.category) == ("report", "email")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scanner_held_like_a_gun_is_no_printer(language):
    assert read(language, SCAN_GUNS[language]).category == "computer"


def test_a_till_that_prints_no_receipt_is_no_telephone():
    assert read("uk", "касовий апарат на 2 касі не друкує чек").category == "printer"
