"""Accounts whose token or login is refused, until something gets through again."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from store.columns import LineField, MomentField


class Migration(migrations.Migration):
    dependencies = [("store", "0021_told_beside_tickets")]

    operations = [
        ops.CreateModel(
            name="Refusal",
            fields=[
                (
                    "name",
                    LineField(
                        primary_key=True, unique=True, db_index=True, generated=False, null=False
                    ),
                ),
                ("reason", LineField(generated=False, null=False, unique=False)),
                ("refused_at", MomentField(generated=False, null=False, unique=False)),
            ],
            options={"table": "refusal", "app": "store", "pk_attr": "name"},
            bases=["Model"],
        ),
    ]
