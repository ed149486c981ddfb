"""All tickets of a person are found, those that are settled too."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("store", "0015_directory")]

    operations = [
        ops.AddIndex(
            model_name="Ticket",
            index=Index(fields=["person_id", "id"], name="ticket_of_person"),
        ),
    ]
