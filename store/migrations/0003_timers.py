"""Timers: what a card without an answer waits for."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from store.columns import LineField, MomentField

DUE = "CREATE INDEX timer_due ON timer (due_at, id) WHERE NOT is_spent"


async def forward(apps: Any, schema_editor: Any) -> None:
    await schema_editor.client.execute_query(DUE)


class Migration(migrations.Migration):
    dependencies = [("store", "0002_indexes_and_search")]

    operations = [
        ops.CreateModel(
            name="Timer",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                (
                    "ticket",
                    fields.ForeignKeyField(
                        "store.Ticket",
                        source_field="ticket_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="timers",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("purpose", LineField(generated=False, null=False, unique=False)),
                ("due_at", MomentField(generated=False, null=False, unique=False)),
                ("after_entry", fields.BigIntField()),
                ("is_spent", fields.BooleanField(db_default=False)),
            ],
            options={
                "table": "timer",
                "app": "store",
                "unique_together": (("ticket_id", "purpose"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.RunPython(forward),
    ]
