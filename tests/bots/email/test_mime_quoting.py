"""Quotes are hidden by their shape, in five languages; own words are never lost."""

import pytest

from bots.email import html, html_text
from bots.email.quoting import new_words

OWN = {
    "uk": "Дякую, вже працює.\nАле сканер досі мовчить: що робити?",
    "sk": "Ďakujem, už to funguje.\nSkener však stále mlčí: čo mám robiť?",
    "el": "Ευχαριστώ, τώρα δουλεύει.\nΟ σαρωτής όμως όχι: τι να κάνω;",
    "it": "Grazie, ora funziona.\nLo scanner invece no: che faccio?",
    "en": "Thanks, it works now.\nThe scanner does not: what shall I do?",
}
GMAIL = {
    "uk": "пн, 23 лист. 2026 р. о 10:15 Марек <support@firm.test> пише:",
    "sk": "po 23. 11. 2026 o 10:15 Marek <support@firm.test> napísal(a):",
    "el": "Στις Δευ 23 Νοε 2026 στις 10:15 π.μ., ο χρήστης Marek <support@firm.test>\nέγραψε:",
    "it": "Il giorno lun 23 nov 2026 alle ore 10:15 Marek <support@firm.test> ha\nscritto:",
    "en": "On Mon, Nov 23, 2026 at 10:15 AM Marek, first line <support@firm.test>\nwrote:",
}
THUNDERBIRD = {
    "uk": "23.11.2026 10:15, Марек пише:",
    "sk": "Dňa 23. 11. 2026 o 10:15 Marek napísal(a):",
    "el": "Στις 23/11/26 10:15, ο Marek έγραψε:",
    "it": "Il 23/11/26 10:15, Marek ha scritto:",
    "en": "On 23/11/2026 10:15, Marek wrote:",
}
OUTLOOK = {
    "uk": "Від: Марек <support@firm.test>\nНадіслано: 23 листопада 2026 р. 10:15\nКому: Олена\n"
    "Тема: Принтер",
    "sk": "Od: Marek <support@firm.test>\nOdoslané: pondelok 23. novembra 2026 10:15\n"
    "Komu: Olena\nPredmet: Tlačiareň",
    "el": "Από: Marek <support@firm.test>\nΣτάλθηκε: Δευτέρα, 23 Νοεμβρίου 2026 10:15\n"
    "Προς: Olena\nΘέμα: Εκτυπωτής",
    "it": "Da: Marek <support@firm.test>\nInviato: lunedì 23 novembre 2026 10:15\nA: Olena\n"
    "Oggetto: Stampante",
    "en": "From: Marek <support@firm.test>\nSent: Monday, November 23, 2026 10:15 AM\nTo: Olena\n"
    "Subject: Printer",
}
OTHER_LANGUAGES = {
    "unknown words": "-----Pôvodná správa-----\nXyz: Marek <support@firm.test>\n"
    "Abc: 23.11.2026 10:15\nKlm: Olena",
    "underscores": "________________________________\nFrom: Marek\n"
    "Sent: Monday, November 23, 2026 10:15 AM\nTo: Olena\nSubject: Printer",
    "bold": "*From:* Marek <support@firm.test>\n*Date:* Mon 23 Nov 2026 10:15\n*To:* Olena",
}
SIGNATURE = "-- \nOlena Koval\nAccounting\n+421 900 000 000"
FOOTER = {
    "uk": "Надіслано з iPhone",
    "sk": "Odoslané z iPhonu",
    "el": "Στάλθηκε από το iPhone μου",
    "it": "Inviato da iPhone",
    "en": "Sent from my iPhone",
}
QUOTED = "> Hello Olena,\n> please try again.\n>\n> Marek"
LANGUAGES = sorted(OWN)


def visible(text, **known):
    return new_words(text, **known).shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("attributions", [GMAIL, THUNDERBIRD], ids=["gmail", "thunderbird"])
def test_a_quote_below_is_hidden(language, attributions):
    own, announced = OWN[language], attributions[language]
    assert visible(f"{own}\n\n{announced}\n\n{QUOTED}\n") == own
    assert visible(f"{own}\n\n{SIGNATURE}\n\n{announced}\n{QUOTED}") == own
    assert visible(f"{own}\n\n{announced}\n{QUOTED}\n\n{SIGNATURE}") == own
    assert visible(f"{own}\n\n{FOOTER[language]}\n\n{announced}\n{QUOTED}") == own
    assert visible(f"{own}\n\n{announced}") == own


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quote_above_is_hidden_and_the_answer_below_is_kept(language):
    own = OWN[language]
    assert visible(f"{GMAIL[language]}\n{QUOTED}\n\n{own}\n") == own


@pytest.mark.parametrize("block", [*OUTLOOK.values(), *OTHER_LANGUAGES.values()])
def test_copied_headers_and_all_after_them_are_hidden(block):
    own = OWN["en"]
    assert visible(f"{own}\n\n{block}\n\nHello Olena,\nplease try again.") == own
    assert visible(f"{own}\n\n{SIGNATURE}\n\n{block}\n\nHello Olena,") == own


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_between_quotes_keep_everything(language):
    own = OWN[language]
    text = f"{GMAIL[language]}\n> first?\n{own}\n> second?\nToo.\n"
    assert visible(text) == text.rstrip()
    text = f"Before.\n\n{GMAIL[language]}\n> first?\n\n{own}"
    assert own in visible(text)
    assert "Before." in visible(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{GMAIL['en']}\n{QUOTED}",  # nothing of one's own: show the quote
        f"{OUTLOOK['uk']}\n\nforwarded without a word",
        # Descriptions that look like headers are the sender's own words.
        "Доброго дня,\n\nІм'я: Олена\nПошта: olena@firm.test\nДата: 23.11.2026\nБіда: принтер",
        "Hello,\n\nName: Olena\nE-mail: olena@firm.test\nDate: 23.11.2026 10:15\nProblem: VPN",
        "Scrivo perché:\nStampante: HP\nUtente: olena@firm.test\nOra: 10:15 del 23.11.2026",
        "Marek wrote on 23.11.2026 to support@firm.test:\nplease restart.\nI did, no help.",
        "Steps:\n1. open\n2. close\n--\n3. then it hangs\n4. and again",
        "The log says:\n\n    10:15 olena@firm.test failed:\n    again\n\nWhat now?",
        "See > in the middle and a -> b",
        "Sent from my iPhone",
        "a\n\n-----\n\nb",
        "",
    ],
)
def test_own_words_are_never_lost(text):
    assert visible(text) == text


def test_a_wrapped_quote_is_kept_rather_than_guessed():
    text = f"Yes.\n\n{GMAIL['en']}\n> a long line that the program\nwrapped\n> in two"
    assert visible(text) == text


def test_our_own_last_words_are_known_without_any_mark():
    ours = "Hello Olena, please restart the printer.\nThen print the page of settings for us."
    assert visible(f"It helped.\n\nMarek:\n{ours}", known_parent=ours).startswith("It helped.")
    assert "restart" not in visible(f"It helped.\n\n{ours}", known_parent=ours)
    assert visible(ours, known_parent=ours) == ours


def test_a_marker_line_hides_all_below_it():
    text = f"Done.\n\n{GMAIL['en']}\nplease answer above this line\nHello"
    assert visible(text, marker="answer above this line") == "Done."


HTML_QUOTES = {
    "gmail": '<div class="gmail_quote gmail_quote_container"><div class="gmail_attr">{said}<br>'
    '</div><blockquote class="gmail_quote">Hello<br>again</blockquote></div>',
    "gmail, older": '<div class="gmail_quote">{said}<br><blockquote class="gmail_quote">Hello'
    "</blockquote></div>",
    "apple": '<div><blockquote type="cite"><div>{said}</div></blockquote>'
    '<blockquote type="cite">Hello</blockquote></div>',
    "thunderbird": '<div class="moz-cite-prefix">words in no language I know</div>'
    '<blockquote type="cite" cite="mid:x">Hello</blockquote>',
    "outlook on the web": '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> '
    "Marek</div><div>Hello</div>",
    "outlook": '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>Von:</b> Marek'
    "<br><b>Gesendet:</b> Montag 10:15<br><b>An:</b> Olena</p></div></div><p>Hello</p>",
    "yahoo": '<div class="yahoo_quoted"><div>{said}</div><div>Hello</div></div>',
    "proton": '<div class="protonmail_quote">{said}<blockquote type="cite">Hello</blockquote>'
    "</div>",
}


@pytest.mark.parametrize("program", HTML_QUOTES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_of_mail_programs_are_hidden_in_html(program, language):
    said = GMAIL[language].replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")
    first, second = OWN[language].split("\n")
    source = f"<div>{first}</div><div>{second}</div><br>" + HTML_QUOTES[program].format(said=said)
    full = html_text.from_html(html.mark(source))
    assert "Hello" in full
    assert visible(full) == OWN[language]


def test_a_bare_blockquote_is_the_writers_own_indentation():
    source = "<p>The message says:</p><blockquote>Error 5</blockquote><p>What now?</p>"
    assert visible(html_text.from_html(html.mark(source))).split("\n\n") == [
        "The message says:",
        "Error 5",
        "What now?",
    ]


def test_answers_inside_a_quote_container_are_kept():
    source = (
        '<div class="gmail_quote"><blockquote class="gmail_quote">one?</blockquote><div>yes</div>'
        '<blockquote class="gmail_quote">two?</blockquote><div>no</div></div>'
    )
    shown = visible(html_text.from_html(html.mark(source)))
    assert "yes" in shown
    assert "no" in shown


CARD = (
    "#1001 Printer\n\n\u2713 Category: printer\n\nPlease tell us:\n\n1. Inventory number (on the"
    " sticker)\n\n2. Since when\n\n3. Can you work?\n   yes / no\n\nSofia answers soon."
)


def quoting(*under, card=CARD):
    """The card quoted, with own words under some of its lines."""
    lines = []
    for line in card.split("\n"):
        lines.append(f"> {line}".rstrip())
        lines += [words for start, words in under if line.strip().startswith(start)]
    return "\n".join([GMAIL["en"], *lines])


ANSWERS = (("1.", "INV-20418"), ("2.", "since this morning\n"), ("yes /", "no"))
NUMBERED = "1. INV-20418\n\n2. since this morning\n\n3. no"
IN_PLACE = (
    "> 1. Inventory number (on the sticker)\nINV-20418\n\n"
    "> 2. Since when\nsince this morning\n\n"
    "> 3. Can you work?\n>    yes / no\nno"
)
QUOTED_CARD = quoting()


def read(text):
    return new_words(text).read


def test_answers_under_the_questions_of_a_card_are_shown_there_and_read_by_their_numbers():
    assert visible(quoting(*ANSWERS)) == IN_PLACE
    assert read(quoting(*ANSWERS)) == NUMBERED
    assert read(quoting(*ANSWERS[1:])) == "2. since this morning\n\n3. no"
    greeted = "Hi, see below.\n\n" + quoting(*ANSWERS[:2])
    assert read(greeted) == "Hi, see below.\n\n1. INV-20418\n\n2. since this morning"
    assert visible(greeted).startswith("Hi, see below.\n\n> 1. Inventory")


def test_words_around_answers_are_kept_apart_from_them():
    text = f"Hello,\n\n{quoting(*ANSWERS, ('Sofia', 'Thank you!'))}\n\n{SIGNATURE}"
    assert visible(text) == f"Hello,\n\n{IN_PLACE}\n\nThank you!"
    assert read(text) == f"Hello,\n\n{NUMBERED}\n\nThank you!"


@pytest.mark.parametrize(
    "below", ["I am ill.\n\n  Please call Tom instead.", "1. INV-20418\n2. yesterday"]
)
@pytest.mark.parametrize("above", ["Hi Marek,", "Hello"])
def test_what_stands_below_a_whole_card_is_no_answer_to_its_last_question(above, below):
    text = f"{above}\n\n{QUOTED_CARD}\n\n{below}\n\n{SIGNATURE}"
    assert visible(text) == read(text) == f"{above}\n\n{below}"


def test_a_question_that_is_followed_by_other_words_is_not_the_one_that_is_answered():
    for words in ("That is all we need.", "\n> That is all we need."):
        card = CARD.replace("2. Since when", f"2. Since when\n> a hint\n> a choice\n> {words}")
        text = "Hello,\n\n" + quoting(("1.", "INV-20418"), ("Sofia", "On Monday."), card=card)
        assert read(text).endswith("1. INV-20418\n\nOn Monday.")


def test_an_answer_that_brings_its_own_number_keeps_it():
    card = CARD.partition("\n\n3.")[0]
    text = f"Hello,\n{quoting(card=card)}\n1. INV-20418\n2. yesterday"
    assert read(text) == "Hello,\n\n1. INV-20418\n2. yesterday"


def test_where_not_every_answer_has_a_number_everything_is_shown():
    text = quoting(("1.", "INV-20418"), ("yes", "no"), card=CARD.replace("2.", "-"))
    text = text.replace("> 3. Can you work?", "> Can you work?") + "\nThat is all.\n> bye\nOlena"
    assert visible(text) == text
    assert read(text) == "1. INV-20418\n\nno\n\nThat is all.\n\nOlena"


def test_answers_under_the_questions_of_a_card_in_html_take_their_numbers():
    attribution = GMAIL["en"].replace("<", "&lt;").replace(">", "&gt;")
    quote = '<blockquote class="gmail_quote"><ol start="{}"><li>{}</li></ol></blockquote>'
    source = (
        f'<div class="gmail_quote"><div class="gmail_attr">{attribution}</div>'
        + quote.format(1, "Inventory number<br>on the sticker")
        + "<div>INV-20418</div>"
        + quote.format(2, "Can you work<br>a hint<br>yes / no")
        + "<div>since this morning</div></div>"
    )
    shown = read(html_text.from_html(html.mark(source)))
    assert shown == "1. INV-20418\n\n2. since this morning"
