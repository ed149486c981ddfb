"""Since when a tap on "correct" waits for the words that say what is to be corrected."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from store.columns import MomentField


class Migration(migrations.Migration):
    dependencies = [("store", "0008_numbers")]

    operations = [
        ops.AddField(
            model_name="Ticket",
            name="correcting_since",
            field=MomentField(generated=False, null=True, unique=False),
        )
    ]
