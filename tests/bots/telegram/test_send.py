"""Deliveries reach the phone, and each ends in exactly one of five ways."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bots.telegram.receive import envelope_of
from bots.telegram.translate import translate
from intake.errors import NotFound, Unavailable
from intake.speech import (
    Accepted,
    Choice,
    Link,
    Operation,
    Permanent,
    RetryAfter,
    Text,
    Unknown,
)
from simulators import faults
from simulators.people import OLENA, TOM
from simulators.telegram_api import draw_picture
from tests.bots.telegram.sending import CARD, OTHER_CARD, delivery, enclosure, shown
from tests.conftest import begun

# words


async def test_a_button_hands_over_the_own_number_and_nobody_elses_card_is_taken_for_it(
    api, sender
):
    await sender.send(delivery(Text(text="Хто ви?", phone="Мій номер")), begun)
    api.press(OLENA, "Мій номер")
    api.share_contact(OLENA, whose=TOM)
    own, other = (heard(update) for update in api.updates[-2:])
    assert (own.is_own_contact, own.facts["contact"]) == (True, OLENA.phone.lstrip("+"))
    assert (other.is_own_contact, other.facts["contact"]) == (False, TOM.phone.lstrip("+"))


def heard(update):
    payload = json.dumps(update).encode()
    (message,) = translate(envelope_of("700800900", payload, datetime.now(UTC)))
    return message


async def test_a_card_arrives_with_its_buttons(api, sender):
    result = await sender.send(delivery(), begun)
    (card,) = shown(api)
    assert result == Accepted(provider_id=str(card.message_id))
    assert card.text.startswith("#1042 · Принтер\n\nДякую, Olena!")
    assert card.entities[0]["type"] == "bold"
    assert card.button("set|1042|scope|me").label == "Лише мене"
    assert card.reply_to is None


FORM = Link(label="Форма", url="https://desk.example.org/form/a7", app_url="")


async def test_the_form_is_a_button_that_opens_a_page(api, sender):
    await sender.send(delivery(replace(CARD, form=FORM)), begun)
    (card,) = shown(api)
    assert card.buttons[-1][0].url == FORM.url


async def test_with_https_the_form_opens_inside_telegram(api, sender):
    app = replace(FORM, app_url="https://desk.example.org/form/app/a7")
    await sender.send(delivery(replace(CARD, form=app)), begun)
    (call,) = [call for call in api.requests if call.method == "sendMessage"]
    markup = call.params["reply_markup"]
    assert app.app_url in str(markup)
    assert "web_app" in str(markup)


async def test_a_form_that_telegram_cannot_reach_costs_the_button_and_not_the_card(api, sender):
    unreachable = replace(FORM, url="desk.local/form/a7")
    result = await sender.send(delivery(replace(CARD, form=unreachable)), begun)
    (card,) = shown(api)
    assert isinstance(result, Accepted)
    assert [button.label for row in card.buttons for button in row] == ["Лише мене"]
    edit = delivery(
        replace(OTHER_CARD, form=unreachable),
        operation=Operation.EDIT,
        target_provider_id=result.provider_id,
    )
    assert isinstance(await sender.send(edit, begun), Accepted)


async def test_an_agents_answer_is_signed_and_shows_what_it_answers(api, sender):
    asked = api.write(OLENA, "принтер не друкує")
    text = Text(text="Замінили картридж & ролик <2>", signature="Marek")
    await sender.send(delivery(text, quoted_id=str(asked.message_id), is_automatic=False), begun)
    (answer,) = shown(api)
    assert answer.text == "Замінили картридж & ролик <2>\n\n— Marek"
    assert answer.reply_to == asked.message_id


async def test_an_answer_to_a_deleted_message_arrives_without_the_quote(api, sender):
    text = Text(text="Готово")
    result = await sender.send(delivery(text, quoted_id="999999", is_automatic=False), begun)
    assert isinstance(result, Accepted)
    assert shown(api)[0].reply_to is None


async def test_a_long_text_comes_in_parts_with_the_buttons_below_the_last(api, sender):
    sentence = "Слово за словом 😀. "
    rows = ((Choice(label="Так", data="yes"),),)
    text = Text(text=sentence * 400, choices=rows, signature="Marek")
    result = await sender.send(delivery(text), begun)
    first, second = shown(api)
    assert first.text + " " + second.text == (sentence * 400).strip() + " \n\n— Marek"
    assert (first.buttons, second.buttons[0][0].label) == ((), "Так")
    assert result == Accepted(provider_id=str(second.message_id))


async def test_a_very_long_text_comes_as_a_file_with_its_beginning(api, sender):
    words = "рядок журналу\n" * 2000
    result = await sender.send(delivery(Text(text=words, signature="Marek")), begun)
    (entry,) = shown(api)
    assert entry.files[0].name == "1042.txt"
    content = api.world.files.by_id(entry.files[0].file_id).upload.content.decode()
    assert content == words + "\n\n— Marek"
    assert entry.text.startswith("рядок журналу")
    assert entry.text.endswith("…")
    assert result == Accepted(provider_id=str(entry.message_id))


# files


async def test_one_file_with_few_words_is_one_message(api, sender):
    file = enclosure('інструкція "нова".pdf', b"%PDF-1.7 content")
    text = Text(text="Ось <інструкція>", signature="Marek")
    result = await sender.send(delivery(text, attachments=(file,)), begun)
    (entry,) = shown(api)
    assert result == Accepted(provider_id=str(entry.message_id))
    assert (entry.kind, entry.files[0].name) == ("document", "інструкція нова.pdf")
    assert entry.text == "Ось <інструкція>\n\n— Marek"


async def test_many_files_follow_the_words_in_albums_of_one_kind(api, sender):
    pictures = [enclosure(f"{n}.png", draw_picture(grey=n), "image/png") for n in range(11)]
    papers = [enclosure(f"{n}.pdf", b"%PDF" + bytes([n])) for n in range(2)]
    asked = api.write(OLENA, "покажіть, будь ласка")
    result = await sender.send(
        delivery(
            Text(text="Дивіться"),
            attachments=(*pictures, *papers),
            quoted_id=str(asked.message_id),
            is_automatic=False,
        ),
        begun,
    )
    words, *files = shown(api)
    assert result == Accepted(provider_id=str(words.message_id))
    assert words.reply_to == asked.message_id
    assert [entry.kind for entry in files] == ["photo"] * 11 + ["document"] * 2
    assert len({entry.media_group_id for entry in files}) == 3
    assert files[-1].files[0].name == "1.pdf"


async def test_files_without_words_carry_the_quote_themselves(api, sender):
    asked = api.write(OLENA, "файли?")
    papers = tuple(enclosure(f"{n}.pdf", b"%PDF" + bytes([n])) for n in range(2))
    quoted = {"quoted_id": str(asked.message_id), "is_automatic": False}
    result = await sender.send(delivery(Text(text=""), attachments=papers, **quoted), begun)
    entries = shown(api)
    assert [entry.reply_to for entry in entries] == [asked.message_id] * 2
    assert result == Accepted(provider_id=str(entries[-1].message_id))


async def test_a_picture_that_telegram_refuses_as_a_photo_goes_as_a_document(api, sender):
    odd = enclosure("scan.png", b"not really a picture", "image/png")
    result = await sender.send(delivery(Text(text="Скан"), attachments=(odd,)), begun)
    (entry,) = shown(api)
    assert (entry.kind, entry.text) == ("document", "Скан")
    assert isinstance(result, Accepted)


VOICE = enclosure("voice.ogg", b"OggS voice", "audio/ogg")


async def test_a_voice_message_is_played_and_stands_in_no_album(api, sender):
    papers = tuple(enclosure(f"{n}.pdf", b"%PDF" + bytes([n])) for n in range(2))
    files = (*papers, VOICE, replace(VOICE, name="more.ogg"))
    await sender.send(delivery(Text(text=""), attachments=files), begun)
    assert [entry.kind for entry in shown(api)] == ["document", "document", "voice", "voice"]


async def test_who_takes_no_voice_messages_gets_a_document(api, sender):
    forbidden = faults.refuse(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN")
    api.faults.inject(forbidden, on="sendVoice")
    result = await sender.send(delivery(Text(text="Гляньте"), attachments=(VOICE,)), begun)
    (entry,) = shown(api)
    assert (entry.kind, entry.text) == ("document", "Гляньте")
    assert isinstance(result, Accepted)


async def test_a_file_larger_than_telegram_takes_is_said_before_anything_goes_out(api, sender):
    large = replace(enclosure("disk.img", b"x"), size=60 << 20)
    result = await sender.send(delivery(Text(text="Образ"), attachments=(large,)), begun)
    assert isinstance(result, Permanent)
    assert "disk.img" in result.reason
    assert not shown(api)


@pytest.mark.parametrize(
    ("error", "kind"),
    [(NotFound("gone"), Permanent), (FileNotFoundError(), Permanent),
     (Unavailable("disk"), RetryAfter)],
)  # fmt: skip
async def test_files_that_can_not_be_read_stop_the_message(api, sender, error, kind):
    def read(sha256):
        raise error

    broken = replace(sender, read_blob=read)
    file = enclosure("a.pdf", b"%PDF")
    assert isinstance(await broken.send(delivery(attachments=(file,)), begun), kind)
    assert not shown(api)


# edits and taps


async def test_a_card_is_edited_in_place(api, sender):
    sent = await sender.send(delivery(), begun)
    edit = delivery(
        OTHER_CARD, operation=Operation.EDIT, target_id=1, target_provider_id=sent.provider_id
    )
    assert await sender.send(edit, begun) == sent
    (card,) = shown(api)
    assert card.text.endswith("Це все.")
    assert (card.edited, card.buttons) == (True, ())


async def test_an_edit_that_changes_nothing_is_a_success(api, sender):
    sent = await sender.send(delivery(), begun)
    edit = delivery(operation=Operation.EDIT, target_provider_id=sent.provider_id)
    assert await sender.send(edit, begun) == sent


@pytest.mark.parametrize("target", ["999999", "", "unclear"])
async def test_an_edit_of_nothing_is_permanent(sender, target):
    edit = delivery(operation=Operation.EDIT, target_provider_id=target)
    assert isinstance(await sender.send(edit, begun), Permanent)


async def test_an_edit_too_long_for_one_message_is_permanent(api, sender):
    sent = await sender.send(delivery(), begun)
    edit = delivery(
        Text(text="а" * 5000), operation=Operation.EDIT, target_provider_id=sent.provider_id
    )
    assert isinstance(await sender.send(edit, begun), Permanent)


async def test_a_tap_is_answered_once_and_an_old_one_quietly_never(api, sender):
    await sender.send(delivery(), begun)
    tap_id = api.tap(OLENA, "Лише мене")
    answer = delivery(
        Text(text="Записано"), operation=Operation.ANSWER_TAP, target_external_id=tap_id
    )
    assert await sender.send(answer, begun) == Accepted()
    assert api.last_answered_callbacks[-1].text == "Записано"
    assert isinstance(await sender.send(answer, begun), Permanent)


async def test_a_tap_answer_is_cut_to_what_telegram_shows(api, sender):
    await sender.send(delivery(), begun)
    tap_id = api.tap(OLENA, "Лише мене")
    answer = delivery(
        Text(text="слово " * 60), operation=Operation.ANSWER_TAP, target_external_id=tap_id
    )
    assert await sender.send(answer, begun) == Accepted()
    assert len(api.last_answered_callbacks[-1].text) <= 200


async def test_a_message_that_breaks_in_the_middle_is_unknown_and_says_how_far_it_came(
    api, sender
):
    api.faults.inject(faults.server_error(), on="sendMessage").skip = 1
    result = await sender.send(delivery(Text(text="слово " * 1000)), begun)
    assert isinstance(result, Unknown)
    assert result.reason.startswith("1 of 2 messages arrived")
    assert len(shown(api)) == 1


async def test_a_short_wait_between_two_parts_is_waited_out(api, sender):
    api.faults.inject(faults.too_many_requests(3), on="sendMessage").skip = 1
    result = await sender.send(delivery(Text(text="слово " * 1000)), begun)
    assert result == Accepted(provider_id=str(shown(api)[-1].message_id))
    assert len(shown(api)) == 2
    assert sender.pause.seconds == [3]


@pytest.mark.parametrize("body", [Text(text=""), Text(text=" \n ")])
async def test_nothing_to_say_is_permanent(api, sender, body):
    assert isinstance(await sender.send(delivery(body), begun), Permanent)
    assert not api.calls("sendMessage")


async def test_an_address_that_is_no_chat_is_permanent(sender):
    strange = delivery()
    strange = replace(strange, address=replace(strange.address, external_id="olena@example.com"))
    assert isinstance(await sender.send(strange, begun), Permanent)
