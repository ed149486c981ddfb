"""People whom an agent has let in, and tickets that wait until one does."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from store.columns import LineField, MomentField

INDEX = "CREATE INDEX ticket_held ON ticket (person_id) WHERE is_held"


async def forward(apps: Any, schema_editor: Any) -> None:
    await schema_editor.client.execute_query(INDEX)


class Migration(migrations.Migration):
    dependencies = [("store", "0017_links")]

    operations = [
        ops.AddField(
            model_name="Person",
            name="approved_at",
            field=MomentField(generated=False, null=True, unique=False),
        ),
        ops.AddField(
            model_name="Person",
            name="approved_by",
            field=LineField(db_default="", generated=False, null=False, unique=False),
        ),
        ops.AddField(
            model_name="Ticket",
            name="is_held",
            field=fields.BooleanField(db_default=False),
        ),
        ops.RunPython(forward),
    ]
