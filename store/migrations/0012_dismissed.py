"""Envelopes that need nobody are kept apart, with who said so and when."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

from store.columns import LineField, MomentField

INDEX = "CREATE INDEX envelope_dismissed ON envelope (dismissed_at, id) WHERE state = 'dismissed'"


async def forward(apps: Any, schema_editor: Any) -> None:
    await schema_editor.client.execute_query(INDEX)


class Migration(migrations.Migration):
    dependencies = [("store", "0011_addresses_found")]

    operations = [
        ops.AddField(
            model_name="Envelope",
            name="dismissed_at",
            field=MomentField(generated=False, null=True, unique=False),
        ),
        ops.AddField(
            model_name="Envelope",
            name="dismissed_by",
            field=LineField(db_default="", generated=False, null=False, unique=False),
        ),
        ops.RunPython(forward),
    ]
