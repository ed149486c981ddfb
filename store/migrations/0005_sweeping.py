"""What is old is found without reading all that is kept, and bytes by the files that show them."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

INDEXES = [
    "CREATE INDEX envelope_done ON envelope (received_at) WHERE state = 'done'",
    "CREATE INDEX file_bytes ON file (sha256) WHERE sha256 <> ''",
]


async def forward(apps: Any, schema_editor: Any) -> None:
    for statement in INDEXES:
        await schema_editor.client.execute_query(statement)


class Migration(migrations.Migration):
    dependencies = [("store", "0004_asks")]

    operations = [ops.RunPython(forward)]
