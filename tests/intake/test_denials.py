"""“Not this but that” says of a choice what is so, however short it is."""

import pytest

from intake.replies.denials import find_denials
from intake.understanding import Reader
from tests.intake.cast import CATALOGUE, DIALOGUE, NOW, a_situation, a_ticket, says, settled

KNOWN = {
    "symptom": "slow", "asset": "NB-1", "os": "windows-10", "started": "2026-11-22",
    "urgency": "blocked", "scope": "me",
}  # fmt: skip


def heard(language, words, asked=(), **known):
    more = {"language": language, "category": "computer", "answers": KNOWN | known}
    ticket = a_ticket(asked=asked, **more) if asked else settled(**more)
    return DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "не windows 10, 11"), ("uk", "не вінда 10, а 11"), ("uk", "не 10, а 11"),
        ("en", "not windows 10, 11"), ("en", "not windows 10, it's 11"), ("en", "not 10, 11"),
        ("en", "sorry, windows 11 not 10"),
        ("sk", "nie windows 10, 11"), ("sk", "nie windows 10, ale 11"),
        ("el", "όχι windows 10, 11"), ("el", "όχι 10, 11"),
        ("it", "non windows 10, 11"), ("it", "non è windows 10, è 11"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("asked", [(), ("tried",)])
def test_the_number_alone_corrects_the_version(asked, language, words):
    assert heard(language, words, asked).answers == KNOWN | {"os": "windows-11"}


@pytest.mark.parametrize("words", ["not windows, mac", "it's mac not windows"])
def test_who_denies_the_kind_denies_its_version(words):
    assert heard("en", words).answers["os"] == "macos"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "це не ноутбук, а стаціонарний"),
        ("uk", "не ноутбук, а стаціонарний комп'ютер"),
        ("en", "it's not a laptop, it's a desktop"),
        ("en", "desktop, not laptop"),
        ("sk", "nie je to notebook, ale stolový počítač"),
        ("sk", "to nie je notebook, je to stolový"),
        ("el", "δεν είναι φορητός, είναι σταθερός"),
        ("el", "όχι laptop, σταθερός"),
        ("it", "non è il portatile, è il fisso"),
        ("it", "non è un portatile ma un fisso"),
    ],
)
@pytest.mark.parametrize("known", [{}, {"device": "laptop"}])
@pytest.mark.parametrize("asked", [(), ("tried",)])
def test_another_device_takes_the_place_of_the_one_that_is_denied(asked, known, language, words):
    assert heard(language, words, asked, **known).answers == KNOWN | {"device": "desktop"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "працювати можу, але важко"),
        ("en", "I can work, just slowly"),
        ("sk", "pracovať môžem, len pomaly"),
        ("el", "μπορώ να δουλέψω, απλά αργά"),
        ("it", "posso lavorare, ma lentamente"),
    ],
)
@pytest.mark.parametrize("asked", [(), ("tried",)])
def test_who_can_work_after_all_is_not_blocked(asked, language, words):
    assert heard(language, words, asked).answers == KNOWN | {"urgency": "degraded"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "у всіх так"),
        ("en", "everybody has it"),
        ("sk", "majú to všetci"),
        ("el", "όλοι το έχουν"),
        ("it", "ce l'hanno tutti"),
    ],
)
def test_what_is_all_that_is_said_is_so(language, words):
    assert heard(language, words).answers == KNOWN | {"scope": "team"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "ой, не 0442 а NB-0443"), ("uk", "не 0442 а 0443"),
        ("en", "oops not 0442, NB-0443"), ("en", "not 0442 but 0443"), ("en", "not 442, 443"),
        ("sk", "nie 0442 ale NB-0443"), ("sk", "nie 0442, 0443"),
        ("el", "όχι 0442 αλλά NB-0443"), ("el", "όχι 0442, 0443"),
        ("it", "non 0442 ma NB-0443"), ("it", "non NB-0442 ma 0443"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("asked", [(), ("tried",)])
def test_a_label_is_denied_by_its_digits_and_keeps_the_rest(asked, language, words):
    assert heard(language, words, asked, asset="NB-0442").answers["asset"] == "NB-0443"


@pytest.mark.parametrize(
    ("language", "before", "words", "after"),
    [
        ("uk", "каб 12", "не 12 а 14 кабінет", "14 кабінет"),
        ("uk", "вдома", "не вдома, а в офісі", "офісі"),
        ("en", "home", "not home but office", "office"),
        ("en", "home", "office, not home", "office"),
        ("sk", "doma", "nie doma ale v kancelárii", "kancelárii"),
        ("el", "σπίτι", "όχι σπίτι αλλά γραφείο", "γραφείο"),
        ("it", "casa", "non casa ma ufficio", "ufficio"),
    ],
)
def test_a_place_gives_way_to_the_words_in_its_stead(language, before, words, after):
    assert heard(language, words, location=before).answers["location"] == after


@pytest.mark.parametrize(
    ("language", "before", "words"),
    [
        ("uk", "вдома", "не вдома, але не працює"),
        ("en", "home", "not home but it still does not work"),
        ("en", "NB-0442", "not 22 but 33"),
    ],
)
def test_what_is_no_place_and_no_label_takes_the_place_of_none(language, before, words):
    assert heard(language, words, asset=before, location=before).answers["location"] == before


class Counting(Reader):
    """Counts what it is given to read."""

    def __init__(self, catalogue):
        super().__init__(catalogue)
        self.letters = 0

    def read(self, text, **more):
        self.letters += len(text)
        return super().read(text, **more)


def test_whoever_denies_without_end_is_not_read_without_end():
    reader, counted = Counting(CATALOGUE), []
    for times in (60, 120):
        said = reader.read("not the printer " * times, language="en", now=NOW)
        reader.letters = 0
        find_denials(reader, KNOWN, said)
        counted.append(reader.letters)
    assert 0 < counted[0] == counted[1]
