"""Which field had which number on the card when it first came."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("store", "0007_begun_and_flag")]

    operations = [
        ops.AddField(
            model_name="Ticket",
            name="numbered",
            field=fields.TextField(db_default="[]", unique=False),
        )
    ]
