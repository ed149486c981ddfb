"""What was said beside any ticket is counted by address: greetings are answered with no ticket."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

INDEX = (
    "CREATE INDEX delivery_told ON delivery (channel, account, address, id)"
    " WHERE ticket_id IS NULL"
)


async def forward(apps: Any, schema_editor: Any) -> None:
    await schema_editor.client.execute_query(INDEX)


class Migration(migrations.Migration):
    dependencies = [("store", "0020_agents_bot")]

    operations = [ops.RunPython(forward)]
