"""How cards and texts read on a phone."""

from dataclasses import replace

from bots.telegram.card import draw
from intake.speech import Card, Chip, Choice, Link, Question, Text

SCOPE = (
    Choice(label="Only me", data="set|1042|scope|me"),
    Choice(label="My team", data="set|1042|scope|team"),
    Choice(label="The whole floor", data="set|1042|scope|floor"),
    Choice(label="Everybody", data="set|1042|scope|all"),
)
CARD = Card(
    heading="#1042 · Printer",
    intro="Thank you, Olena! I've noted this. Our first line answers by 12:30.",
    known=(Chip(label="Place", value="floor 3, E5"), Chip(label="Device", value="HP <M404>")),
    ask="A few things would help:",
    questions=(
        Question(number=1, label="Inventory number", hint="on the sticker, such as INV-20418"),
        Question(number=2, label="Who is affected?", choices=SCOPE),
        Question(number=3, label="Since when?"),
    ),
    closing="If you don't know something, just say so.",
    actions=(
        Choice(label="Send as it is", data="send|1042"),
        Choice(label="Not a printer", data="recat|1042"),
    ),
)


def test_a_card_is_short_paragraphs_with_air_between():
    assert draw(CARD).html == (
        "<b>#1042 · Printer</b>\n\n"
        "Thank you, Olena! I've noted this. Our first line answers by 12:30.\n\n"
        "✓ Place: floor 3, E5\n✓ Device: HP &lt;M404&gt;\n\n"
        "A few things would help:\n\n"
        "<b>1. Inventory number</b>\n<i>on the sticker, such as INV-20418</i>\n\n"
        "<b>2. Who is affected?</b>\n\n"
        "<b>3. Since when?</b>\n\n"
        "If you don't know something, just say so."
    )


def test_questions_without_hints_are_one_compact_list():
    questions = (Question(number=1, label="Place"), Question(number=2, label="Since when?"))
    card = Card(heading="#7", intro="Noted.", ask="Please:", questions=questions)
    assert (
        draw(card).html
        == "<b>#7</b>\n\nNoted.\n\nPlease:\n\n<b>1. Place</b>\n<b>2. Since when?</b>"
    )


def test_buttons_stand_beside_each_other_as_far_as_they_fit():
    labels = [[label for label, _ in row] for row in draw(CARD).rows]
    assert labels == [
        ["Only me", "My team"],
        ["The whole floor", "Everybody"],
        ["Send as it is", "Not a printer"],
    ]
    short = Question(number=1, label="Urgent?", choices=(SCOPE[0], SCOPE[1], SCOPE[0]))
    assert len(draw(Card(heading="#7", intro="", questions=(short,))).rows) == 1


def test_labels_carry_the_number_of_their_question_when_several_have_buttons():
    urgent = Question(number=3, label="Urgent?", choices=(Choice(label="Yes", data="y"),))
    card = Card(heading="#7", intro="", questions=(CARD.questions[1], urgent))
    rows = draw(card).rows
    assert rows[0][0] == ("2 · Only me", "set|1042|scope|me")
    assert rows[-1] == (("3 · Yes", "y"),)


def test_long_buttons_have_a_row_each():
    choices = tuple(Choice(label=f"A rather long label, number {n}", data=str(n)) for n in (1, 2))
    question = Question(number=1, label="Which?", choices=choices)
    drawn = draw(Card(heading="#7", intro="", questions=(question,), actions=choices))
    assert [len(row) for row in drawn.rows] == [1, 1, 1, 1]


def test_a_reply_is_signed_below():
    drawn = draw(Text(text="Замінили картридж.\n\nСпробуйте ще раз.", signature="Marek"))
    assert drawn.html == "Замінили картридж.\n\nСпробуйте ще раз.\n\n<i>— Marek</i>"
    assert drawn.rows == ()


def test_what_people_wrote_is_never_markup():
    drawn = draw(Text(text="<b>if a < b && c</b>", signature="<i>Marek</i>"))
    assert drawn.html == (
        "&lt;b&gt;if a &lt; b &amp;&amp; c&lt;/b&gt;\n\n<i>— &lt;i&gt;Marek&lt;/i&gt;</i>"
    )


def test_the_rows_of_a_text_stay_as_they_are():
    rows = ((Choice(label="#1041", data="a"),), (Choice(label="New", data="b"),))
    assert draw(Text(text="Which?", choices=rows)).rows == ((("#1041", "a"),), (("New", "b"),))


def test_the_form_has_a_row_of_its_own_above_the_actions():
    form = Link(label="Open the form", url="https://desk.example.org/form/a")
    rows = draw(replace(CARD, form=form)).rows
    assert rows[-2] == (form,)


def test_a_card_of_an_agent_ends_with_the_name():
    drawing = draw(replace(CARD, signature="Marek <Novák>"))
    assert drawing.html.endswith("\n\n<i>— Marek &lt;Novák&gt;</i>")
