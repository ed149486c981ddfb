"""Who had an envelope processed again, and the deep link that brought somebody to us.

An agent's word counts more than a rule; a link is kept until a ticket follows.
"""

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
        ops.AddField(
            model_name="Handle",
            name="link",
            field=LineField(db_default="", generated=False, null=False, unique=False),
        ),
    ]
