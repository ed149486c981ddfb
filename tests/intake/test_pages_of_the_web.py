"""The address of a page is one word: what is in it is no number, code or login."""

import pytest

from tests.intake.cast import NOW, READER

PAGE = "https://intranet.firma.example/apps/form?id=4711&room=214"
TOLD = {
    "uk": ("Форма на цій сторінці зламана: {}", "прошу доступ до {}, логін jsmith"),
    "en": ("The form on this page is broken, look: {}", "please give me access to {}"),
    "sk": ("Formulár na tejto stránke nejde, pozrite: {}", "prosím prístup do {}"),
    "el": ("Η φόρμα σε αυτή τη σελίδα δεν ανοίγει: {}", "παρακαλώ πρόσβαση στο {}"),
    "it": ("Il modulo su questa pagina è rotto: {}", "vorrei l'accesso a {}"),
}


def understood(text, language):
    return READER.understand(text.format(PAGE), hint_language=language, now=NOW)


@pytest.mark.parametrize("language", TOLD)
def test_a_page_that_is_broken_asks_for_no_access(language):
    found = understood(TOLD[language][0], language)
    assert found.category != "access"
    assert {"account", "asset", "error", "location", "phone"}.isdisjoint(dict(found.answers))


@pytest.mark.parametrize("language", TOLD)
def test_the_one_page_that_access_is_for_is_taken_whole(language):
    found = understood(TOLD[language][1] + ".", language)
    assert (found.category, found.answers["system"]) == ("access", PAGE)


def test_a_page_that_tells_how_is_neither_label_nor_error():
    found = understood("printer on floor 3 jams, the manual says {}", "en")
    assert set(found.answers) == {"symptom", "location"}
    assert found.answers["symptom"].endswith("jams")
