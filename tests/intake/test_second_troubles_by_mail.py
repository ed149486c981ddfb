"""A thread is one ticket's: another trouble in it is named to the agent, who parts it."""

import pytest

from tests.intake.cast import DIALOGUE, MAILBOX, NOW, a_situation, a_ticket, says

ALONE = {
    "uk": "До речі, мені ще потрібен доступ до SAP.",
    "en": "By the way, I also need access to SAP.",
    "sk": "Mimochodom, potrebujem aj prístup do SAP.",
    "el": "Παρεμπιπτόντως, χρειάζομαι και πρόσβαση στο SAP.",
    "it": "A proposito, mi serve anche l'accesso a SAP.",
}
BEHIND = {
    "uk": ("INV-20418, з ранку.", "А ще не працює VPN з дому."),
    "en": ("INV-20418, since this morning.", "Also the VPN does not connect from home."),
    "sk": ("INV-20418, od rána.", "A ešte mi nefunguje VPN z domu."),
    "el": ("INV-20418, από το πρωί.", "Επίσης δεν δουλεύει το VPN από το σπίτι."),
    "it": ("INV-20418, da stamattina.", "Inoltre non funziona la VPN da casa."),
}
MORE = {
    "uk": "Ще він тепер дуже гуде.",
    "en": "It also makes a loud noise now.",
    "sk": "A ešte teraz veľmi hučí.",
    "el": "Και κάνει και δυνατό θόρυβο τώρα.",
    "it": "E adesso fa anche un gran rumore.",
}
FIVE_LINES = {
    "uk": "NB-3071\nWindows 11\nз ранку\nдвічі перезавантажив\nне можу працювати",
    "en": "NB-3071\nWindows 11\nsince this morning\nrestarted twice\ncan't work",
    "sk": "NB-3071\nWindows 11\nod rána\ndvakrát som reštartoval\nnemôžem pracovať",
    "el": "NB-3071\nWindows 11\nαπό το πρωί\nέκανα δύο επανεκκινήσεις\nδεν μπορώ να δουλέψω",
    "it": "NB-3071\nWindows 11\nda stamattina\nriavviato due volte\nnon riesco a lavorare",
}
everywhere = pytest.mark.parametrize("language", ALONE)


def decide(language, text, **more):
    ticket = a_ticket(address=MAILBOX, language=language, **more)
    situation = a_situation(ticket, named_ticket=ticket, proven_ticket=ticket)
    return DIALOGUE.decide(situation, says(text, address=MAILBOX, subject="Re: x"), NOW)


@everywhere
def test_alone_in_its_mail(language):
    decision = decide(language, ALONE[language])
    assert (decision.opens, decision.besides) == (None, ALONE[language])


@everywhere
def test_behind_the_answers(language):
    answers, trouble = BEHIND[language]
    decision = decide(language, f"{answers} {trouble}")
    assert decision.ticket.answers["asset"] == "INV-20418"
    assert decision.besides
    assert decision.besides in trouble


@everywhere
def test_more_of_the_same_is_none(language):
    assert not decide(language, MORE[language]).besides


@everywhere
def test_an_answer_in_five_lines_is_none(language):
    asked = ("asset", "os", "started", "tried", "urgency")
    decision = decide(
        language, FIVE_LINES[language], category="computer", asked=asked, numbered=asked
    )
    assert not decision.besides
    assert decision.ticket.answers["urgency"] == "blocked"
