"""When something began or is due, in five languages, resolved against the message's moment."""

from datetime import datetime

import pytest

from intake.understanding.moments import resolve

NOW = datetime.fromisoformat("2026-11-18T15:20:00+02:00")  # a Wednesday


def moment(reader, text, language, *, is_ahead=False, nth=0):
    found = reader.read(text, language=language, now=NOW).moments
    assert found, text
    return resolve(found[nth], NOW, is_ahead=is_ahead).removesuffix(":00+02:00")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("з ранку", "uk", "2026-11-18"),
        ("з самого ранку", "uk", "2026-11-18"),
        ("вчора після обіду", "uk", "2026-11-17"),
        ("позавчора", "uk", "2026-11-16"),
        ("з понеділка", "uk", "2026-11-16"),
        ("минулої п'ятниці", "uk", "2026-11-13"),
        ("з середи", "uk", "2026-11-11"),
        ("годину тому", "uk", "2026-11-18T14:20"),
        ("дві години тому", "uk", "2026-11-18T13:20"),
        ("три дні тому", "uk", "2026-11-15"),
        ("вже третій день", "uk", "2026-11-16"),
        ("з 10 листопада", "uk", "2026-11-10"),
        ("о пів на третю", "uk", "2026-11-18T14:30"),
        ("сьогодні о 9:40", "uk", "2026-11-18T09:40"),
        ("vchora vranci", "uk", "2026-11-17"),
        ("since this morning", "en", "2026-11-18"),
        ("yesterday at 3 pm", "en", "2026-11-17T15:00"),
        ("half past two", "en", "2026-11-18T14:30"),
        ("quarter to nine", "en", "2026-11-18T08:45"),
        ("since last Friday", "en", "2026-11-13"),
        ("two hours ago", "en", "2026-11-18T13:20"),
        ("on the 9th of November", "en", "2026-11-09"),
        ("since 7am", "en", "2026-11-18T07:00"),
        ("from midnight", "en", "2026-11-18T00:00"),
        ("od utorka", "sk", "2026-11-17"),
        ("od pol druhej", "sk", "2026-11-18T13:30"),
        ("dnes o štvrť na tri", "sk", "2026-11-18T14:15"),
        ("včera okolo 14:00", "sk", "2026-11-17T14:00"),
        ("pred dvoma hodinami", "sk", "2026-11-18T13:20"),
        ("od 16. novembra", "sk", "2026-11-16"),
        ("od 3.11.", "sk", "2026-11-03"),
        ("хвилин сорок тому", "uk", "2026-11-18T14:40"),
        ("годин дві тому", "uk", "2026-11-18T13:20"),
        ("з третього листопада", "uk", "2026-11-03"),
        ("вчора о третій дня", "uk", "2026-11-17T15:00"),
        ("ten to nine today", "en", "2026-11-18T08:50"),
        ("since five to eight", "en", "2026-11-18T07:55"),
        ("since the 5th", "en", "2026-11-05"),
        ("since - 5th", "en", "2026-11-05"),
        ("the day before yesterday", "en", "2026-11-16"),
        ("16.11. 15:00", "sk", "2026-11-16T15:00"),
        ("od štrnásteho", "sk", "2026-11-14"),
        ("εδώ και μια ώρα", "el", "2026-11-18T14:20"),
        ("πριν από 4 μέρες", "el", "2026-11-14"),
        ("από το μεσημέρι", "el", "2026-11-18T12:00"),
        ("ieri poco dopo le 17", "it", "2026-11-17T17:00"),
        ("από τις 9", "el", "2026-11-18T09:00"),
        ("από χθες το μεσημέρι", "el", "2026-11-17T12:00"),
        ("από τις εντεκάμισι", "el", "2026-11-18T11:30"),
        ("από τη μία και τέταρτο", "el", "2026-11-18T13:15"),
        ("πριν τρεις μέρες", "el", "2026-11-15"),
        ("apo xthes", "el", "2026-11-17"),
        ("apo tin triti", "el", "2026-11-17"),
        ("stamattina alle 8:30", "it", "2026-11-18T08:30"),
        ("dalle 18 di ieri", "it", "2026-11-17T18:00"),
        ("da mezz'ora", "it", "2026-11-18T14:50"),
        ("da tre giorni", "it", "2026-11-15"),
        ("l'altro ieri", "it", "2026-11-16"),
        ("alle nove e un quarto", "it", "2026-11-18T09:15"),
        ("dal 3 novembre", "it", "2026-11-03"),
        ("od 9. 11.", "sk", "2026-11-09"),
        ("v utorok ráno", "sk", "2026-11-17"),
        ("včera o 6:30", "sk", "2026-11-17T06:30"),
        ("alle 9 meno dieci", "it", "2026-11-18T08:50"),
        ("από τις 3 παρά είκοσι", "el", "2026-11-18T14:40"),
        ("από τις 8 και 20", "el", "2026-11-18T08:20"),
        ("since 20 past 8 this morning", "en", "2026-11-18T08:20"),
        ("since twenty fourth of September", "en", "2026-09-24"),
        ("з двадцять четвертого вересня", "uk", "2026-09-24"),
        ("od dvadsiateho štvrtého septembra", "sk", "2026-09-24"),
        ("από τις είκοσι τέσσερις Σεπτεμβρίου", "el", "2026-09-24"),
        ("dal ventiquattro settembre", "it", "2026-09-24"),
        ("since the 28th", "en", "2026-10-28"),
        ("з 28-го", "uk", "2026-10-28"),
        ("od 28.", "sk", "2026-10-28"),
        ("από τις 28", "el", "2026-10-28"),
        ("dal 28", "it", "2026-10-28"),
        ("three weeks already", "en", "2026-10-28"),
        ("вже тиждень", "uk", "2026-11-11"),
        ("тиждень вже", "uk", "2026-11-11"),
        ("týždeň už", "sk", "2026-11-11"),
        ("μια εβδομάδα τώρα", "el", "2026-11-11"),
        ("una settimana ormai", "it", "2026-11-11"),
        ("ten days", "en", "2026-11-08"),
        ("yesterday it stopped at 3", "en", "2026-11-17T15:00"),
        ("вчора він зупинився о 15:00", "uk", "2026-11-17T15:00"),
        ("σήμερα το είδε στις τρεις", "el", "2026-11-18T15:00"),
        ("eleven o'clock", "en", "2026-11-18T11:00"),
        ("εννιά η ώρα το πρωί", "el", "2026-11-18T09:00"),
        ("с утра", "uk", "2026-11-18"),
        ("since 7.45 today", "en", "2026-11-18T07:45"),
        ("вчора о 15.30", "uk", "2026-11-17T15:30"),
        ("годин шість уже", "uk", "2026-11-18T09:20"),
        ("since 9ish", "en", "2026-11-18T09:00"),
        ("dall'aggiornamento del 16", "it", "2026-11-16"),
        ("since the beginning of the month", "en", "2026-11-01"),
        ("з початку тижня", "uk", "2026-11-16"),
        ("od začiatku mesiaca", "sk", "2026-11-01"),
        ("από τις αρχές της εβδομάδας", "el", "2026-11-16"),
        ("da inizio mese", "it", "2026-11-01"),
        ("rano", "sk", "2026-11-18"),
        ("χτες το μεσημέρι", "el", "2026-11-17T12:00"),
        ("από τις 2 το μεσημέρι", "el", "2026-11-18T14:00"),
    ],
)
def test_the_past_is_resolved(reader, text, language, expected):
    assert moment(reader, text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("до п'ятниці", "uk", "2026-11-20"),
        ("на завтра до 12", "uk", "2026-11-19T12:00"),
        ("до 27 числа", "uk", "2026-11-27"),
        ("by Friday noon", "en", "2026-11-20T12:00"),
        ("by the end of the month", "en", "2026-11-30"),
        ("before 1 December", "en", "2026-12-01"),
        ("do konca novembra", "sk", "2026-11-30"),
        ("do stredy", "sk", "2026-11-25"),
        ("μέχρι τη Δευτέρα στις 9", "el", "2026-11-23T09:00"),
        ("μέχρι τις 20 του μήνα", "el", "2026-11-20"),
        ("entro domani alle 10", "it", "2026-11-19T10:00"),
        ("entro il 27", "it", "2026-11-27"),
        ("do 5. januára", "sk", "2027-01-05"),
        ("by the 3rd", "en", "2026-12-03"),
        ("in 2 hours", "en", "2026-11-18T17:20"),
        ("within three working days", "en", "2026-11-21"),
        ("через 40 хв", "uk", "2026-11-18T16:00"),
        ("o hodinu", "sk", "2026-11-18T16:20"),
        ("do dvoch týždňov", "sk", "2026-12-02"),
        ("σε μια εβδομάδα", "el", "2026-11-25"),
        ("εντός δύο ημερών", "el", "2026-11-20"),
        ("fra due settimane", "it", "2026-12-02"),
        ("до 3-го", "uk", "2026-12-03"),
        ("30th 6am he starts", "en", "2026-11-30T06:00"),
        ("by the end of next week", "en", "2026-11-27"),
        ("до кінця наступного тижня", "uk", "2026-11-27"),
        ("do konca budúceho týždňa", "sk", "2026-11-27"),
        ("μέχρι το τέλος της επόμενης εβδομάδας", "el", "2026-11-27"),
        ("entro la fine della prossima settimana", "it", "2026-11-27"),
        ("by Christmas Eve", "en", "2026-12-24"),
        ("до Різдва", "uk", "2026-12-25"),
        ("do Vianoc", "sk", "2026-12-25"),
        ("παραμονή Χριστουγέννων", "el", "2026-12-24"),
        ("entro capodanno", "it", "2027-01-01"),
    ],
)
def test_the_future_is_resolved(reader, text, language, expected):
    assert moment(reader, text, language, is_ahead=True) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("на 3 поверсі", "uk"),
        ("room 9", "en"),
        ("kancelária 3.07", "sk"),
        ("Windows 11", "en"),
        ("31.02.", "sk"),
        ("αίθ. 1.04", "el"),
        ("they are on a cable", "en"),
        ("versione 7.45", "it"),
        ("good morning team", "en"),
        ("na veci som sa nedotkla", "sk"),
        ("Outlook 2019", "it"),
    ],
)
def test_other_numbers_are_no_moments(reader, text, language):
    assert not reader.read(text, language=language, now=NOW).moments


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Στο 2: Σάββατο πρωί κατά τις 9.", "el", "2026-11-14T09:00"),
        ("4: since the 3rd of November", "en", "2026-11-03"),
        ("на четверте: з третього листопада", "uk", "2026-11-03"),
    ],
)
def test_the_number_of_an_answer_is_no_hour(reader, text, language, expected):
    assert moment(reader, text, language, nth=-1) == expected
