"""The tables of tickets and of all that waits; those of people are in `models`."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from store.columns import LineField, MomentField
from store.models import Handle, Person


# `answers`, `declined`, `asked` and `numbered` are JSON; nothing queries inside them.
class Ticket(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "store.Person", related_name="tickets", on_delete=fields.RESTRICT
    )
    requester = fields.TextField()
    channel = LineField()
    account = LineField()
    address = LineField()
    language = LineField()
    subject = fields.TextField()
    status = LineField()
    kind = LineField()
    category = LineField(null=True)
    priority = LineField()
    created_at = MomentField()
    updated_at = MomentField()
    answers = fields.TextField()
    declined = fields.TextField()
    asked = fields.TextField()
    numbered = fields.TextField(db_default="[]")
    correcting_since = MomentField(null=True)
    card_id = fields.BigIntField(null=True)
    assumed = fields.TextField(db_default="[]")  # JSON
    ask = fields.TextField(db_default="")  # JSON, empty for the desk's own card
    is_complete = fields.BooleanField(db_default=False)
    assignee_id = fields.BigIntField(null=True)
    assignee = fields.TextField()
    first_response_at = MomentField(null=True)
    preview = fields.TextField()
    waits_for_agent = fields.BooleanField(db_default=True)
    flag = LineField(db_default="")
    is_held = fields.BooleanField(db_default=False)  # until somebody lets its person in
    undelivered = LineField(db_default="")  # how the sending of an agent's words ended
    version = fields.IntField(db_default=1)
    is_dirty = fields.BooleanField(db_default=True)  # its words are to be indexed again
    is_told = fields.BooleanField(db_default=False)  # chats of agents know of its last change

    class Meta:
        table = "ticket"
        indexes = (
            Index(fields=("updated_at", "id"), name="ticket_activity"),
            Index(fields=("person_id", "id"), name="ticket_of_person"),
        )


# A line of a timeline. `position` counts the entries of one envelope: one effect each.
class Entry(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    ticket: fields.ForeignKeyRelation[Ticket] = fields.ForeignKeyField(
        "store.Ticket", related_name="entries", on_delete=fields.RESTRICT
    )
    kind = LineField()
    author = LineField()
    author_name = fields.TextField()
    agent_id = fields.BigIntField(null=True)
    happened_at = MomentField()
    text = fields.TextField()
    full_text = fields.TextField()
    change_what = LineField(null=True)
    change_before = fields.TextField(null=True)
    change_after = fields.TextField(null=True)
    channel = LineField(null=True)
    account = LineField(null=True)
    address = LineField(null=True)
    external_id = LineField(db_default="")
    thread = fields.TextField()
    album = LineField(db_default="")
    envelope_id = fields.BigIntField(null=True)
    position = fields.IntField(db_default=0)
    automatic = LineField(db_default="no")
    original = LineField(db_default="")
    facts = fields.TextField()
    edited_at = MomentField(null=True)
    once = LineField(null=True, unique=True)

    class Meta:
        table = "entry"
        unique_together = (("envelope_id", "position"),)
        indexes = (Index(fields=("ticket_id", "id"), name="entry_ticket"),)


# A file of an entry, or an upload that no entry has taken yet.
class File(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    entry: fields.ForeignKeyNullableRelation[Entry] = fields.ForeignKeyField(
        "store.Entry", related_name="files", null=True, on_delete=fields.RESTRICT
    )
    channel = LineField(db_default="")
    account = LineField(db_default="")
    address = LineField(db_default="")
    source = fields.TextField()
    name = fields.TextField()
    media_type = LineField()
    size = fields.BigIntField(null=True)
    state = LineField()
    sha256 = LineField(db_default="")
    attempts = fields.IntField(db_default=0)
    next_try_at = MomentField()
    error = fields.TextField()

    class Meta:
        table = "file"
        indexes = (Index(fields=("entry_id", "id"), name="file_entry"),)


# The journal: everything that ever arrived.
class Envelope(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    channel = LineField()
    account = LineField()
    key = LineField()
    conversation = LineField()
    payload = fields.BinaryField()
    received_at = MomentField()
    state = LineField(db_default="waiting")
    attempts = fields.IntField(db_default=0)
    next_try_at = MomentField(db_default=0)
    error = fields.TextField(db_default="")
    dismissed_at = MomentField(null=True)
    dismissed_by = LineField(db_default="")  # an agent's name, "" for the desk itself
    requeued_by = LineField(db_default="")  # the agent who had it processed again

    class Meta:
        table = "envelope"
        unique_together = (("channel", "account", "key"),)


class Cursor(Model):
    name = LineField(primary_key=True)
    position = fields.TextField()

    class Meta:
        table = "cursor"


# The outbox.
class Delivery(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    channel = LineField()
    account = LineField()
    address = LineField()
    operation = LineField()
    body = fields.TextField()
    ticket_id = fields.BigIntField(null=True)
    entry_id = fields.BigIntField(null=True)
    target_id = fields.BigIntField(null=True)
    target_external_id = LineField(db_default="")
    subject = fields.TextField()
    quoted_id = LineField(db_default="")
    thread = fields.TextField()
    is_automatic = fields.BooleanField(db_default=True)
    language = LineField()
    state = LineField(db_default="waiting")
    attempts = fields.IntField(db_default=0)
    posted_at = MomentField()
    next_try_at = MomentField(db_default=0)
    begun_at = MomentField(null=True)  # when the send that is under way went on the wire
    settled_at = MomentField(null=True)
    provider_id = LineField(db_default="")
    parts = LineField(db_default="")  # JSON: the ids of messages before that one
    reason = fields.TextField()

    class Meta:
        table = "delivery"
        indexes = (Index(fields=("ticket_id", "id"), name="delivery_ticket"),)


# What a person has answered once, by the handle that it was said at and the name with it.
class Remembered(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    handle: fields.ForeignKeyRelation[Handle] = fields.ForeignKeyField(
        "store.Handle", related_name="remembered", on_delete=fields.RESTRICT
    )
    name = LineField()
    category = LineField()
    field = LineField()
    answer = fields.TextField()
    said_at = MomentField()

    class Meta:
        table = "remembered"
        unique_together = (("handle_id", "name", "category", "field"),)


# What a waiting card waits for; a spent timer stays, so that it never rings again.
class Timer(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    ticket: fields.ForeignKeyRelation[Ticket] = fields.ForeignKeyField(
        "store.Ticket", related_name="timers", on_delete=fields.RESTRICT
    )
    purpose = LineField()
    due_at = MomentField()
    after_entry = fields.BigIntField()
    is_spent = fields.BooleanField(db_default=False)

    class Meta:
        table = "timer"
        unique_together = (("ticket_id", "purpose"),)


# A ticket as it stands in a chat of agents.
class Showing(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    ticket: fields.ForeignKeyRelation[Ticket] = fields.ForeignKeyField(
        "store.Ticket", related_name="showings", on_delete=fields.RESTRICT
    )
    account = LineField()
    chat = LineField()
    agent_id = fields.BigIntField(null=True)  # whose own chat it is; none for a group
    topic = LineField(db_default="")
    name = LineField(db_default="")
    is_closed = fields.BooleanField(db_default=False)
    card_id = fields.BigIntField(null=True)
    card_mark = LineField(db_default="")
    card_at = MomentField(null=True)
    entry_id = fields.BigIntField(db_default=0)
    told_lost = LineField(db_default="")
    is_followed = fields.BooleanField(db_default=False)
    urgency = fields.IntField(db_default=1)
    is_behind = fields.BooleanField(db_default=True)
    next_at = MomentField(db_default=0)

    class Meta:
        table = "showing"
        unique_together = (("account", "chat", "ticket_id"),)
        indexes = (Index(fields=("ticket_id",), name="showing_ticket"),)


class Lease(Model):
    name = LineField(primary_key=True)
    owner = LineField()
    expires_at = MomentField()

    class Meta:
        table = "lease"


# An account whose token or login is refused.
class Refusal(Model):
    name = LineField(primary_key=True)  # its channel and account
    reason = LineField()
    refused_at = MomentField()

    class Meta:
        table = "refusal"
