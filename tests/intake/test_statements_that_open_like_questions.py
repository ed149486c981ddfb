"""Without a mark at its end “mám to na stole”, “devo firmare” tell something and ask nothing."""

import pytest

from intake.replies.answers import read_answers
from intake.replies.questions_back import without_questions
from tests.intake.cast import NOW
from tests.intake.desk import READER


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sk", "mám to na stole v kancelárii 12"),
        ("sk", "môžem robiť na druhom počítači"),
        ("el", "πρέπει να δηλώνω υπερωρίες"),
        ("el", "μπορώ να περιμένω ως αύριο"),
        ("el", "να το ξανανοίξω δοκίμασα"),
        ("it", "devo firmare le note spese"),
        ("it", "posso usare un altro pc"),
    ],
)
def test_it_tells_something(language, words):
    assert without_questions(words, language) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sk", "mám to reštartovať?"),
        ("sk", "môžem ho vypnúť?"),
        ("el", "πρέπει να το κλείσω;"),
        ("el", "να το ξανανοίξω;"),
        ("it", "devo riavviarlo?"),
        ("it", "posso spegnerlo?"),
    ],
)
def test_with_its_mark_it_asks(language, words):
    assert not without_questions(words, language).strip()


def test_what_one_has_to_do_is_kept():
    asked = ("symptom", "system", "account", "deadline")
    text = "devo protocollare la posta in arrivo, ProtocolloPA, lverdi, domani"
    found = read_answers(
        text, asked=asked, category="access", language="it", now=NOW, reader=READER
    )
    assert found.filled["symptom"] == "protocollare la posta in arrivo"
