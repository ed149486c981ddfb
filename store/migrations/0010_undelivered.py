"""Lists show where an agent's words did not arrive; such sends are counted without a scan."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

from store.columns import LineField

UNDELIVERED = "state IN ('failed', 'gone', 'unknown') AND operation = 'send'"
INDEX = f"CREATE INDEX delivery_undelivered ON delivery (state) WHERE {UNDELIVERED}"


async def forward(apps: Any, schema_editor: Any) -> None:
    await schema_editor.client.execute_query(INDEX)


class Migration(migrations.Migration):
    dependencies = [("store", "0009_corrections")]

    operations = [
        ops.AddField(
            model_name="Ticket",
            name="undelivered",
            field=LineField(db_default="", generated=False, null=False, unique=False),
        ),
        ops.RunPython(forward),
    ]
