"""Lessons are well-formed and stand apart from what measures; what is made is up to date."""

import json
from pathlib import Path

import pytest

from intake.catalogue import Catalogue
from intake.people import LANGUAGES
from intake.understanding.compiling import fingerprint
from intake.understanding.lexicon import COMPILED
from tests.tools.composing import composed

CORPUS = Path(__file__).with_name("corpus")
MEASURES = ("dev", "exam", "own", "unseen", "trades", "fresh", "varied", "manners")


def items(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def words(item):
    return " ".join(item["text"].casefold().split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_lesson_repeats_a_message_that_measures(language):
    measured = {words(item) for name in MEASURES for item in items(CORPUS / f"{name}.jsonl")}
    lessons = items(CORPUS / "lessons" / f"{language}.jsonl")
    assert len(lessons) > 500
    made = composed(Catalogue.shipped(), language)
    assert not measured.intersection(map(words, [*lessons, *made]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_in_a_label_stands_in_its_message(language):
    for item in items(CORPUS / "lessons" / f"{language}.jsonl"):
        for field in ("symptom", "tried", "location", "item"):
            for span in item["gold"].get(field, "").split(" ; "):
                assert " ".join(span.casefold().split()) in words(item), item["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_that_is_composed_has_the_words_of_its_label(language):
    catalogue = Catalogue.shipped()
    lessons = composed(catalogue, language)
    assert lessons == composed(catalogue, language)
    for item in lessons:
        for field in ("symptom", "tried", "location", "item", "error", "account"):
            assert item["gold"].get(field, "").casefold() in item["text"].casefold(), item["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_nets_are_made_of_the_word_lists_as_they_are(language):
    beside, _ = COMPILED.joinpath(f"{language}.json").read_bytes().splitlines()
    assert json.loads(beside)["made_of"] == fingerprint(language), "run `make words`"
