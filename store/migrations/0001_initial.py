"""The first tables."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from store.columns import LineField, MomentField


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Agent",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                ("login", LineField(unique=True, generated=False, null=False)),
                ("name", fields.TextField(unique=False)),
                ("password_hash", fields.TextField(unique=False)),
                (
                    "language",
                    LineField(db_default="en", generated=False, null=False, unique=False),
                ),
                ("is_active", fields.BooleanField(db_default=True)),
            ],
            options={"table": "agent", "app": "store", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Cursor",
            fields=[
                (
                    "name",
                    LineField(
                        primary_key=True, unique=True, db_index=True, generated=False, null=False
                    ),
                ),
                ("position", fields.TextField(unique=False)),
            ],
            options={"table": "cursor", "app": "store", "pk_attr": "name"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                ("channel", LineField(generated=False, null=False, unique=False)),
                ("account", LineField(generated=False, null=False, unique=False)),
                ("address", LineField(generated=False, null=False, unique=False)),
                ("operation", LineField(generated=False, null=False, unique=False)),
                ("body", fields.TextField(unique=False)),
                ("ticket_id", fields.BigIntField(null=True)),
                ("entry_id", fields.BigIntField(null=True)),
                ("target_id", fields.BigIntField(null=True)),
                (
                    "target_external_id",
                    LineField(db_default="", generated=False, null=False, unique=False),
                ),
                ("subject", fields.TextField(unique=False)),
                ("quoted_id", LineField(db_default="", generated=False, null=False, unique=False)),
                ("thread", fields.TextField(unique=False)),
                ("is_automatic", fields.BooleanField(db_default=True)),
                ("language", LineField(generated=False, null=False, unique=False)),
                (
                    "state",
                    LineField(db_default="waiting", generated=False, null=False, unique=False),
                ),
                ("attempts", fields.IntField(db_default=0)),
                ("posted_at", MomentField(generated=False, null=False, unique=False)),
                (
                    "next_try_at",
                    MomentField(db_default=0, generated=False, null=False, unique=False),
                ),
                ("claimed_at", MomentField(null=True, generated=False, unique=False)),
                ("settled_at", MomentField(null=True, generated=False, unique=False)),
                (
                    "provider_id",
                    LineField(db_default="", generated=False, null=False, unique=False),
                ),
                ("reason", fields.TextField(unique=False)),
            ],
            options={
                "table": "delivery",
                "app": "store",
                "indexes": [Index(fields=["ticket_id", "id"], name="delivery_ticket")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Envelope",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                ("channel", LineField(generated=False, null=False, unique=False)),
                ("account", LineField(generated=False, null=False, unique=False)),
                ("key", LineField(generated=False, null=False, unique=False)),
                ("conversation", LineField(generated=False, null=False, unique=False)),
                ("payload", fields.BinaryField()),
                ("received_at", MomentField(generated=False, null=False, unique=False)),
                (
                    "state",
                    LineField(db_default="waiting", generated=False, null=False, unique=False),
                ),
                ("attempts", fields.IntField(db_default=0)),
                (
                    "next_try_at",
                    MomentField(db_default=0, generated=False, null=False, unique=False),
                ),
                ("error", fields.TextField(db_default="", unique=False)),
            ],
            options={
                "table": "envelope",
                "app": "store",
                "unique_together": (("channel", "account", "key"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Lease",
            fields=[
                (
                    "name",
                    LineField(
                        primary_key=True, unique=True, db_index=True, generated=False, null=False
                    ),
                ),
                ("owner", LineField(generated=False, null=False, unique=False)),
                ("expires_at", MomentField(generated=False, null=False, unique=False)),
            ],
            options={"table": "lease", "app": "store", "pk_attr": "name"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LoginFailure",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("subject", LineField(generated=False, null=False, unique=False)),
                ("failed_at", MomentField(generated=False, null=False, unique=False)),
            ],
            options={
                "table": "login_failure",
                "app": "store",
                "indexes": [Index(fields=["subject", "failed_at"], name="login_failure_subject")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Organization",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", LineField(generated=False, null=False, unique=False)),
            ],
            options={"table": "organization", "app": "store", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                ("name", fields.TextField(unique=False)),
                ("language", LineField(generated=False, null=False, unique=False)),
                ("created_at", MomentField(generated=False, null=False, unique=False)),
            ],
            options={"table": "person", "app": "store", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Handle",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "store.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="handles",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("channel", LineField(generated=False, null=False, unique=False)),
                ("account", LineField(generated=False, null=False, unique=False)),
                ("address", LineField(generated=False, null=False, unique=False)),
                ("is_reachable", fields.BooleanField(db_default=True)),
                ("created_at", MomentField(generated=False, null=False, unique=False)),
            ],
            options={
                "table": "handle",
                "app": "store",
                "unique_together": (("channel", "account", "address"),),
                "indexes": [Index(fields=["person_id"], name="handle_person")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                (
                    "token_hash",
                    LineField(
                        primary_key=True, unique=True, db_index=True, generated=False, null=False
                    ),
                ),
                (
                    "agent",
                    fields.ForeignKeyField(
                        "store.Agent",
                        source_field="agent_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sessions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("csrf", LineField(generated=False, null=False, unique=False)),
                ("expires_at", MomentField(generated=False, null=False, unique=False)),
            ],
            options={
                "table": "session",
                "app": "store",
                "indexes": [Index(fields=["expires_at"], name="session_expiry")],
                "pk_attr": "token_hash",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Ticket",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "store.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="tickets",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("requester", fields.TextField(unique=False)),
                ("channel", LineField(generated=False, null=False, unique=False)),
                ("account", LineField(generated=False, null=False, unique=False)),
                ("address", LineField(generated=False, null=False, unique=False)),
                ("language", LineField(generated=False, null=False, unique=False)),
                ("subject", fields.TextField(unique=False)),
                ("status", LineField(generated=False, null=False, unique=False)),
                ("kind", LineField(generated=False, null=False, unique=False)),
                ("category", LineField(null=True, generated=False, unique=False)),
                ("priority", LineField(generated=False, null=False, unique=False)),
                ("created_at", MomentField(generated=False, null=False, unique=False)),
                ("updated_at", MomentField(generated=False, null=False, unique=False)),
                ("answers", fields.TextField(unique=False)),
                ("declined", fields.TextField(unique=False)),
                ("asked", fields.TextField(unique=False)),
                ("card_id", fields.BigIntField(null=True)),
                ("is_complete", fields.BooleanField(db_default=False)),
                ("assignee_id", fields.BigIntField(null=True)),
                ("assignee", fields.TextField(unique=False)),
                ("first_response_at", MomentField(null=True, generated=False, unique=False)),
                ("preview", fields.TextField(unique=False)),
                ("waits_for_agent", fields.BooleanField(db_default=True)),
                ("version", fields.IntField(db_default=1)),
                ("is_dirty", fields.BooleanField(db_default=True)),
            ],
            options={
                "table": "ticket",
                "app": "store",
                "indexes": [Index(fields=["updated_at", "id"], name="ticket_activity")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                (
                    "ticket",
                    fields.ForeignKeyField(
                        "store.Ticket",
                        source_field="ticket_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="entries",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("kind", LineField(generated=False, null=False, unique=False)),
                ("author", LineField(generated=False, null=False, unique=False)),
                ("author_name", fields.TextField(unique=False)),
                ("agent_id", fields.BigIntField(null=True)),
                ("happened_at", MomentField(generated=False, null=False, unique=False)),
                ("text", fields.TextField(unique=False)),
                ("full_text", fields.TextField(unique=False)),
                ("change_what", LineField(null=True, generated=False, unique=False)),
                ("change_before", fields.TextField(null=True, unique=False)),
                ("change_after", fields.TextField(null=True, unique=False)),
                ("channel", LineField(null=True, generated=False, unique=False)),
                ("account", LineField(null=True, generated=False, unique=False)),
                ("address", LineField(null=True, generated=False, unique=False)),
                (
                    "external_id",
                    LineField(db_default="", generated=False, null=False, unique=False),
                ),
                ("thread", fields.TextField(unique=False)),
                ("album", LineField(db_default="", generated=False, null=False, unique=False)),
                ("envelope_id", fields.BigIntField(null=True)),
                ("position", fields.IntField(db_default=0)),
                (
                    "automatic",
                    LineField(db_default="no", generated=False, null=False, unique=False),
                ),
                ("original", LineField(db_default="", generated=False, null=False, unique=False)),
                ("facts", fields.TextField(unique=False)),
                ("edited_at", MomentField(null=True, generated=False, unique=False)),
                ("once", LineField(null=True, unique=True, generated=False)),
            ],
            options={
                "table": "entry",
                "app": "store",
                "unique_together": (("envelope_id", "position"),),
                "indexes": [Index(fields=["ticket_id", "id"], name="entry_ticket")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="File",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                (
                    "entry",
                    fields.ForeignKeyField(
                        "store.Entry",
                        source_field="entry_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="files",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("channel", LineField(db_default="", generated=False, null=False, unique=False)),
                ("account", LineField(db_default="", generated=False, null=False, unique=False)),
                ("address", LineField(db_default="", generated=False, null=False, unique=False)),
                ("source", fields.TextField(unique=False)),
                ("name", fields.TextField(unique=False)),
                ("media_type", LineField(generated=False, null=False, unique=False)),
                ("size", fields.BigIntField(null=True)),
                ("state", LineField(generated=False, null=False, unique=False)),
                ("sha256", LineField(db_default="", generated=False, null=False, unique=False)),
                ("attempts", fields.IntField(db_default=0)),
                ("next_try_at", MomentField(generated=False, null=False, unique=False)),
                ("error", fields.TextField(unique=False)),
            ],
            options={
                "table": "file",
                "app": "store",
                "indexes": [Index(fields=["entry_id", "id"], name="file_entry")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
