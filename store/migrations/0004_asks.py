"""Whose card is out: the desk's own, or an agent's with words of its own."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("store", "0003_timers")]

    operations = [
        ops.AddField(
            model_name="Ticket",
            name="ask",
            field=fields.TextField(db_default="", unique=False),
        )
    ]
