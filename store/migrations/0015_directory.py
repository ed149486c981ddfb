"""People and organizations as a directory knows them, and which person is which of them."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from store.columns import LineField, MomentField

STATEMENTS = (
    "CREATE INDEX person_employee ON person (employee_id) WHERE employee_id IS NOT NULL",
    "CREATE UNIQUE INDEX organization_name ON organization (name)",
    "CREATE UNIQUE INDEX employee_external ON employee (source, external_id)"
    " WHERE external_id <> ''",
)
# The first organization, the desk's own, came with its id: PostgreSQL has not counted it.
COUNTED = "SELECT setval(pg_get_serial_sequence('organization', 'id'), max(id)) FROM organization"


async def forward(apps: Any, schema_editor: Any) -> None:
    client = schema_editor.client
    is_postgresql = client.capabilities.dialect == "postgres"
    for statement in (*STATEMENTS, *([COUNTED] if is_postgresql else [])):
        await client.execute_query(statement)


class Migration(migrations.Migration):
    dependencies = [("store", "0014_told_of_chats")]

    operations = [
        ops.CreateModel(
            name="Employee",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "store.Organization",
                        source_field="organization_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="employees",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.TextField(unique=False)),
                ("place", fields.TextField(unique=False)),
                ("machine", fields.TextField(unique=False)),
                ("language", LineField(generated=False, null=False, unique=False)),
                ("department", fields.TextField(unique=False)),
                ("source", LineField(generated=False, null=False, unique=False)),
                (
                    "external_id",
                    LineField(db_default="", generated=False, null=False, unique=False),
                ),
                ("is_active", fields.BooleanField(db_default=True)),
                ("changed_at", MomentField(generated=False, null=False, unique=False)),
            ],
            options={"table": "employee", "app": "store", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="EmployeeContact",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("organization_id", fields.BigIntField(db_default=1)),
                (
                    "employee",
                    fields.ForeignKeyField(
                        "store.Employee",
                        source_field="employee_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="contacts",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("kind", LineField(generated=False, null=False, unique=False)),
                ("value", LineField(generated=False, null=False, unique=False)),
                ("position", fields.IntField(db_default=0)),
            ],
            options={
                "table": "employee_contact",
                "app": "store",
                "unique_together": (("employee_id", "kind", "value"),),
                "indexes": [Index(fields=["kind", "value"], name="employee_contact_value")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Person",
            name="employee_id",
            field=fields.BigIntField(null=True),
        ),
        ops.RunPython(forward),
    ]
