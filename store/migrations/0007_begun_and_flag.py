"""What a crash cut off is told from what had only been claimed; lists show what was flagged."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

from store.columns import LineField

# Until now the flag stood at the message alone.
FLAGGED = """
    UPDATE ticket SET flag = 'abuse' WHERE id IN (
        SELECT ticket_id FROM entry WHERE facts LIKE '%"flag":"abuse"%')
"""


async def forward(apps: Any, schema_editor: Any) -> None:
    await schema_editor.client.execute_query(FLAGGED)


class Migration(migrations.Migration):
    dependencies = [("store", "0006_memory")]

    operations = [
        # Whatever was claimed by the version before may have begun.
        ops.RenameField(model_name="Delivery", old_name="claimed_at", new_name="begun_at"),
        ops.AddField(
            model_name="Ticket",
            name="flag",
            field=LineField(db_default="", generated=False, null=False, unique=False),
        ),
        ops.RunPython(forward),
    ]
