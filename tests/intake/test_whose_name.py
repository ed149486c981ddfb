"""A name is of whom access is for, of a system or of a manager: its place proves little."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-26T10:00:00+02:00")  # a Thursday


def replied(reader, text, language, *asked):
    found = read_answers(
        text, asked=asked, category="access", language=language, now=NOW, reader=reader
    ).filled
    return found.get("system"), found.get("account")


@pytest.mark.parametrize(
    ("language", "text", "system", "account"),
    [
        ("uk", "для Ганни Бойко, CRM, понеділок", "CRM", "Ганни Бойко"),
        ("en", "Emma Watts, Jira, tomorrow", "Jira", "Emma Watts"),
        ("en", "orders@x.co, Payroll share, tomorrow", "Payroll share", "orders@x.co"),
        ("sk", "pre Emu Vrábelovú, CRM, pondelok", "CRM", "Emu Vrábelovú"),
        ("el", "για την Άννα Βλάχου, CRM, Δευτέρα", "CRM", "Άννα Βλάχου"),
        ("it", "per Emma Viola, CRM, lunedì", "CRM", "Emma Viola"),
        ("en", "Jira, Emma Watts, tomorrow", "Jira", "Emma Watts"),
        ("uk", "CRM, Ганна Бойко, понеділок", "CRM", "Ганна Бойко"),
        ("en", "Business Central, Emma Watts, tomorrow", "Business Central", "Emma Watts"),
    ],
)
def test_who_it_is_for_may_come_before_what_it_is_for(reader, language, text, system, account):
    said = replied(reader, text, language, "system", "account", "deadline")
    assert said == (system, account)


@pytest.mark.parametrize(
    ("language", "text", "account"),
    [
        ("uk", "для Ганни Бойко, SAP", "Ганни Бойко"),
        ("en", "for Emma Watts, SAP", "Emma Watts"),
        ("sk", "pre Emu Vrábelovú, SAP", "Emu Vrábelovú"),
        ("el", "για την Άννα Βλάχου, SAP", "Άννα Βλάχου"),
        ("it", "per Emma Viola, SAP", "Emma Viola"),
    ],
)
def test_a_person_and_a_system_side_by_side_are_two_values(reader, language, text, account):
    assert replied(reader, text, language, "account", "deadline") == ("SAP", account)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "потрібен доступ до Jira, мій керівник Іван Бойко"),
        ("en", "need access to Jira, manager is Ann Low"),
        ("en", "please give me access to the payroll folder, my boss is Tim Ray"),
        ("sk", "potrebujem prístup do Jira, môj vedúci je Peter Kováč"),
        ("el", "θέλω πρόσβαση στο Jira, ο προϊστάμενός μου είναι ο Γιάννης Παππάς"),
        ("it", "mi serve accesso a Jira, il mio capo è Mario Bianchi"),
    ],
)
def test_a_manager_is_not_the_account(reader, language, text):
    assert "account" not in reader.understand(text, hint_language=language, now=NOW).answers


def test_whoever_it_is_for_stays_the_account_though_a_manager(reader):
    text = "need access to Jira for my manager Ann Low"
    found = reader.understand(text, hint_language="en", now=NOW).answers
    assert found.get("account", "Ann Low").endswith("Ann Low")


def test_what_is_said_of_a_person_is_no_part_of_the_name(reader):
    text = "κλείστε τον λογαριασμό του Παππά, έφυγε"
    assert reader.understand(text, hint_language="el", now=NOW).answers["account"] == "Παππά"
