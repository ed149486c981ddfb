"""Whose handle is whose: what was asked to show it, and what was linked by it."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from store.columns import LineField, MomentField


def _own() -> list[tuple[str, fields.Field]]:  # type: ignore[type-arg]
    return [
        ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
        ("organization_id", fields.BigIntField(db_default=1)),
    ]


def _handle(related_name: str) -> tuple[str, fields.Field]:  # type: ignore[type-arg]
    return (
        "handle",
        fields.ForeignKeyField(
            "store.Handle",
            source_field="handle_id",
            db_constraint=True,
            to_field="id",
            related_name=related_name,
            on_delete=OnDelete.RESTRICT,
        ),
    )


def _line(name: str) -> tuple[str, fields.Field]:  # type: ignore[type-arg]
    return (name, LineField(generated=False, null=False, unique=False))


def _moment(name: str, *, null: bool = False) -> tuple[str, fields.Field]:  # type: ignore[type-arg]
    return (name, MomentField(generated=False, null=null, unique=False))


class Migration(migrations.Migration):
    dependencies = [("store", "0016_tickets_of_people")]

    operations = [
        ops.CreateModel(
            name="Proof",
            fields=[
                *_own(),
                _handle("proofs"),
                _line("way"),
                _line("subject"),
                _line("token"),
                _line("code_hash"),
                ("employee_id", fields.BigIntField(null=True)),
                ("known_id", fields.BigIntField(null=True)),
                _moment("asked_at"),
                _moment("expires_at"),
                ("tries", fields.IntField(db_default=0)),
                ("is_spent", fields.BooleanField(db_default=False)),
                ("is_used", fields.BooleanField(db_default=False)),
            ],
            options={
                "table": "proof",
                "app": "store",
                "indexes": [
                    Index(fields=["handle_id", "id"], name="proof_handle"),
                    Index(fields=["subject", "asked_at"], name="proof_subject"),
                    Index(fields=["asked_at"], name="proof_age"),
                ],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Link",
            fields=[
                *_own(),
                _handle("links"),
                ("from_person_id", fields.BigIntField()),
                ("to_person_id", fields.BigIntField()),
                _line("way"),
                _line("proposed_by"),
                _line("key"),
                _moment("asked_at"),
                _moment("linked_at", null=True),
                _moment("undone_at", null=True),
                ("undone_by", LineField(db_default="", generated=False, null=False, unique=False)),
            ],
            options={
                "table": "link",
                "app": "store",
                "indexes": [
                    Index(fields=["handle_id", "id"], name="link_handle"),
                    Index(fields=["to_person_id", "id"], name="link_person"),
                ],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
