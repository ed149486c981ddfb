"""Tables of our own phrases: what is said by them, in whatever language and spelling."""

import re
from datetime import UTC, datetime

import pytest

from intake.people import LANGUAGES
from intake.replies.questions_back import questions
from intake.replies.repetitions import restated
from intake.understanding.folding import plain
from intake.understanding.phrases import TABLES, said_of, table, whole

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def words_of(reader, text, name, language, **mixed):
    reading = reader.read(text, language=language, now=NOW)
    return {
        listed: [reading.says(at, at + 1) for at in sorted(covered)]
        for listed, covered in said_of(reading, name, **mixed).items()
        if covered
    }


@pytest.mark.parametrize("name", sorted(path.name[:-5] for path in TABLES.iterdir()))
def test_every_list_of_a_table_speaks_all_five_languages(name):
    lists = table(name).items()
    assert {
        listed: set(LANGUAGES) - set(own) for listed, own in lists if set(own) != set(LANGUAGES)
    } == {}


def test_a_list_covers_the_words_of_its_phrases(reader):
    said = words_of(reader, "please cancel my tickets", "withdrawing", "en")
    assert said["calls_off"] == ["cancel"]
    assert said["ticket"] == ["tickets"]


def test_a_list_of_another_language_holds_only_where_people_mix_them(reader):
    text = "ok, відповім"
    assert "puts_off" not in words_of(reader, text, "told", "en")
    assert words_of(reader, text, "told", "en", is_mixed=True)["puts_off"] == ["відповім"]


def test_a_phrase_is_found_in_other_letters_too(reader):
    said = words_of(reader, "noumero 210 555 0187", "told", "el", is_mixed=True)
    assert said["reached"] == ["noumero"]


def test_of_two_phrases_a_pattern_finds_the_longer():
    found = re.search(whole("besides", "first"), plain("Another thing: the mouse"))
    assert found
    assert found.group() == "another thing"


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ"])
def test_any_apostrophe_will_do(apostrophe):
    asked = questions(f"I don{apostrophe}t understand", "en")
    assert [question.is_puzzled for question in asked] == [True]


def test_capitals_end_in_no_letter_of_their_own():
    assert restated("ΔΕΝ ΕΙΠΑ ΑΥΤΟ, ΟΠΩΣ ΕΙΠΑ αίθουσα 12") == restated(
        "δεν είπα αυτό, όπως είπα αίθουσα 12"
    )


GAPS = {  # "can't .. work" in one sentence, but not in two
    "uk": "не можу знайти {} працювати є де",
    "en": "it is for sales {} tonight it stopped",
    "sk": "nemôžem ho nájsť {} pracovať je kde",
    "el": "δεν μπορώ {} δουλέψω μια χαρά",
    "it": "nessuno risponde {} lavora solo Marco",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_left_open_reach_over_no_end_of_a_sentence(reader, language):
    for stop in (".", "!", "?", ";", "…", "...", "\n"):
        text = GAPS[language].format(stop).replace(f" {stop}", stop)
        reading = reader.read(text, language=language, now=NOW)
        assert "urgency.blocked" not in reading.hits, text
    within = GAPS[language].replace("{} ", "")
    assert "urgency.blocked" in reader.read(within, language=language, now=NOW).hits


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where are my st. george keys from repair", "en"),
        ("kde je môj 3. notebook z opravy", "sk"),
        ("де мій каб. принтер з ремонту", "uk"),
    ],
)
def test_the_point_of_a_short_form_or_a_numeral_ends_no_sentence(reader, text, language):
    assert words_of(reader, text, "chasing", language)["chases"]
