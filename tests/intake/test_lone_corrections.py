"""One value alone in a message after a finished card corrects it; among other words it doesn't."""

import pytest

from intake.people import LANGUAGES
from tests.intake.cast import DIALOGUE, NOW, a_situation, an_entry, says, settled

SYMPTOM = {
    "uk": "ноутбук не вмикається",
    "en": "my laptop won't start",
    "sk": "notebook sa nezapne",
    "el": "το λάπτοπ δεν ανοίγει",
    "it": "il portatile non parte",
}
WHERE = {
    "uk": "кабінет 12",
    "en": "room 12",
    "sk": "miestnosť 12",
    "el": "γραφείο 12",
    "it": "stanza 12",
}
NOTHING = {"uk": "нічого", "en": "nothing", "sk": "nič", "el": "τίποτα", "it": "niente"}
KNOWN = {"asset": "NB-1", "os": "windows-10", "started": "2026-11-19", "urgency": "blocked"}
PLACES = {
    "uk": {
        "він у кабінеті 14": "кабінеті 14",
        "він на 3 поверсі": "3 поверсі",
        "ми переїхали в кабінет 20": "кабінет 20",
    },
    "en": {
        "its in room 14": "room 14",
        "its on the 3rd floor": "3rd floor",
        "i moved to room 20": "room 20",
    },
    "sk": {
        "je v miestnosti 14": "miestnosti 14",
        "je na 3. poschodí": "3. poschodí",
        "sedím v miestnosti 15": "miestnosti 15",
    },
    "el": {
        "είναι στο γραφείο 14": "γραφείο 14",
        "είναι στον 3ο όροφο": "3ο όροφο",
        "κάθομαι στο γραφείο 15": "γραφείο 15",
    },
    "it": {
        "è nella stanza 14": "stanza 14",
        "è al 3 piano": "3 piano",
        "sono nella stanza 15": "stanza 15",
    },
}
SINCE_TUESDAY = {
    "uk": ["з вівторка", "це почалося у вівторок"],
    "en": ["since tuesday", "it started on tuesday"],
    "sk": ["od utorka", "začalo to v utorok"],
    "el": ["από Τρίτη", "άρχισε την Τρίτη"],
    "it": ["da martedì", "è iniziato martedì"],
}
ANOTHER_LAPTOP = {
    "uk": ["ні, тепер у мене NB-0999", "NB-0999"],
    "en": ["no, I use NB-0999 now", "NB-0999"],
    "sk": ["nie, teraz mám NB-0999", "NB-0999"],
    "el": ["όχι, τώρα έχω το NB-0999", "NB-0999"],
    "it": ["no ora uso NB-0999", "NB-0999"],
}
TRIED = {
    "uk": {"ще перезапускав": "перезапускав", "ще пробував іншу зарядку": "зарядку"},
    "en": {"i restarted it too": "restarted", "also tried another charger": "charger"},
    "sk": {"aj som ho reštartoval": "reštartoval", "skúšal som aj inú nabíjačku": "nabíjačku"},
    "el": {"έκανα και επανεκκίνηση": "επανεκκίνηση", "δοκίμασα και άλλο φορτιστή": "φορτιστή"},
    "it": {"l'ho anche riavviato": "riavviato", "ho provato anche altri cavi": "cavi"},
}  # fmt: skip
MENTIONS = {
    "uk": [
        "колега з кабінету 14 теж не може працювати",
        "NB-0999 працює нормально",
        "у вівторок я у відпустці",
        "забрав інший ноутбук NB-0999 у колеги, він без зарядки",
        "на 3 поверсі теж немає інтернету",
    ],
    "en": [
        "my colleague in room 14 can't work either",
        "NB-0999 works fine",
        "on tuesday I am on leave",
        "borrowed NB-0999 from a colleague, it has no charger",
        "the 3rd floor has no internet either",
    ],
    "sk": [
        "kolega z miestnosti 14 tiež nemôže pracovať",
        "NB-0999 funguje normálne",
        "v utorok mám dovolenku",
        "kolega mi nechal NB-0999, nemá nabíjačku",
        "na 3. poschodí tiež nejde internet",
    ],
    "el": [
        "ο συνάδελφος στο γραφείο 14 επίσης δεν μπορεί να δουλέψει",
        "το NB-0999 δουλεύει κανονικά",
        "την Τρίτη έχω άδεια",
        "δανείστηκα το NB-0999 από συνάδελφο, δεν έχει φορτιστή",
        "ούτε στον 3ο όροφο έχει ίντερνετ",
    ],
    "it": [
        "anche il collega della stanza 14 non riesce a lavorare",
        "NB-0999 funziona bene",
        "martedì sono in ferie",
        "ho preso in prestito NB-0999 da un collega, non ha il caricatore",
        "anche al 3 piano non c'è internet",
    ],
}


def a_laptops(language, **more):
    answers = {"symptom": SYMPTOM[language], "location": WHERE[language], **KNOWN}
    answers |= {"tried": NOTHING[language], **more}
    about = {"category": "computer", "subject": SYMPTOM[language]}
    return settled(language=language, answers=answers, **about)


def decided(text, ticket):
    last = an_entry(ticket, minutes_ago=0.1)
    return DIALOGUE.decide(a_situation(ticket, last_entry=last), says(text), NOW)


def corrected(decision):
    """Field by field, if it was said to the person as well."""
    said = [
        line
        for say in decision.says
        if say.template == "corrected"
        for line in say.values["lines"]
    ]
    changes = {
        c.what.removeprefix("answer:"): (c.before, c.after) for c in decision.changes if c.before
    }
    assert len(said) == len(changes)
    return changes


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [(one, text, place) for one in LANGUAGES for text, place in PLACES[one].items()],
)
def test_a_place_alone_is_where_it_is_now(language, text, place):
    decision = decided(text, a_laptops(language))
    assert corrected(decision) == {"location": (WHERE[language], place)}


@pytest.mark.parametrize(
    ("language", "text"), [(one, text) for one in LANGUAGES for text in SINCE_TUESDAY[one]]
)
def test_since_when_alone_is_since_when_it_is(language, text):
    decision = decided(text, a_laptops(language))
    assert corrected(decision) == {"started": ("2026-11-19", "2026-11-17")}


@pytest.mark.parametrize(
    ("language", "text"), [(one, text) for one in LANGUAGES for text in ANOTHER_LAPTOP[one]]
)
def test_another_number_alone_is_the_number(language, text):
    assert corrected(decided(text, a_laptops(language))) == {"asset": ("NB-1", "NB-0999")}


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [(one, text, word) for one in LANGUAGES for text, word in TRIED[one].items()],
)
def test_what_was_tried_grows_and_takes_the_place_of_nothing(language, text, word):
    decision = decided(text, a_laptops(language))
    assert decision.opens is None
    assert not decision.is_unsure
    ((before, after),) = corrected(decision).values()
    assert before == NOTHING[language]
    assert word in after
    assert NOTHING[language] not in after
    more = decided(text, a_laptops(language, tried="BIOS")).ticket.answers["tried"]
    assert more == f"BIOS; {after}"
    again = decided(text, a_laptops(language, tried=more))
    assert again.ticket.answers["tried"] == more
    assert again.says


@pytest.mark.parametrize(
    ("language", "text"), [(one, text) for one in LANGUAGES for text in MENTIONS[one]]
)
def test_among_other_words_a_mere_mention_changes_nothing_and_is_heard(language, text):
    decision = decided(text, a_laptops(language))
    assert corrected(decision) == {}
    assert decision.says or decision.opens
