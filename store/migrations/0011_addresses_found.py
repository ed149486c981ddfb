"""Tickets are found by the addresses of their person, those that were there before too."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops


async def forward(apps: Any, schema_editor: Any) -> None:
    await schema_editor.client.execute_query("UPDATE ticket SET is_dirty = true")


class Migration(migrations.Migration):
    dependencies = [("store", "0010_undelivered")]

    operations = [ops.RunPython(forward)]
