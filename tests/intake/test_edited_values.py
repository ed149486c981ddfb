"""An edited message changes the values that its old words had given, and no others."""

import pytest

from intake.decisions import CardStep
from intake.messages import MessageKind
from tests.intake.cast import a_ticket, an_entry, says, settled
from tests.intake.corrections import KNOWN, changed, decide


def test_an_edited_message_corrects_what_it_had_said():
    ticket = settled(answers=KNOWN)
    entry = an_entry(ticket, text="принтер INV-20418 не друкує", external_id="55")
    message = says("принтер INV-20419 не друкує", MessageKind.EDIT)
    decision = decide(message, ticket, known_entry=entry, named_ticket=ticket)
    assert changed(decision) == [("answer:asset", "INV-20418", "INV-20419")]
    assert decision.rewrites_entry == entry.id


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("NB-0442, з ранку, 3 поверх", "NB-0443, з ранку, 3 поверх", "uk"),
        ("NB-0442, since morning, floor 3", "NB-0443, since morning, floor 3", "en"),
        ("NB-0442, od rána, 3. poschodie", "NB-0443, od rána, 3. poschodie", "sk"),
        ("NB-0442, από το πρωί, 3ος όροφος", "NB-0443, από το πρωί, 3ος όροφος", "el"),
        ("NB-0442, da stamattina, terzo piano", "NB-0443, da stamattina, terzo piano", "it"),
    ],
)
def test_one_value_of_a_list_is_changed_by_editing_the_message(before, after, language):
    asking = a_ticket(
        answers={"symptom": "не друкує"}, asked=("asset", "location", "started"), language=language
    )
    ticket = decide(says(before), asking).ticket
    assert ticket.answers["asset"] == "NB-0442"
    entry = an_entry(ticket, text=before, external_id="55")
    message = says(after, MessageKind.EDIT)
    decision = decide(message, ticket, known_entry=entry, named_ticket=ticket)
    assert ("answer:asset", "NB-0442", "NB-0443") in changed(decision)
    assert all(not told for _, told, _ in changed(decision)[1:])
    assert decision.card is CardStep.REFRESH


def test_an_edit_that_changes_other_words_leaves_the_values():
    ticket = settled(answers=KNOWN | {"asset": "INV-5"})
    entry = an_entry(ticket, text="принтер INV-20418 не друкує", external_id="55")
    message = says("принтер INV-20419 не друкує", MessageKind.EDIT)
    decision = decide(message, ticket, known_entry=entry, named_ticket=ticket)
    assert decision.ticket.answers["asset"] == "INV-5"
