"""The way in: what a channel promises for everything that its platform hands over."""

from intake.errors import Unavailable, Unreadable
from intake.messages import MessageKind
from tests.bots.contract.promises import promised


@promised
async def test_what_arrives_is_kept_before_it_is_acknowledged(channel):
    channel.journal.failure = Unavailable("database is away")
    first = channel.captured(channel.first)
    assert not await channel.deliver(first)
    assert not channel.journal.kept
    channel.journal.failure = None
    assert await channel.deliver(first)
    assert channel.said() == [channel.read(first)[0].text]


@promised
async def test_what_bears_no_valid_signature_is_refused_and_not_kept(channel):
    assert not await channel.deliver(channel.captured(channel.first), is_genuine=False)
    assert not channel.journal.kept


@promised
async def test_a_duplicate_adds_nothing(channel):
    first = channel.captured(channel.first)
    assert [await channel.deliver(first) for _ in range(2)] == [True, True]
    assert len(channel.journal.kept) == 1


@promised
async def test_a_crash_between_commit_and_answer_loses_and_doubles_nothing(channel):
    channel.journal.dies = True
    first = channel.captured(channel.first)
    assert not await channel.deliver(first)
    assert await channel.deliver(first)
    assert channel.said() == [channel.read(first)[0].text]


@promised
async def test_what_comes_in_another_order_waits_in_the_same_conversation(channel):
    for payload in reversed(channel.pair()):
        assert await channel.deliver(payload)
    assert len(channel.journal.kept) == 2
    assert len({kept.conversation for kept in channel.journal.kept.values()}) == 1


@promised
async def test_a_poison_body_is_kept_and_holds_up_nothing(channel):
    for poison in channel.poisons:
        assert await channel.deliver(poison)
    kept = list(channel.journal.kept.values())
    assert len(kept) == len(set(channel.poisons))
    for envelope in kept:
        assert is_read_or_unreadable(channel, envelope)
    assert await channel.deliver(channel.captured(channel.first))


def is_read_or_unreadable(channel, envelope):
    try:
        return channel.translate(envelope)
    except Unreadable:
        return True


@promised
async def test_an_unknown_kind_is_kept_and_named(channel):
    for unknown in (channel.unknown_content, channel.unknown_event):
        assert await channel.deliver(unknown)
    content, event = (channel.translate(kept)[0] for kept in channel.journal.kept.values())
    assert (content.kind, content.platform_kind) == (MessageKind.UNSUPPORTED, "hologram")
    assert (event.kind, event.platform_kind) == (MessageKind.IRRELEVANT, "hologram")
