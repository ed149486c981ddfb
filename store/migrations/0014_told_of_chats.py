"""What platforms tell of a chat: of each message that a delivery became, of all that were sent until
a moment, of one that is being sent still (then `settled_at` stands), and until when they take answers.
"""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

from store.columns import LineField, MomentField

STATEMENTS = (
    "CREATE INDEX delivery_parts ON delivery (channel, account, address, id) WHERE parts <> ''",
    "CREATE INDEX delivery_sent ON delivery (channel, account, address)"
    " WHERE state IN ('sent', 'delivered', 'unknown')",
    "UPDATE delivery SET settled_at = NULL WHERE state = 'sending'",  # left from an earlier try
    """
    UPDATE handle SET heard_at = (
        SELECT MAX(entry.happened_at) FROM entry
        WHERE entry.channel = 'viber' AND entry.account = handle.account
            AND entry.address = handle.address AND entry.author = 'requester'
            AND entry.kind = 'message')
    WHERE channel = 'viber'
    """,
)


async def forward(apps: Any, schema_editor: Any) -> None:
    for statement in STATEMENTS:
        await schema_editor.client.execute_query(statement)


class Migration(migrations.Migration):
    dependencies = [("store", "0013_requeued_and_links")]

    operations = [
        ops.AddField(
            model_name="Delivery",
            name="parts",
            field=LineField(db_default="", generated=False, null=False, unique=False),
        ),
        ops.AddField(
            model_name="Handle",
            name="heard_at",
            field=MomentField(generated=False, null=True, unique=False),
        ),
        ops.RunPython(forward),
    ]
