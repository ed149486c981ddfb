"""An envelope that an agent has processed again says so: their word counts more than a rule."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from store.columns import LineField


class Migration(migrations.Migration):
    dependencies = [("store", "0012_dismissed")]

    operations = [
        ops.AddField(
            model_name="Envelope",
            name="requeued_by",
            field=LineField(db_default="", generated=False, null=False, unique=False),
        ),
    ]
