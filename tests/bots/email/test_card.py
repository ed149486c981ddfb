"""How a card reads as a mail."""

from dataclasses import replace

from bots.email.card import MailDrawing
from intake.speech import Card, Link, Question
from intake.wording import templates_folder

CARD = Card(
    heading="#1042 · Printer",
    intro="Thank you, Olena!",
    ask="One thing would help:",
    questions=(Question(number=1, label="Inventory number"),),
    form=Link(label="Open the form", url='https://desk.example.org/form/a7?"<'),
)


def test_the_link_to_the_form_stands_in_both_versions():
    drawn = MailDrawing(templates_folder()).draw(CARD, "en")
    assert 'Open the form: https://desk.example.org/form/a7?"<' in drawn.text
    assert '<a href="https://desk.example.org/form/a7?&#34;&lt;">Open the form</a>' in drawn.html


def test_a_card_of_an_agent_is_signed_in_both_versions():
    drawn = MailDrawing(templates_folder()).draw(replace(CARD, signature="Marek <Novák>"), "en")
    assert "\nMarek <Novák>\n" in drawn.text
    assert "<p>Marek &lt;Novák&gt;</p>" in drawn.html
