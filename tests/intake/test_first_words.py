"""Who presents themselves, compares a sound with a robot, skips a card or insults at first."""

import pytest

from tests.intake.cast import NOW, a_ticket, decided, each
from tests.intake.desk import READER

PRESENTS = {
    "uk": (
        "я Аня з кадрів", "Добрий день, мене звати Ольга", "вітаю, це Марина Кот з бухов",
        "знову я",
    ),
    "en": (
        "I'm Ann from HR", "Hello, my name is Olga", "hi, this is Tom Reed from accounts",
        "hello it's me again",
    ),
    "sk": (
        "som Anka z personálneho", "Dobrý deň, volám sa Oľga", "ahoj, tu Mária z učtárne",
        "to som zase ja",
    ),
    "el": (
        "είμαι η Άννα από το προσωπικό", "Γεια σας, με λένε Όλγα", "καλημέρα, εδώ ο Νίκος",
        "πάλι εγώ",
    ),
    "it": (
        "sono Anna delle risorse umane", "Buongiorno, mi chiamo Olga", "salve, sono Mario",
        "ciao, sono di nuovo io",
    ),
}  # fmt: skip
TELLS = {
    "uk": ("я Аня з кадрів, не друкує принтер", "це Outlook", "я без інтернету"),
    "en": ("I'm Ann from HR, my screen flickers", "it's Outlook", "I'm offline"),
    "sk": ("som Anka z personálneho, netlačí tlačiareň", "je to Outlook", "som bez internetu"),
    "el": ("είμαι η Άννα, δεν τυπώνει ο εκτυπωτής", "είναι το Outlook", "είμαι χωρίς ίντερνετ"),
    "it": ("sono Anna, non stampa la stampante", "è Outlook", "sono senza internet"),
}
ROBOT = {
    "uk": "на дзвінках мене чують як робота",
    "en": "on calls they hear me like a robot",
    "sk": "pri hovoroch ma počujú ako robota",
    "el": "στις κλήσεις με ακούνε σαν ρομπότ",
    "it": "in chiamata mi sentono come un robot",
}
SKIP = {"uk": "пропустити", "en": "skip it", "sk": "preskočiť", "el": "παράλειψη", "it": "salta"}
INSULT = {
    "uk": ("бовдури ви рідкісні", "Скарга"),
    "en": ("you absolute muppets", "Complaint"),
    "sk": ("ste banda neschopných", "Sťažnosť"),
    "el": ("είστε τελείως άχρηστοι", "Παράπονο"),
    "it": ("siete dei buoni a nulla", "Reclamo"),
}


@pytest.mark.parametrize(("language", "text"), each(PRESENTS))
def test_who_only_says_who_they_are_is_welcomed(language, text):
    decision = decided(language, text)
    assert (decision.opens, [say.template for say in decision.says]) == (None, ["welcome"])


@pytest.mark.parametrize(("language", "text"), each(TELLS))
def test_what_is_told_beside_a_name_opens_a_ticket(language, text):
    assert decided(language, text).opens is not None


@pytest.mark.parametrize("language", ROBOT)
def test_who_sounds_like_a_robot_wants_no_person(language):
    assert READER.understand(ROBOT[language], hint_language=language, now=NOW).intent != "human"


@pytest.mark.parametrize("language", SKIP)
def test_who_skips_the_card_sends_it_as_it_is(language):
    ticket = decided(language, SKIP[language], a_ticket(language=language)).ticket
    assert ticket.asked == ()


@pytest.mark.parametrize("language", INSULT)
def test_no_list_repeats_an_insult(language):
    text, title = INSULT[language]
    decision = decided(language, text)
    assert (decision.flag, decision.opens.subject, decision.opens.preview) == (
        "abuse",
        title,
        text,
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "після 15 будь ласка"),
        ("en", "after 3pm please"),
        ("sk", "po 15 prosím"),
        ("el", "μετά τις 3 παρακαλώ"),
        ("it", "dopo le 15 per favore"),
    ],
)
def test_when_to_call_is_heard_and_asks_no_status(language, text):
    decision = decided(language, text, a_ticket(language=language))
    assert [say.template for say in decision.says] == ["added"]
    assert decision.ticket.asked == ("asset", "started")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "це не тімс це зум"),
        ("en", "it's not teams it's zoom"),
        ("sk", "to nie je teams to je zoom"),
        ("el", "δεν είναι το teams είναι το zoom"),
        ("it", "non è teams è zoom"),
    ],
)
def test_one_thing_in_place_of_another_is_no_second_ticket(language, text):
    ticket = a_ticket(language=language, category="telephony", answers={"symptom": "…"})
    assert decided(language, text, ticket).opens is None
