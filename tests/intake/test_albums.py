"""Albums come in pieces: one message with many files, and no caption is lost."""

from dataclasses import replace

from intake.messages import IncomingFile
from tests.intake.cast import DIALOGUE, NOW, a_situation, an_entry, says, settled
from tests.intake.desk import Desk

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


def test_photos_of_one_album_are_told_apart_by_their_names():
    desk = Desk()
    for number in range(3):
        photo = says("принтер" if not number else "", album="9", files=(PHOTO,))
        desk.receive(replace(photo, external_id=str(number)), str(number))
    (entry,) = [entry for entry in desk.rows.entries.values() if entry.files]
    assert [file.name for file in entry.files] == ["photo.jpg", "photo-2.jpg", "photo-3.jpg"]
