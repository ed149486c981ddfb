"""Answers in a list are read however it is written: by numbers, labels, dashes, lines or order."""

import pytest

from tests.intake.answering import COMPUTER, LAPTOP, answered


def test_a_line_with_a_dash_alone_is_a_line(reader):
    asked = ("application", "error", "started", "tried", "urgency")
    found = answered(reader, "Word\nnone\ntoday\n-\nyes", asked, "software")
    assert found.filled == {"application": "Word", "started": "2026-11-23", "urgency": "minor"}
    assert found.declined == {"error", "tried"}


def test_a_list_with_semicolons_is_a_list(reader):
    asked = ("application", "error", "started", "tried", "urgency")
    text = "Excel; помилок нема; зранку; нічого; почекаю"
    found = answered(reader, text, asked, "software", "uk")
    assert found.filled["tried"] == "нічого"
    assert found.declined == {"error"}


def test_a_dash_after_a_number_may_be_the_answer(reader):
    found = answered(reader, "1 - 2 вчора 3 - 4 так", LAPTOP, "computer", "uk")
    assert found.filled == {"started": "2026-11-22", "urgency": "minor"}
    assert found.declined == {"os", "tried"}


def test_answers_in_order_fit_their_questions(reader):
    asked = ("location", "started")
    for text in ("kitchen, since monday", "kitchen\nmonday", "kitchen / monday"):
        found = answered(reader, text, asked, "printer")
        assert found.filled == {"location": "kitchen", "started": "2026-11-16"}
    found = answered(reader, "thanks, room 12", ("location",), "printer")
    assert found.filled == {"location": "room 12"}


EXPECTED = {
    "asset": "NB-0442",
    "os": "windows-11",
    "started": "2026-11-22",
    "tried": "restarted twice",
    "urgency": "blocked",
}


def test_a_greeting_above_the_answers_answers_nothing(reader):
    text = "Zdravím,\nide o dokovaciu stanicu Dell, na Sliač do veže.\nTermín nemám."
    found = answered(reader, text, ("item", "location", "deadline"), "request", "sk")
    assert "Zdravím" not in found.filled.values()
    assert found.declined == {"deadline"}


@pytest.mark.parametrize(
    "text",
    [
        "1. NB-0442\n2. windows 11\n3. yesterday\n4. restarted twice\n5. I can't work",
        "1) NB-0442 2) windows 11 3) yesterday 4) restarted twice 5) can't work at all",
        "1 - NB-0442\n2 - win 11\n3 - yesterday\n4 - restarted twice\n5 - cannot work",
        "1️⃣ NB-0442\n2️⃣ win11\n3️⃣ yesterday\n4️⃣ restarted twice\n5️⃣ I can't work",
        "NB-0442\nwin 11\nyesterday\nrestarted twice\nI can't work",
        "NB-0442 / win 11 / yesterday / restarted twice / I can't work",
        "Inventory number: NB-0442\nOS: windows 11\nSince: yesterday\nTried: restarted twice\n"
        "Urgency: can't work",
        "Inventory number - NB-0442\nOS - windows 11\nSince - yesterday\nTried - restarted twice\n"
        "Urgency - can't work",
        "> 1. Inventory number?\nNB-0442\n> 2. Operating system?\nWindows 11\n> 3. Since when?\n"
        "yesterday\n> 4. Already tried?\nrestarted twice\n> 5. Can you work?\nI can't work",
        "sticker says NB-0442, windows 11, started yesterday, restarted twice. I can't work",
        "5. I can't work 4. restarted twice 3. yesterday 2. windows 11 1. NB-0442",
        "1. NB-0442\n1. windows 11\n2. yesterday\n3. restarted twice\n4. can't work",
        "1 NB-0442\n2 windows 11\n3 yesterday\n4 restarted twice\n5 no",
        "1 NB-0442 2 win11 3 yesterday 4 restarted twice 5 can't work",
        "5 can't work\n2 win11\n1 NB-0442\n4 restarted twice\n3 yesterday",
        "5 no 4 restarted twice 3 yesterday 2 win11 1 NB-0442",
        "1- NB-0442\n2- win11\n3- yesterday\n4- restarted twice\n5- can't work",
        "> 1. Inventory number?\n> 2. Operating system?\n> 3. Since when?\n> 4. Already tried?\n"
        "> 5. Can you work?\n\n1 NB-0442\n2 win11\n3 yesterday\n4 restarted twice\n5 no",
        "a) NB-0442 b) win11 c) yesterday d) restarted twice e) no",
        "A) NB-0442\nB) win11\nC) yesterday\nD) restarted twice\nE) no",
    ],
)
def test_every_style_of_list_is_read(reader, text):
    assert dict(answered(reader, text, COMPUTER, "computer").filled) == EXPECTED


@pytest.mark.parametrize(
    ("text", "category", "language", "filled"),
    [
        ("1) wifi 2) 3 поверх 3) з понеділка", "network",
         "uk", {"connection": "wifi", "location": "3 поверх", "started": "2026-11-16"}),
        ("a) pevná linka\nb) klapka 214\nc) od včera", "telephony", "sk",
         {"phone_service": "landline", "extension": "214", "started": "2026-11-22"}),
        ("α) SAP\nβ) k.pappas\nγ) μέχρι την Παρασκευή", "access", "el",
         {"system": "SAP", "account": "k.pappas", "deadline": "2026-11-27"}),
        ("due monitor / ufficio di Bari / entro venerdì", "request", "it",
         {"item": "due monitor", "location": "ufficio di Bari", "deadline": "2026-11-27"}),
    ],
)  # fmt: skip
def test_lists_are_read_in_every_language(reader, text, category, language, filled):
    assert dict(answered(reader, text, tuple(filled), category, language).filled) == filled


def test_a_wrong_number_yields_to_what_the_value_plainly_is(reader):
    found = answered(reader, "1. windows 10\n2. INV-20418", ("asset", "os"), "computer")
    assert found.filled == {"asset": "INV-20418", "os": "windows-10"}
