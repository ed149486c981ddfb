"""Tickets that an agent settled while they waited: nobody has said anything since."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

SETTLED = """
    UPDATE ticket SET waits_for_agent = false
    WHERE waits_for_agent AND status IN ('solved', 'closed') AND (
        SELECT author FROM entry
        WHERE entry.ticket_id = ticket.id AND (author NOT IN ('agent', 'bot')
            OR (author = 'agent' AND kind = 'change' AND change_what = 'status'))
        ORDER BY id DESC LIMIT 1) = 'agent'
"""


async def forward(apps: Any, schema_editor: Any) -> None:
    await schema_editor.client.execute_query(SETTLED)


class Migration(migrations.Migration):
    dependencies = [("store", "0022_refusals")]

    operations = [ops.RunPython(forward)]
