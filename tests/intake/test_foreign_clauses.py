"""The last open text takes its answer, and not whatever else is said."""

import pytest

from intake.tickets import Ask
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says

PRINTER = {"symptom": "E5", "asset": "INV-1", "started": "2026-11-22"}
SOFTWARE = {
    "symptom": "E5", "application": "SAP", "started": "2026-11-22",
    "tried": "no", "urgency": "minor",
}  # fmt: skip


def heard(language, words, asked="location", *, known=PRINTER, category="printer", **more):
    ticket = a_ticket(language=language, asked=(asked,), answers=known, category=category, **more)
    return DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket


@pytest.mark.parametrize(
    ("language", "words", "scope"),
    [
        ("uk", "не тільки я, весь відділ", "team"),
        ("uk", "у всіх так", "team"),
        ("uk", "це у всього поверху", "site"),
        ("en", "not only me, the whole department", "team"),
        ("en", "everybody has it", "team"),
        ("en", "it's the whole floor", "site"),
        ("sk", "nie len ja, celé oddelenie", "team"),
        ("sk", "majú to všetci", "team"),
        ("el", "όχι μόνο εγώ, όλο το τμήμα", "team"),
        ("el", "όλοι το έχουν", "team"),
        ("it", "non solo io, tutto il reparto", "team"),
        ("it", "ce l'hanno tutti", "team"),
        ("uk", "в інших теж так", "team"),
        ("uk", "колеги теж скаржаться", "team"),
        ("en", "others have the same", "team"),
        ("sk", "kolegovia to majú tiež", "team"),
        ("el", "και οι συνάδελφοι το έχουν", "team"),
        ("it", "anche i miei colleghi", "team"),
        ("uk", "це лише в мене", "me"),
        ("en", "it is only me", "me"),
    ],
)
def test_whom_it_concerns_is_no_place(language, words, scope):
    ticket = heard(language, words)
    assert ticket.answers == PRINTER | {"scope": scope}
    assert ticket.asked == ("location",)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "все одно не друкує"),
        ("uk", "взагалі не можу працювати"),
        ("uk", "windows 11"),
        ("en", "it still doesn't print"),
        ("en", "can't work at all"),
        ("en", "over wifi"),
        ("sk", "stále netlačí"),
        ("sk", "vôbec nemôžem pracovať"),
        ("el", "ακόμα δεν τυπώνει"),
        ("el", "έκανα ήδη επανεκκίνηση"),
        ("it", "ancora non stampa"),
        ("uk", "нічого не допомагає"),
        ("en", "it happened again"),
        ("en", "it's getting worse"),
        ("sk", "stále to isté"),
        ("el", "βιάζομαι"),
        ("it", "niente da fare"),
        ("it", "non posso lavorare"),
    ],
)
def test_nor_is_what_is_told_of_the_machine_or_the_work(language, words):
    ticket = heard(language, words)
    assert "location" not in ticket.answers
    assert ticket.asked == ("location",)


@pytest.mark.parametrize(
    ("language", "words", "place"),
    [
        ("uk", "кабінет 12, у всіх так", "кабінет 12"),
        ("uk", "біля зламаного ліфта", "зламаного ліфта"),
        ("en", "meeting room 3, everyone there has it", "meeting room 3"),
        ("en", "next to the broken lift", "next to the broken lift"),
        ("en", "in the team room", "team room"),
        ("uk", "навпроти кабінету директора", "кабінету директора"),
        ("sk", "vedľa pokazeného výťahu", "vedľa pokazeného výťahu"),
        ("el", "δίπλα στο χαλασμένο ασανσέρ", "χαλασμένο ασανσέρ"),
        ("it", "accanto all'ascensore rotto", "all'ascensore"),
        ("sk", "u mňa v kancelárii", "kancelárii"),
        ("el", "στο λογιστήριο, όλοι το έχουν", "λογιστήριο"),
        ("it", "sala riunioni, tutti hanno il problema", "sala riunioni"),
    ],
)
def test_a_place_is_one_whatever_stands_beside_it(language, words, place):
    assert place in heard(language, words).answers["location"]


PUT_OFF = [
    ("uk", "завтра подивлюсь"), ("uk", "ок зроблю"), ("uk", "хвилинку будь ласка"),
    ("uk", "добре, перевірю"), ("uk", "зачекайте хвилину"), ("uk", "зараз нема часу"),
    ("en", "I'll look tomorrow"), ("en", "ok will do"), ("en", "one moment please"),
    ("en", "sure, will check"), ("en", "on it"), ("en", "I’m busy right now"),
    ("en", "I don't have time now"),
    ("sk", "pozriem zajtra"), ("sk", "ok urobím"), ("sk", "moment prosím"),
    ("sk", "dobre, skontrolujem"), ("sk", "počkajte chvíľu"), ("sk", "teraz nemám čas"),
    ("el", "θα το δω αύριο"), ("el", "οκ θα το κάνω"), ("el", "ένα λεπτό παρακαλώ"),
    ("el", "θα κοιτάξω"), ("el", "περιμένετε λίγο"), ("el", "δεν έχω χρόνο τώρα"),
    ("it", "guardo domani"), ("it", "ok lo faccio"), ("it", "un momento per favore"),
    ("it", "controllo subito"), ("it", "aspetti un minuto"), ("it", "adesso non ho tempo"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), PUT_OFF)
def test_an_answer_that_is_put_off_leaves_the_agents_question_open(language, words):
    ticket = heard(
        language, words, "error", known=SOFTWARE, category="software", ask=Ask(agent="Marek"),
        first_response_at=NOW,
    )  # fmt: skip
    assert ticket.answers == SOFTWARE
    assert (ticket.asked, ticket.declined) == (("error",), frozenset())


@pytest.mark.parametrize(("language", "words"), PUT_OFF)
@pytest.mark.parametrize("asked", [("asset", "location", "started"), ("location", "started")])
def test_nor_does_it_decline_what_the_card_asks(asked, language, words):
    ticket = a_ticket(language=language, asked=asked, answers={"symptom": "E5", "asset": "INV-1"})
    if "asset" in asked:
        ticket = a_ticket(language=language, asked=asked, answers={"symptom": "E5"})
    after = DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket
    assert (after.answers, after.declined, after.asked) == (ticket.answers, frozenset(), asked)


@pytest.mark.parametrize(
    ("language", "words", "scope"),
    [
        ("uk", "всі", "team"),
        ("uk", "більше ніхто", "me"),
        ("en", "everyone", "team"),
        ("en", "nobody else", "me"),
        ("sk", "všetci", "team"),
        ("sk", "nikto iný", "me"),
        ("el", "όλοι", "team"),
        ("el", "κανένας άλλος", "me"),
        ("it", "tutti", "team"),
        ("it", "nessun altro", "me"),
    ],
)
def test_a_word_or_two_say_whom_it_concerns(language, words, scope):
    known = {"symptom": "E5", "location": "3", "started": "2026-11-22", "urgency": "minor"}
    assert (
        heard(language, words, "scope", known=known, category="network").answers["scope"] == scope
    )


MOST = {"asset": "1", "os": "macos", "tried": "no", "urgency": "minor"}
FIVE = ("asset", "os", "started", "tried", "urgency")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "зараз не маю часу шукати наклейку"),
        ("uk", "я на нараді, відповім потім"),
        ("en", "I don't have time to look for the sticker"),
        ("en", "I'm in a meeting, will answer later"),
        ("sk", "nemám čas hľadať nálepku"),
        ("sk", "som na porade, odpoviem potom"),
        ("el", "δεν έχω χρόνο να ψάξω το αυτοκόλλητο"),
        ("el", "είμαι σε σύσκεψη, θα απαντήσω μετά"),
        ("it", "non ho tempo di cercare l'etichetta"),
        ("it", "sono in riunione, rispondo dopo"),
    ],
)
@pytest.mark.parametrize("known", [{}, MOST])
def test_who_has_no_time_may_have_it_later(known, language, words):
    known = {"symptom": "x"} | known
    asked = tuple(name for name in FIVE if name not in known)
    ticket = a_ticket(language=language, asked=asked, category="computer", answers=known)
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    after = decision.ticket
    assert (after.answers, after.declined, after.asked) == (known, frozenset(), asked)
    assert not decision.asks


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "NB-0442, на решту нема часу"),
        ("en", "NB-0442, I don't have time now for the rest"),
        ("sk", "NB-0442, na ostatné nemám čas"),
        ("el", "NB-0442, για τα υπόλοιπα δεν έχω χρόνο"),
        ("it", "NB-0442, per il resto non ho tempo"),
    ],
)
def test_what_there_was_time_for_is_taken(language, words):
    ticket = a_ticket(language=language, asked=FIVE, category="computer", answers={"symptom": "x"})
    after = DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket
    assert after.answers == {"symptom": "x", "asset": "NB-0442"}
    assert (after.declined, after.asked) == (frozenset(), FIVE[1:])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "не знаю коли"),
        ("en", "I don't know when"),
        ("sk", "neviem kedy"),
        ("el", "δεν ξέρω πότε"),
        ("it", "non so quando"),
    ],
)
def test_who_does_not_know_when_declines_that_alone(language, words):
    ticket = a_ticket(language=language, asked=FIVE, category="computer", answers={"symptom": "x"})
    after = DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket
    assert after.declined == {"started"}
