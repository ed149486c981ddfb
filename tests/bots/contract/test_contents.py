"""Each kind of content is an entry on the timeline or has an answer; nothing breaks reading."""

import json
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from intake.errors import Needless, Unreadable
from intake.messages import MessageKind
from tests.bots.contract.channel import QUARANTINED, Content
from tests.bots.contract.promises import CHANNELS, of_every_content, promised


@of_every_content
def test_every_kind_of_content_is_an_entry_or_has_an_answer(driver, name):
    content = content_of(driver, driver.captured(name))
    assert content == driver.contents[name]
    if content.kind is MessageKind.TEXT:
        assert content.text or content.files or content.subject
    if content.kind is MessageKind.UNSUPPORTED:
        assert content.more


def content_of(driver, payload):
    try:
        (message,) = driver.read(payload)
    except Needless:
        return Content(kind=None)
    except Unreadable:
        return Content(kind=QUARANTINED)
    return Content(
        kind=message.kind,
        subject=message.subject,
        text=message.text,
        files=tuple(file.name for file in message.files),
        more=message.tap or message.payload or message.platform_kind,
        automatic=message.automatic.value,
    )


def test_every_captured_payload_is_in_the_table():
    for channel in CHANNELS:
        files = channel.folder().glob(f"*.{channel.suffix}")
        assert {path.stem for path in files} == set(channel.contents)


@promised
def test_a_later_change_names_the_message_that_it_changes(driver):
    names = (driver.first, driver.changed)
    before, after = (driver.read(driver.captured(name))[0] for name in names)
    assert after.kind is MessageKind.EDIT
    assert (after.external_id, after.address) == (before.external_id, before.address)
    assert after.text != before.text


@promised
def test_what_is_taken_back_names_the_message_that_it_takes(driver):
    names = (driver.first, driver.taken_back)
    before, after = (driver.read(driver.captured(name))[0] for name in names)
    assert after.kind is MessageKind.DELETION
    assert (after.external_id, after.address) == (before.external_id, before.address)
    assert (after.text, after.files) == ("", ())


@promised
async def test_a_file_of_a_person_is_brought_as_it_was_sent(channel):
    content = bytes(range(256)) * 500
    assert await channel.bring("звіт за листопад.bin", content) == content


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**18, max_value=10**25)
    | st.floats()
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@promised
@given(data=st.data(), junk=JSON)
def test_any_value_in_any_place_is_read_or_unreadable(driver, data, junk):
    name, (*way, last) = data.draw(st.sampled_from(places_in(driver)))
    broken = json.loads(driver.captured(name))
    inside = broken
    for key in way:
        inside = inside[key]
    inside[last] = junk
    assert is_read_or_unreadable(driver, json.dumps(broken).encode())


@cache
def places_in(driver):
    """Every place in every captured payload."""
    read = {name: json.loads(driver.captured(name)) for name in driver.contents}
    return [(name, place) for name, value in read.items() for place in places(value) if place]


def places(value, before=()):
    yield before
    items = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, inner in items:
        yield from places(inner, (*before, key))


@promised
@given(junk=st.binary(max_size=40) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_unreadable(driver, junk):
    assert is_read_or_unreadable(driver, junk)


def is_read_or_unreadable(driver, payload):
    try:
        messages = driver.read(payload)
    except (Unreadable, Needless):
        return True
    texts = [message.text.encode() for message in messages]  # no half of a surrogate pair
    zoned = [message.sent_at.tzinfo is not None for message in messages]
    return all(zoned) and not any(b"\0" in text for text in texts)
