"""Albums come in pieces: one message with many files, and no caption is lost."""

from intake.messages import IncomingFile
from tests.intake.cast import DIALOGUE, NOW, a_situation, an_entry, says, settled

PHOTO = IncomingFile(source="{}", name="photo.jpg")


def known():
    return a_situation(settled(), known_entry=an_entry(settled()), named_ticket=settled())


def test_a_further_photo_joins_the_first():
    photo = says("", album="9", files=(PHOTO,), external_id="56")
    decision = DIALOGUE.decide(known(), photo, NOW)
    assert decision.extends_entry == an_entry(settled()).id
    assert not decision.keeps_message


def test_a_further_photo_with_words_of_its_own_is_a_message_of_the_same_ticket():
    photo = says("а це екран", album="9", files=(PHOTO,), external_id="56")
    decision = DIALOGUE.decide(known(), photo, NOW)
    assert decision.keeps_message
    assert decision.extends_entry is None
    assert decision.ticket.id == settled().id
