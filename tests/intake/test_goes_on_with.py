"""A trouble of the one machine that a ticket is about goes there, though another card waits."""

from dataclasses import replace

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, says, settled

LAPTOP = {
    "uk": ("ноут NB-0442 гріється", "ноут взагалі вимкнувся"),
    "en": ("laptop NB-0442 is overheating", "the laptop is off now completely"),
    "sk": ("notebook NB-0442 sa prehrieva", "notebook sa úplne vypol"),
    "el": ("το λάπτοπ NB-0442 ζεσταίνεται", "το λάπτοπ έσβησε τελείως"),
    "it": ("il portatile NB-0442 scalda", "il portatile si è spento del tutto"),
}
ON_IT = {
    "uk": "на ноуті", "en": "on my laptop", "sk": "na notebooku", "el": "στο λάπτοπ",
    "it": "sul portatile",
}  # fmt: skip


def placed(language, subject, text):
    answers = {"symptom": subject, "device": "laptop", "asset": "NB-0442"}
    laptop = settled(1042, category="computer", subject=subject, answers=answers)
    mail = a_ticket(
        1043, category="email", subject="Outlook", answers={"application": "Outlook"},
        asked=("account", "error", "started"), language=language,
    )  # fmt: skip
    last = an_entry(mail, minutes_ago=1)
    situation = a_situation(mail, laptop, last_entry=last)
    person = replace(situation.person, language=language)
    decision = DIALOGUE.decide(replace(situation, person=person), says(text), NOW)
    return decision.ticket.id


@pytest.mark.parametrize("language", LAPTOP)
def test_what_its_machine_does_now_is_of_its_ticket(language):
    assert placed(language, *LAPTOP[language]) == 1042


@pytest.mark.parametrize("language", LAPTOP)
def test_where_it_happens_is_still_an_answer_to_the_card(language):
    assert placed(language, LAPTOP[language][0], ON_IT[language]) == 1043
