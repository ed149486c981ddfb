"""How a card reads as a mail."""

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
