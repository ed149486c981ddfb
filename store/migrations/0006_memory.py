"""What people have answered once, and which answers of a ticket come from there."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from store.columns import LineField, MomentField


class Migration(migrations.Migration):
    dependencies = [("store", "0005_sweeping")]

    operations = [
        ops.AddField(
            model_name="Ticket",
            name="assumed",
            field=fields.TextField(db_default="[]", unique=False),
        ),
        ops.CreateModel(
            name="Memory",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "store.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="memories",
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
                "table": "memory",
                "app": "store",
                "unique_together": (("person_id", "name", "category", "field"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
