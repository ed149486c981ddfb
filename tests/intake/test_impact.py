"""Who says how they get by, or that theirs works, says how the work goes and whom it concerns."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW, each
from tests.intake.desk import READER

ASKED = ("asset", "started", "scope", "urgency")


def answers(language, words, asked=ASKED, category="network"):
    return read_answers(
        words, reader=READER, asked=asked, category=category, language=language, now=NOW
    )


BEFORE = {
    "uk": "NB-0417, з понеділка, {}",
    "en": "NB-0417, since Monday, {}",
    "sk": "NB-0417, od pondelka, {}",
    "el": "NB-0417, από Δευτέρα, {}",
    "it": "NB-0417, da lunedì, {}",
}
WORK = {
    ("uk", "degraded"): ("поки пишу все від руки", "дзвоню клієнтам з власного телефону"),
    ("en", "degraded"): ("writing it all on paper meanwhile", "I use my colleague's pc for now"),
    ("sk", "degraded"): ("zatiaľ píšem na papier", "volám zo súkromného telefónu"),
    ("el", "degraded"): ("προς το παρόν τα γράφω σε χαρτί", "παίρνω από το δικό μου κινητό"),
    ("it", "degraded"): ("intanto scrivo tutto su carta", "chiamo dal mio cellulare"),
    ("uk", "blocked"): ("нікого записати не можемо", "сиджу без діла"),
    ("en", "blocked"): ("we can't book anyone in", "nobody can pay"),
    ("sk", "blocked"): ("nevieme nikoho zapísať", "sedím tu bez práce"),
    ("el", "blocked"): ("δεν μπορούμε να γράψουμε κανέναν", "κάθομαι χωρίς δουλειά"),
    ("it", "blocked"): ("non possiamo registrare nessuno", "sto con le mani in mano"),
    ("uk", "minor"): ("до завтра потерплю",),
    ("en", "minor"): ("I can hold out till tomorrow",),
    ("sk", "minor"): ("do zajtra vydržím",),
    ("el", "minor"): ("μέχρι αύριο αντέχω",),
    ("it", "minor"): ("fino a domani resisto",),
}


@pytest.mark.parametrize(("language", "value"), WORK)
def test_how_one_gets_by_says_how_the_work_goes(language, value):
    for words in WORK[language, value]:
        found = answers(language, BEFORE[language].format(words))
        assert found.filled.get("urgency") == value, words


WHOM = {
    ("uk", "me"): "у колеги за сусіднім столом все працює",
    ("en", "me"): "my colleague's works fine",
    ("sk", "me"): "kolegovi vedľa to ide bez problémov",
    ("el", "me"): "ο διπλανός μου είναι μια χαρά",
    ("it", "me"): "al vicino di scrivania funziona",
    ("uk", "team"): "у сусідів по кабінету те саме",
    ("en", "team"): "my room colleagues have it also",
    ("sk", "team"): "kolegovia vedľa majú to isté",
    ("el", "team"): "οι συνάδελφοι δίπλα το ίδιο",
    ("it", "team"): "le colleghe accanto hanno lo stesso",
}


@pytest.mark.parametrize(("language", "value"), WHOM)
def test_what_is_said_of_others_says_whom_it_concerns(language, value):
    found = answers(language, BEFORE[language].format(WHOM[language, value]))
    assert found.filled.get("scope") == value


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "ми всі втрьох"),
        ("en", "all three of us"),
        ("sk", "nás všetkých troch"),
        ("el", "και οι τρεις μας"),
        ("it", "tutte e tre"),
    ],
)
def test_some_who_are_counted_are_a_team(language, words):
    assert answers(language, BEFORE[language].format(words)).filled.get("scope") == "team"


def test_floors_and_shops_that_are_counted_are_no_team():
    assert answers("en", "NB-0417, since Monday, all three floors").filled.get("scope") != "team"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "колег не питала"),
        ("en", "haven't asked my colleagues if theirs too"),
        ("sk", "nepýtala som sa kolegov či aj im"),
        ("el", "δεν ρώτησα τους συναδέλφους αν και αυτοί"),
        ("it", "non ho chiesto ai colleghi se anche loro"),
    ],
)
def test_who_has_not_asked_others_says_nothing_of_them(language, words):
    assert "scope" not in answers(language, BEFORE[language].format(words)).filled


def test_a_reply_that_is_written_on_a_phone_says_nothing_of_the_work():
    assert "urgency" not in answers("en", "NB-0417, since Monday, writing from my phone").filled


def test_who_cannot_see_anything_is_not_stopped():
    assert "urgency" not in answers("en", "can't read anything on it, since Monday").filled


def test_what_happens_says_nothing_of_the_work():
    found = answers(
        "en", "customers can't get through, since Monday", asked=("symptom", "started", "urgency"),
        category="telephony",
    )  # fmt: skip
    assert "urgency" not in found.filled


def test_who_cannot_wait_does_not_wait():
    assert answers("it", "da lunedì. no, non posso aspettare").filled.get("urgency") != "minor"


def test_a_plain_word_outweighs_how_one_gets_by():
    found = answers("en", "NB-0417, since Monday, no rush, writing it on paper meanwhile")
    assert found.filled["urgency"] == "minor"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "дзвоню поки з власного"),
        ("sk", "volám zatiaľ zo súkromného"),
    ],
)
def test_a_while_that_parts_a_clause_belongs_to_what_is_done(language, words):
    assert answers(language, BEFORE[language].format(words)).filled["urgency"] == "degraded"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "звітність без нього здати не вийде"),
        ("en", "I can't submit the VAT return without it"),
        ("sk", "bez toho výkaz odovzdať nemôžem"),
        ("el", "δεν υποβάλλεται η δήλωση χωρίς αυτό"),
        ("it", "senza questo non presento la dichiarazione"),
    ],
)
def test_what_cannot_be_done_without_it_is_stopped(language, words):
    assert answers(language, BEFORE[language].format(words)).filled["urgency"] == "blocked"


def test_who_is_merely_without_it_says_nothing_of_the_work():
    found = answers("sk", "NB-0417, celá škola je bez nich, od pondelka")
    assert "urgency" not in found.filled


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "крім мене ніхто ним не користується"),
        ("en", "everyone but me is printing"),
        ("sk", "netýka sa nikoho okrem mňa"),
        ("el", "κανείς άλλος εκτός από εμένα"),
        ("it", "a tutti funziona tranne a me"),
    ],
)
def test_nobody_but_the_writer_is_the_writer_alone(language, words):
    assert answers(language, BEFORE[language].format(words)).filled["scope"] == "me"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "увесь театр"),
        ("en", "the whole theatre"),
        ("sk", "celé divadlo"),
        ("el", "όλο το θέατρο"),
        ("it", "l'intero teatro"),
    ],
)
def test_a_whole_house_is_more_than_a_team(language, words):
    assert answers(language, BEFORE[language].format(words)).filled["scope"] == "site"


def test_whom_one_has_asked_is_not_whom_it_concerns():
    found = answers("el", "από Δευτέρα, μόνο σε μένα, ρώτησα όλο το τμήμα")
    assert found.filled.get("scope") != "team"


EVERYONE = {
    "uk": ["усі, 3 поверх", "3 поверх, у всіх", "всі на 3 поверсі"],
    "en": ["everyone, 3rd floor", "3rd floor, all of us"],
    "sk": ["vsetci, 3. poschodie", "3. poschodie, všetci"],
    "el": ["όλοι, 3ος όροφος", "3ος όροφος, όλοι"],
    "it": ["tutti, terzo piano", "al terzo piano tutti", "terzo piano, tutti"],
}


@pytest.mark.parametrize(("language", "words"), each(EVERYONE))
def test_everyone_beside_a_floor_is_all_of_it_and_the_floor_is_the_place(language, words):
    found = answers(language, words, ("location", "started", "scope", "urgency")).filled
    assert found["scope"] == "site"
    assert set(found) == {"scope", "location"}
