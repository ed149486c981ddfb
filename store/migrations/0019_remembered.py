"""What people have answered once, by the handle that they said it at: it goes where that goes."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from store.columns import LineField, MomentField

COPY = """
    INSERT INTO remembered (handle_id, name, category, field, answer, said_at)
    SELECT oldest.id, memory.name, memory.category, memory.field, memory.answer, memory.said_at
    FROM memory JOIN (SELECT person_id, MIN(id) AS id FROM handle GROUP BY person_id) oldest
        ON oldest.person_id = memory.person_id
"""


async def forward(apps: Any, schema_editor: Any) -> None:
    await schema_editor.client.execute_query(COPY)


class Migration(migrations.Migration):
    dependencies = [("store", "0018_approval")]

    operations = [
        ops.CreateModel(
            name="Remembered",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                (
                    "handle",
                    fields.ForeignKeyField(
                        "store.Handle",
                        source_field="handle_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="remembered",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", LineField(generated=False, null=False, unique=False)),
                ("category", LineField(generated=False, null=False, unique=False)),
                ("field", LineField(generated=False, null=False, unique=False)),
                ("answer", fields.TextField(unique=False)),
                ("said_at", MomentField(generated=False, null=False, unique=False)),
            ],
            options={
                "table": "remembered",
                "app": "store",
                "unique_together": (("handle_id", "name", "category", "field"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.RunPython(forward),
        ops.DeleteModel(name="Memory"),
    ]
