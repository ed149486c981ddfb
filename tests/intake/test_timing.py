"""Since when: never a moment that is denied, at which it still worked, or that has yet to come."""

from datetime import datetime

import pytest

from intake.filling import read_words
from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-23T10:30:00+02:00")  # a Monday
COMPUTER = ("os", "started", "tried", "urgency")


def replied(reader, text, language):
    found = read_answers(
        text, asked=COMPUTER, category="computer", language=language, now=NOW, reader=reader
    )
    return found.filled


def told(reader, text, language):
    return reader.understand(text, hint_language=language, now=NOW).answers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не з понеділка, з вівторка"),
        ("en", "not since monday, since tuesday"),
        ("sk", "nie od pondelka, od utorka"),
        ("el", "όχι από Δευτέρα, από Τρίτη"),
        ("it", "non da lunedì, da martedì"),
    ],
)
def test_the_day_is_the_one_that_stands_in_place_of_what_is_denied(reader, language, text):
    assert replied(reader, text, language)["started"] == "2026-11-17"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "вчора працювало"),
        ("en", "it worked yesterday"),
        ("sk", "včera to išlo"),
        ("el", "χθες δούλευε"),
        ("it", "ieri funzionava"),
    ],
)
def test_it_did_not_begin_when_it_still_worked(reader, language, text):
    assert "started" not in replied(reader, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "вчора принтер працював, сьогодні ні"),
        ("en", "the printer worked yesterday, it jams since today"),
        ("sk", "včera tlačiareň fungovala, dnes nie"),
        ("el", "χθες ο εκτυπωτής δούλευε, σήμερα όχι"),
        ("it", "ieri la stampante funzionava, oggi no"),
    ],
)
def test_it_began_on_the_day_that_is_named_beside(reader, language, text):
    assert told(reader, text, language)["started"] == "2026-11-23"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "can't open the Q3 folder, it worked on Friday"),
        ("en", "the folder was there on Friday, now it's gone"),
        ("uk", "не відкривається папка Q3, у п'ятницю працювала"),
        ("sk", "neotvorím priečinok Q3, v piatok fungoval"),
        ("el", "δεν ανοίγει ο φάκελος Q3, την Παρασκευή δούλευε"),
        ("it", "non apro la cartella Q3, venerdì funzionava"),
    ],
)
def test_nor_is_it_due_on_such_a_day(reader, language, text):
    assert not told(reader, text, language).keys() & {"started", "deadline"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "принтер не працює з п'ятниці"),
        ("en", "the printer hasn't worked since friday"),
        ("sk", "tlačiareň nefunguje od piatku"),
        ("el", "ο εκτυπωτής δεν δουλεύει από την Παρασκευή"),
        ("it", "da venerdì la stampante non funzionava più"),
    ],
)
def test_it_did_begin_when_it_no_longer_worked(reader, language, text):
    assert told(reader, text, language)["started"] == "2026-11-20"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "нарада о 15:00, проектор не працює"),
        ("en", "meeting at 15:00, projector doesn't work"),
        ("sk", "porada o 15:00, projektor nejde"),
        ("el", "σύσκεψη στις 15:00, ο προτζέκτορας δεν δουλεύει"),
        ("it", "riunione alle 15:00, il proiettore non va"),
        ("en", "printer jams, need it at 14:00"),
        ("uk", "нарада о 9:00, а проектор не працює"),
        ("sk", "porada o 9:00 a projektor nejde"),
    ],
)
def test_an_appointment_is_not_when_it_began(reader, language, text):
    assert "started" not in told(reader, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "завтра о 10"),
        ("en", "tomorrow at 10"),
        ("sk", "zajtra o 10"),
        ("el", "αύριο στις 10"),
        ("it", "domani alle 10"),
    ],
)
def test_nothing_has_begun_tomorrow(reader, language, text):
    assert "started" not in replied(reader, text, language)
    assert read_words(reader, "started", text, language, NOW) == ""


@pytest.mark.parametrize("text", ["since this morning", "today", "since 10:35", "at 8"])
def test_today_and_a_clock_that_is_fast_are_no_future(reader, text):
    assert replied(reader, text, "en")["started"].startswith("2026-11-23")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "з 23:00"),
        ("en", "since 23:00"),
        ("sk", "od 23:00"),
        ("el", "από τις 23:00"),
        ("it", "dalle 23:00"),
    ],
)
def test_an_hour_that_has_yet_to_come_was_last_night(reader, language, text):
    assert replied(reader, text, language)["started"] == "2026-11-22T23:00:00+02:00"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "працювало до п'ятниці, тепер не працює"),
        ("en", "it worked until Friday, now it doesn't"),
        ("sk", "fungovalo to do piatku, teraz nie"),
        ("el", "δούλευε μέχρι την Παρασκευή, τώρα όχι"),
        ("it", "funzionava fino a venerdì, ora no"),
    ],
)
def test_nothing_is_due_on_the_day_up_to_which_it_worked(reader, language, text):
    assert "deadline" not in told(reader, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "з ранку в 2.14 не працює проектор"), ("en", "projector in 2.14 wont start today"),
        ("sk", "dnes v 2.14 nejde projektor"), ("el", "σήμερα στο 2.14 δεν δουλεύει ο προβολέας"),
        ("it", "oggi in 2.14 non va il proiettore"),
    ],
)  # fmt: skip
def test_a_number_with_a_point_is_a_room_after_a_word_for_inside(reader, language, text):
    assert told(reader, text, language).get("started") in (None, "2026-11-23")
    found = read_answers(
        text, asked=("location", "started"), category="network",
        language=language, now=NOW, reader=reader,
    ).filled  # fmt: skip
    assert found["location"] == "2.14"
    assert found.get("started") in (None, "2026-11-23")


def test_a_room_is_no_moment_by_which_something_is_needed(reader):
    found = told(reader, "can I get a second monitor for my desk in 2.14?", "en")
    assert "2.14" in found["location"]
    assert "deadline" not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "о 9.30 перестав працювати принтер"), ("uk", "в 9.30 перестав працювати принтер"),
        ("uk", "з 9.30 не друкує принтер"), ("en", "the printer stopped at 9.30"),
        ("en", "since 9.30 the printer is dead"), ("sk", "o 9.30 prestala tlačiť tlačiareň"),
        ("el", "στις 9.30 σταμάτησε ο εκτυπωτής"), ("it", "alle 9.30 la stampante si è fermata"),
    ],
)  # fmt: skip
def test_after_a_word_for_hours_it_is_one(reader, language, text):
    assert told(reader, text, language)["started"].startswith("2026-11-23T09:30")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "з 9-ї не працює інтернет"), ("sk", "internet nejde od 9tej"),
        ("sk", "od 9-tej nejde internet"), ("en", "outlook is not opening since 9"),
    ],
)  # fmt: skip
def test_an_hour_may_bear_an_ending(reader, language, text):
    assert told(reader, text, language)["started"].startswith("2026-11-23T09:00")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "вінда 10, буду в понеділок"),
        ("en", "windows 10, I'm back on Monday"),
        ("sk", "windows 10, budem tam v pondelok"),
        ("el", "windows 10, θα είμαι εκεί τη Δευτέρα"),
        ("it", "windows 10, ci sono lunedì"),
    ],
)
def test_it_did_not_begin_when_the_writer_will_be_back(reader, language, text):
    assert "started" not in replied(reader, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "вінда 10, минулої ночі"),
        ("en", "windows 10, last night"),
        ("sk", "windows 10, minulú noc"),
        ("el", "windows 10, την περασμένη νύχτα"),
        ("it", "windows 10, la notte scorsa"),
    ],
)
def test_last_night_is_yesterdays(reader, language, text):
    assert replied(reader, text, language)["started"] == "2026-11-22"


@pytest.mark.parametrize(
    ("language", "text", "started"),
    [
        ("en", "windows 10, 7 this morning, restarted", "2026-11-23T07:00:00+02:00"),
        ("en", "windows 10, 6.30 this morning, restarted", "2026-11-23T06:30:00+02:00"),
        ("en", "windows 10, since 2ish yesterday", "2026-11-22T14:00:00+02:00"),
        ("it", "windows 10, dal 9. ho riavviato", "2026-11-09"),
        ("uk", "вінда 10, з 19го числа", "2026-11-19"),
        ("sk", "windows 10, od 19teho", "2026-11-19"),
    ],
)
def test_short_ways_to_say_an_hour_or_a_day(reader, language, text, started):
    assert replied(reader, text, language)["started"] == started


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "з ранку"),
        ("uk", "сьогодні після обіду"),
        ("en", "since this morning"),
        ("en", "after lunch"),
        ("sk", "od rána"),
        ("el", "από το πρωί"),
        ("it", "da stamattina"),
    ],
)
def test_soon_after_midnight_the_morning_is_the_one_that_has_been(reader, language, text):
    found = read_answers(
        f"windows 10, {text}",
        asked=COMPUTER,
        category="computer",
        language=language,
        now=datetime.fromisoformat("2026-11-24T00:41:00+02:00"),
        reader=reader,
    )
    assert found.filled["started"] == "2026-11-23"


@pytest.mark.parametrize(
    ("language", "text", "tomorrow"),
    [
        ("uk", "до наступної п'ятниці", "до п'ятниці"),
        ("en", "by next Friday", "by Friday"),
        ("sk", "do budúceho piatku", "do piatku"),
        ("el", "μέχρι την επόμενη Παρασκευή", "μέχρι την Παρασκευή"),
        ("it", "entro venerdì prossimo", "entro venerdì"),
    ],
)
def test_on_its_eve_the_next_friday_is_a_week_later_than_friday(reader, language, text, tomorrow):
    thursday = datetime.fromisoformat("2026-11-26T10:30:00+02:00")
    asking = ("system", "account", "deadline")
    due = [
        read_answers(
            f"Jira, jnovak, {said}",
            asked=asking,
            category="access",
            language=language,
            now=thursday,
            reader=reader,
        ).filled["deadline"]
        for said in (text, tomorrow)
    ]
    assert due == ["2026-12-04", "2026-11-27"]


@pytest.mark.parametrize(
    ("language", "text", "started"),
    [
        ("uk", "вінда 10, пів години, ні", "10:00"),
        ("uk", "вінда 10, 20 хв, ні", "10:10"),
        ("en", "windows 10, half an hour, no", "10:00"),
        ("en", "windows 10, 1/2 hour, no", "10:00"),
        ("en", "windows 10, two hours, no", "08:30"),
        ("en", "windows 10, about an hour, no", "09:30"),
        ("sk", "windows 10, pol hodiny, nie", "10:00"),
        ("sk", "windows 10, 2 hodiny, nie", "08:30"),
        ("el", "windows 10, μισή ώρα, όχι", "10:00"),
        ("el", "windows 10, 20 λεπτά, όχι", "10:10"),
        ("it", "windows 10, mezz'ora, no", "10:00"),
        ("it", "windows 10, due ore, no", "08:30"),
    ],
)
def test_for_so_long_by_itself_says_since_when(reader, language, text, started):
    assert replied(reader, text, language)["started"] == f"2026-11-23T{started}:00+02:00"


@pytest.mark.parametrize(
    ("text", "now", "started"),
    [
        ("windows 10, need it for this afternoon", "2026-11-24T09:30:00+02:00", "2026-11-23"),
        ("windows 10, 1:15 this morning", "2026-11-24T02:20:00+02:00", "2026-11-23T01:15"),
    ],
)
def test_by_day_and_with_an_hour_no_part_of_a_day_is_yesterdays(reader, text, now, started):
    sent = datetime.fromisoformat(now)
    found = read_answers(
        text, asked=COMPUTER, category="computer", language="en", now=sent, reader=reader
    )
    assert not found.filled.get("started", "").startswith(started)


def test_on_a_sunday_the_next_monday_is_tomorrow(reader):
    found = read_answers(
        "Jira, jnovak, by next Monday",
        asked=("system", "account", "deadline"),
        category="access",
        language="en",
        now=datetime.fromisoformat("2026-11-29T10:30:00+02:00"),
        reader=reader,
    )
    assert found.filled["deadline"] == "2026-11-30"
