"""A name in quotation marks keeps both of them."""

import pytest

from tests.intake.cast import NOW
from tests.intake.desk import READER

ASKED = {
    "uk": ("Потрібен доступ до папки «Договори»", "папки «Договори»"),
    "en": ('I need access to the folder "Contracts"', 'folder "Contracts"'),
    "sk": ("Prístup do priečinka „Zmluvy“", "priečinka „Zmluvy“"),
    "el": ("Πρόσβαση στον φάκελο «Συμβάσεις»", "φάκελο «Συμβάσεις»"),
    "it": ("Mi serve l'accesso alla cartella «Contratti»", "cartella «Contratti»"),
}


@pytest.mark.parametrize("language", ASKED)
def test_a_name_that_is_quoted_keeps_its_closing_mark(language):
    text, name = ASKED[language]
    understood = READER.understand(text, hint_language=language, now=NOW)
    assert understood.answers["system"] == name
