"""The agents' bot: whose account is whose, and where tickets are shown to agents beside the pages."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from store.columns import LineField, MomentField

STATEMENTS = (
    # What was before is told when it moves on.
    "UPDATE ticket SET is_told = true",
    "CREATE INDEX ticket_untold ON ticket (id) WHERE NOT is_told",
    "CREATE INDEX showing_behind ON showing (account, urgency, id) WHERE is_behind",
    "CREATE INDEX showing_topic ON showing (account, chat, topic) WHERE topic <> ''",
    "CREATE UNIQUE INDEX agent_chat_agent ON agent_chat (account, agent_id)"
    " WHERE agent_id IS NOT NULL",
    "CREATE INDEX agent_link ON agent (link_hash) WHERE link_hash <> ''",
)


async def forward(apps: Any, schema_editor: Any) -> None:
    for statement in STATEMENTS:
        await schema_editor.client.execute_query(statement)


def _own() -> list[tuple[str, fields.Field]]:  # type: ignore[type-arg]
    return [
        ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
        ("organization_id", fields.BigIntField(db_default=1)),
    ]


def _line(name: str, **more: Any) -> tuple[str, fields.Field]:  # type: ignore[type-arg]
    return (name, LineField(generated=False, null=False, unique=False, **more))


def _moment(name: str, **more: Any) -> tuple[str, fields.Field]:  # type: ignore[type-arg]
    return (name, MomentField(generated=False, unique=False, **{"null": True, **more}))


class Migration(migrations.Migration):
    dependencies = [("store", "0019_remembered")]

    operations = [
        ops.AddField(
            model_name="Ticket", name="is_told", field=fields.BooleanField(db_default=False)
        ),
        ops.AddField(
            model_name="Agent",
            name="link_hash",
            field=LineField(db_default="", generated=False, null=False, unique=False),
        ),
        ops.AddField(
            model_name="Agent",
            name="link_until",
            field=MomentField(generated=False, null=True, unique=False),
        ),
        ops.CreateModel(
            name="AgentChat",
            fields=[
                *_own(),
                _line("account"),
                ("user_id", fields.BigIntField()),
                ("agent_id", fields.BigIntField(null=True)),
                ("is_on_duty", fields.BooleanField(db_default=True)),
                ("quiet_from", fields.IntField(null=True)),
                ("quiet_until", fields.IntField(null=True)),
                _moment("summary_at"),
                _moment("linked_at"),
            ],
            options={
                "table": "agent_chat",
                "app": "store",
                "unique_together": (("account", "user_id"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Showing",
            fields=[
                *_own(),
                (
                    "ticket",
                    fields.ForeignKeyField(
                        "store.Ticket",
                        source_field="ticket_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="showings",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                _line("account"),
                _line("chat"),
                ("agent_id", fields.BigIntField(null=True)),
                _line("topic", db_default=""),
                _line("name", db_default=""),
                ("is_closed", fields.BooleanField(db_default=False)),
                ("card_id", fields.BigIntField(null=True)),
                _line("card_mark", db_default=""),
                _moment("card_at"),
                ("entry_id", fields.BigIntField(db_default=0)),
                _line("told_lost", db_default=""),
                ("is_followed", fields.BooleanField(db_default=False)),
                ("urgency", fields.IntField(db_default=1)),
                ("is_behind", fields.BooleanField(db_default=True)),
                _moment("next_at", db_default=0, null=False),
            ],
            options={
                "table": "showing",
                "app": "store",
                "unique_together": (("account", "chat", "ticket_id"),),
                "indexes": [Index(fields=["ticket_id"], name="showing_ticket")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.RunPython(forward),
    ]
