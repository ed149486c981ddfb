"""What the ORM has no words for: partial indexes, the first ticket's number, words to search."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

LIVE = "status NOT IN ('solved', 'closed')"
UNSETTLED = "state IN ('waiting', 'sending') AND operation <> 'answer_tap'"

INDEXES = [
    # the heads of conversations; what is done weighs nothing
    "CREATE INDEX envelope_waiting ON envelope (channel, account, conversation, id)"
    " WHERE state = 'waiting'",
    "CREATE INDEX envelope_quarantined ON envelope (id) WHERE state = 'quarantined'",
    # the heads of addresses in the outbox
    f"CREATE INDEX delivery_unsettled ON delivery (channel, account, address, id) WHERE {UNSETTLED}",
    "CREATE INDEX delivery_tap ON delivery (channel, account, id)"
    " WHERE state = 'waiting' AND operation = 'answer_tap'",
    "CREATE INDEX delivery_sending ON delivery (channel, account) WHERE state = 'sending'",
    "CREATE INDEX delivery_entry ON delivery (entry_id) WHERE entry_id IS NOT NULL",
    "CREATE INDEX delivery_edit ON delivery (target_id)"
    " WHERE state = 'waiting' AND operation = 'edit'",
    "CREATE INDEX delivery_provider ON delivery (channel, account, provider_id, address)"
    " WHERE provider_id <> ''",
    # lists and what a message may belong to
    "CREATE INDEX ticket_new ON ticket (updated_at, id) WHERE status = 'new'",
    f"CREATE INDEX ticket_live ON ticket (updated_at, id) WHERE {LIVE}",
    f"CREATE INDEX ticket_mine ON ticket (assignee_id, updated_at, id) WHERE {LIVE}",
    f"CREATE INDEX ticket_person ON ticket (person_id, updated_at, id) WHERE {LIVE}",
    "CREATE INDEX ticket_dirty ON ticket (id) WHERE is_dirty",
    "CREATE INDEX entry_external ON entry (channel, account, external_id, address)"
    " WHERE external_id <> ''",
    "CREATE INDEX entry_album ON entry (channel, account, address, album) WHERE album <> ''",
    "CREATE INDEX entry_conversation ON entry (channel, account, address, id)"
    " WHERE author = 'requester' AND kind = 'message'",
    # files still to be fetched
    "CREATE INDEX file_waiting ON file (channel, account, next_try_at) WHERE state = 'waiting'",
]

SQLITE = [
    "INSERT INTO sqlite_sequence (name, seq) VALUES ('ticket', 1000)",
    "CREATE VIRTUAL TABLE ticket_words USING fts5"
    " (words, prefix = '2 3 4 5 6', tokenize = 'unicode61 remove_diacritics 0')",
]

POSTGRESQL = [
    "SELECT setval(pg_get_serial_sequence('ticket', 'id'), 1000)",
    "CREATE TABLE ticket_words (ticket_id BIGINT PRIMARY KEY REFERENCES ticket (id),"
    " words TSVECTOR NOT NULL)",
    "CREATE INDEX ticket_words_found ON ticket_words USING gin (words)",
]


async def forward(apps: Any, schema_editor: Any) -> None:
    client = schema_editor.client
    is_sqlite = client.capabilities.dialect == "sqlite"
    for statement in [*INDEXES, *(SQLITE if is_sqlite else POSTGRESQL)]:
        await client.execute_query(statement)
    await client.execute_query("INSERT INTO organization (id, name) VALUES (1, '')")


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]

    operations = [ops.RunPython(forward)]
