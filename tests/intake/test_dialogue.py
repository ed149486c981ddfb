"""What one message causes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.decisions import CardStep
from intake.forms import CATEGORY
from intake.messages import AutomaticKind, IncomingFile, MessageKind, Sender
from intake.tickets import Ask, Author, Status
from tests.intake.cast import (
    DIALOGUE,
    FORMS,
    MAILBOX,
    NOW,
    OLENA,
    a_situation,
    a_ticket,
    an_entry,
    says,
    settled,
    templates,
)


def decide(situation, message):
    return DIALOGUE.decide(situation, message, NOW)


def test_the_first_message_opens_a_ticket_with_what_it_says_and_one_card():
    decision = decide(a_situation(), says("принтер на 3 поверсі не друкує, E5"))
    assert decision.opens.category == "printer"
    assert decision.opens.answers["error"] == "E5"
    assert decision.opens.answers["location"] == "3 поверсі"
    assert decision.opens.language == "uk"
    assert decision.card is CardStep.SHOW
    assert decision.keeps_message


def test_a_greeting_alone_is_greeted_and_opens_nothing():
    decision = decide(a_situation(), says("Доброго дня!"))
    assert decision.opens is None
    assert templates(decision) == ["welcome"]


def test_a_greeting_with_a_photo_is_content():
    photo = IncomingFile(source="{}", name="photo.jpg")
    decision = decide(a_situation(), says("Доброго дня!", files=(photo,)))
    assert decision.opens is not None


def test_a_photo_without_words_is_a_ticket_named_after_its_file():
    photo = IncomingFile(source="{}", name="photo.jpg")
    assert decide(a_situation(), says("", files=(photo,))).opens.subject == "photo.jpg"


def test_answers_to_the_card_fill_the_ticket_and_the_card_becomes_the_summary():
    decision = decide(a_situation(a_ticket()), says("1. INV-20418 2. з ранку"))
    assert decision.ticket.answers["asset"] == "INV-20418"
    assert decision.ticket.answers["started"] == "2026-11-23"
    assert decision.ticket.is_complete
    assert decision.ticket.asked == ()
    assert decision.card is CardStep.REFRESH
    assert templates(decision) == ["complete"]
    assert {change.what for change in decision.changes} == {"answer:asset", "answer:started"}


def test_what_stays_missing_is_asked_by_the_same_card_and_by_no_new_message():
    decision = decide(a_situation(a_ticket()), says("1. INV-20418"))
    assert decision.ticket.asked == ("started",)
    assert decision.card is CardStep.REFRESH
    assert not decision.says


def test_a_question_keeps_its_number_while_others_are_answered():
    asked = ("asset", "location", "started")
    ticket = a_ticket(asked=asked, numbered=asked, answers={"symptom": "не друкує"})
    first = decide(a_situation(ticket), says("1. INV-20418")).ticket
    card = FORMS.card(first, NOW)
    assert [question.number for question in card.questions] == [2, 3]
    second = decide(a_situation(first), says("3. з ранку")).ticket
    assert second.answers["started"] == "2026-11-23"
    assert second.asked == ("location",)


def test_another_category_numbers_its_questions_anew():
    forms = FORMS
    ticket = forms.with_asked(a_ticket(asked=("started",), numbered=("asset", "started")))
    moved, _ = forms.categorised(ticket, "telephony", {})
    numbers = [question.number for question in forms.card(moved, NOW).questions]
    assert numbers == list(range(1, len(moved.asked) + 1))


def test_what_somebody_does_not_know_is_never_asked_again():
    decision = decide(a_situation(a_ticket()), says("1. не знаю 2. з ранку"))
    assert decision.ticket.declined == {"asset"}
    assert decision.ticket.is_complete


def test_a_mail_is_thanked_for_the_last_answer_and_told_of_the_rest_before():
    ticket = a_ticket(address=MAILBOX)
    answer = says("1. INV-20418 2. з ранку", address=MAILBOX, proven_ticket=ticket.id)
    decision = decide(a_situation(ticket, proven_ticket=ticket), answer)
    assert decision.ticket.is_complete
    assert templates(decision) == ["complete"]
    part = replace(answer, text="1. INV-20418")
    assert templates(decide(a_situation(ticket, proven_ticket=ticket), part)) == ["part"]


def test_a_mail_out_of_any_thread_is_a_new_ticket_even_beside_an_open_one():
    mail = says("Миша не працює", address=MAILBOX, subject="Миша")
    assert decide(a_situation(a_ticket(address=MAILBOX)), mail).opens is not None


def test_a_message_for_the_only_open_ticket_says_where_it_went_and_offers_a_new_one():
    decision = decide(a_situation(settled()), says("ще й сканер не працює"))
    assert decision.ticket.id == 1042
    assert templates(decision) == ["added"]
    assert [option.data for option in decision.says[0].options] == ["move|{ticket}|{entry}|new"]


def test_among_several_open_tickets_a_guess_is_a_question_and_fills_nothing_until_it_is_answered():
    late = a_ticket(1044, asked=(), answers={"symptom": "не друкує"})
    situation = a_situation(late, settled(1043), settled(1042))
    decision = decide(situation, says("забула сказати: він на третьому поверсі"))
    assert decision.ticket.id == 1044
    assert decision.ticket.answers == late.answers
    assert decision.is_unsure
    (question,) = decision.says
    assert question.template == "unsure"
    assert [option.data for option in question.options] == [
        "move|{ticket}|{entry}|1044",
        "move|{ticket}|{entry}|1043",
        "move|{ticket}|{entry}|1042",
        "move|{ticket}|{entry}|new",
    ]


def test_whoever_goes_on_writing_hears_of_each_burst_that_it_arrives():
    ticket = settled()
    last = an_entry(ticket, minutes_ago=2)
    first = decide(a_situation(ticket, last_entry=last), says("і ще: папір є"))
    assert templates(first) == ["added"]
    told = an_entry(ticket, minutes_ago=2, facts={"told": first.told_at.isoformat()})
    soon = says("і тонер новий", sent_at=NOW + timedelta(seconds=20))
    assert not decide(a_situation(ticket, last_entry=told), soon).says
    line = says("і тонер новий", sent_at=NOW + timedelta(seconds=80))
    assert templates(decide(a_situation(ticket, last_entry=told), line)) == ["added"]


@pytest.mark.parametrize("text", ["так, спробувала", "так", "готово, дякую"])
def test_an_answer_to_a_waiting_agent_opens_the_ticket_again(text):
    waiting = settled(status=Status.PENDING, waits_for_agent=False)
    decision = decide(a_situation(settled(1050), waiting), says(text))
    assert decision.ticket.id == waiting.id
    assert decision.ticket.status is Status.OPEN
    assert [change.what for change in decision.changes] == ["status"]
    assert decision.ticket.waits_for_agent


def test_a_quoted_solved_ticket_is_opened_again():
    solved = settled(status=Status.SOLVED)
    decision = decide(a_situation(named_ticket=solved), says("знову те саме", quoted_id="9"))
    assert decision.ticket.status is Status.OPEN
    assert decision.changes[0].before == "solved"


def test_a_quoted_closed_ticket_stays_closed_and_the_message_is_a_new_one():
    closed = settled(status=Status.CLOSED)
    decision = decide(a_situation(named_ticket=closed), says("принтер знову не друкує"))
    assert decision.opens is not None


def test_who_holds_a_token_of_anothers_ticket_is_kept_as_a_stranger_and_told_nothing():
    olenas = a_ticket(address=MAILBOX)
    ivan = replace(OLENA, id=2, name="Ivan")
    mail = says("1. INV-1 2. вчора", address=MAILBOX, proven_ticket=olenas.id)
    decision = decide(a_situation(person=ivan, proven_ticket=olenas), mail)
    assert decision.author is Author.OTHER
    assert decision.ticket.answers == olenas.answers
    assert decision.card is CardStep.NONE
    assert not decision.says


def test_an_automatic_mail_is_kept_and_never_answered():
    mail = says("Out of office", address=MAILBOX, automatic=AutomaticKind.REPLY)
    decision = decide(a_situation(), mail)
    assert decision.opens is not None
    assert decision.card is CardStep.NONE
    assert not decision.says


def test_an_automatic_mail_does_not_open_a_solved_ticket_again():
    solved = settled(status=Status.SOLVED, address=MAILBOX)
    mail = says("Out of office", address=MAILBOX, automatic=AutomaticKind.REPLY)
    decision = decide(a_situation(proven_ticket=solved), mail)
    assert decision.ticket.status is Status.SOLVED


def test_the_second_picture_of_an_album_joins_the_first():
    ticket = a_ticket()
    photo = IncomingFile(source="{}", name="b.jpg")
    situation = a_situation(ticket, named_ticket=ticket, known_entry=an_entry(ticket))
    decision = decide(situation, says("", files=(photo,), album="g1"))
    assert decision.extends_entry == 77
    assert not decision.keeps_message


def test_an_edit_rewrites_the_message_keeps_the_old_words_and_answers_the_card():
    ticket = a_ticket()
    situation = a_situation(ticket, named_ticket=ticket, known_entry=an_entry(ticket))
    decision = decide(situation, says("1. INV-20418", kind=MessageKind.EDIT))
    assert decision.rewrites_entry == 77
    assert decision.changes[0].before == "принтер не друкує"
    assert decision.ticket.answers["asset"] == "INV-20418"


def test_an_edit_that_says_again_what_an_agent_asks_settles_it_on_the_card():
    asking = a_ticket(asked=("symptom",), ask=Ask(agent="Marek"))
    situation = a_situation(asking, named_ticket=asking, known_entry=an_entry(asking))
    decision = decide(situation, says("принтер не друкує", kind=MessageKind.EDIT))
    assert decision.ticket.asked == ()
    assert decision.card is CardStep.REFRESH


def test_an_edit_of_a_message_that_never_came_is_taken_as_the_message():
    decision = decide(a_situation(), says("принтер не друкує", kind=MessageKind.EDIT))
    assert decision.opens is not None


def test_what_cannot_be_opened_is_kept_and_kindly_said():
    poll = says("", kind=MessageKind.UNSUPPORTED, platform_kind="poll")
    decision = decide(a_situation(settled()), poll)
    assert decision.keeps_message
    assert "unsupported" in templates(decision) or "added" in templates(decision)


NAMELESS = {
    "uk": ("Повідомлення, яке не відкривається", "принтер не друкує"),
    "en": ("Message that can't be opened", "my printer is broken"),
    "sk": ("Správa, ktorá sa nedá otvoriť", "nejde tlačiareň"),
    "el": ("Μήνυμα που δεν ανοίγει", "δεν τυπώνει ο εκτυπωτής"),
    "it": ("Messaggio che non si apre", "non va la stampante"),
}


@pytest.mark.parametrize("language", NAMELESS)
def test_what_cannot_be_opened_is_called_so_until_words_tell_more(language):
    called, words = NAMELESS[language]
    person = replace(OLENA, language=language)
    story = says("", kind=MessageKind.UNSUPPORTED, platform_kind="story")
    opened = decide(a_situation(person=person), story).opens
    assert (opened.subject, opened.preview) == (called, called)
    ticket = a_ticket(
        language=language, subject=called, category=None, answers={}, asked=(CATEGORY,)
    )
    told = decide(a_situation(ticket, person=person), says(words)).ticket
    assert (told.subject, told.preview) == (words, words)
    more = decide(a_situation(told, person=person), story).ticket
    assert (more.subject, more.preview) == (words, called)


def test_an_unknown_category_is_asked_by_button_and_may_be_typed():
    ticket = a_ticket(category=None, answers={}, asked=(CATEGORY,))
    decision = decide(a_situation(ticket), says("Принтер"))
    assert decision.ticket.category == "printer"
    assert decision.ticket.asked
    assert decision.card is CardStep.REFRESH


def test_the_same_message_always_ends_in_the_same_decision():
    situation, message = a_situation(a_ticket()), says("1. INV-20418 2. з ранку")
    assert decide(situation, message) == decide(situation, message)


def test_blocking_and_unblocking_change_only_whether_the_person_can_be_reached():
    assert decide(a_situation(), says(kind=MessageKind.UNREACHABLE)).is_reachable is False
    assert decide(a_situation(), says(kind=MessageKind.REACHABLE)).is_reachable is True


def test_the_start_greets_in_the_platforms_language_at_first_contact():
    situation = a_situation(person=replace(OLENA, language="en"), is_first_contact=True)
    decision = decide(situation, says(kind=MessageKind.START))
    assert decision.person.language == "uk"
    assert templates(decision) == ["welcome"]


def test_broken_again_soon_after_it_was_solved_opens_the_same_ticket():
    solved = settled(status=Status.SOLVED)
    decision = decide(a_situation(last_ticket=solved), says("ні, знову не друкує"))
    assert decision.opens is None
    assert decision.ticket.status is Status.OPEN
    assert templates(decision) == ["added"]


def test_another_trouble_after_a_solved_ticket_is_a_new_one():
    solved = settled(status=Status.SOLVED)
    decision = decide(a_situation(last_ticket=solved), says("VPN не підключається, помилка 809"))
    assert decision.opens is not None


@pytest.mark.parametrize("text", ["NB-0442", "ні", "ок"])
def test_a_bare_label_or_word_to_a_waiting_card_is_not_taken_for_another_trouble(text):
    ticket = a_ticket(asked=("asset", "location", "started"))
    decision = decide(a_situation(ticket), says(text))
    assert decision.ticket.id == ticket.id
    assert templates(decision) in ([], ["still_asked"])


def test_who_was_known_by_an_address_alone_has_a_name_once_one_is_told():
    address = "o@x.example"
    unnamed = a_situation(person=replace(OLENA, name=address))
    sender = Sender(name="Olena Kovalenko", external_id=address, known_as=address)
    message = replace(says("Принтер не друкує", address=MAILBOX), sender=sender)
    decision = decide(unnamed, message)
    assert decision.person.name == decision.opens.requester == "Olena Kovalenko"
    assert decide(unnamed, replace(message, sender=replace(sender, name=""))).person is None


LAPTOP = {
    "category": "computer",
    "answers": {"symptom": "does not turn on", "asset": "NB-0442"},
    "language": "en",
}
CARD = ("os", "started", "tried", "urgency")


@pytest.mark.parametrize(
    ("text", "name", "replies", "flag"),
    [
        ("Добрий день, з понеділка", "started", [], ""),
        ("Dobrý deň, od pondelka", "started", [], ""),
        ("Καλημέρα, από Δευτέρα", "started", [], ""),
        ("Buongiorno, da lunedì", "started", [], ""),
        ("Hi, since monday", "started", [], ""),
        ("windows 11, since monday, please call me", "os", ["human"], "human"),
        ("windows 11 you idiots, since monday", "os", ["annoyed"], "abuse"),
    ],
)
def test_an_answer_beside_small_talk_is_an_answer(text, name, replies, flag):
    decision = decide(a_situation(a_ticket(asked=CARD, **LAPTOP)), says(text))
    assert name in decision.ticket.answers
    assert decision.card is CardStep.REFRESH
    assert templates(decision) == replies
    assert decision.flag == flag


def test_small_talk_alone_fills_nothing():
    ticket = a_ticket(asked=("location",), **LAPTOP)
    for text in ("you idiots", "please call me", "hello?"):
        assert decide(a_situation(ticket), says(text)).ticket.answers == ticket.answers


def test_what_is_said_before_it_is_known_what_it_is_about_is_not_asked_again():
    text = "It does not work since monday, INV-20111, I can't work"
    opened = decide(a_situation(), says(text)).opens
    assert opened.category is None
    assert {"started", "urgency", "asset"} <= opened.answers.keys()
    waiting = a_ticket(category=None, answers=opened.answers, asked=(CATEGORY,), language="en")
    named = decide(a_situation(waiting), says("printer")).ticket
    assert named.answers == opened.answers
    assert named.asked == ("symptom", "location")


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ({"location": "2nd floor"}, "The printer on the 3rd floor prints blank since monday"),
        ({"asset": "INV-20111"}, "Printer INV-20222 in room 5 prints blank since monday"),
    ],
)
def test_another_machine_or_floor_is_asked_about_however_much_is_told(known, text):
    ticket = a_ticket(
        answers={"symptom": "is jammed", **known}, asked=("asset", "started"), language="en"
    )
    decision = decide(a_situation(ticket), says(text))
    assert decision.ticket.answers == ticket.answers
    assert templates(decision) == ["unsure"]


@pytest.mark.parametrize("tickets", [(), (settled(),), (settled(), settled(1050))])
@pytest.mark.parametrize(
    "text",
    [
        "принтер не друкує " + "x" * 1_000_000,
        "x" * 1_000_000 + " принтер не друкує",
        "\n" * 1_000_000 + "принтер не друкує",
        "принтер" + " " * 1_000_000 + "не друкує",
    ],
    ids=["words", "a word before", "empty lines", "blanks"],
)
def test_a_text_without_end_is_kept_whole_and_read_in_its_beginning(tickets, text):
    decision = decide(a_situation(*tickets), says(text))
    assert decision.opens or decision.keeps_message
    assert decision.opens is None or decision.opens.category == "printer"
