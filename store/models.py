"""The tables of people, as the ORM describes them: what migrations are made from.

Those of tickets are in `models_work`. Hot paths read and write them by SQL of their own (`work`,
`journal`, `outbox`, `listing`); partial indexes and the search table are in the migrations, since
the ORM has no words for them. `organization_id` stands on all that grows: one organization today,
the key to distribute by later.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from store.columns import LineField, MomentField


class Organization(Model):
    id = fields.BigIntField(primary_key=True)
    name = LineField()

    class Meta:
        table = "organization"


class Person(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    name = fields.TextField()
    language = LineField()
    employee_id = fields.BigIntField(null=True)  # who this is in the directory, if known
    approved_at = MomentField(null=True)  # let in by an agent, whoever they are
    approved_by = LineField(db_default="")
    created_at = MomentField()

    class Meta:
        table = "person"


# Somebody as the organization's directory knows them, whether they have written to us or not.
class Employee(Model):
    id = fields.BigIntField(primary_key=True)
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "store.Organization", related_name="employees", on_delete=fields.RESTRICT
    )
    name = fields.TextField()
    place = fields.TextField()
    machine = fields.TextField()
    language = LineField()
    department = fields.TextField()
    source = LineField()
    external_id = LineField(db_default="")  # its key there; unique unless empty
    is_active = fields.BooleanField(db_default=True)
    changed_at = MomentField()

    class Meta:
        table = "employee"


# A work mail or phone of an employee; several employees may share one.
class EmployeeContact(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    employee: fields.ForeignKeyRelation[Employee] = fields.ForeignKeyField(
        "store.Employee", related_name="contacts", on_delete=fields.CASCADE
    )
    kind = LineField()
    value = LineField()
    position = fields.IntField(db_default=0)

    class Meta:
        table = "employee_contact"
        unique_together = (("employee_id", "kind", "value"),)
        indexes = (Index(fields=("kind", "value"), name="employee_contact_value"),)


# One address of a person.
class Handle(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "store.Person", related_name="handles", on_delete=fields.RESTRICT
    )
    channel = LineField()
    account = LineField()
    address = LineField()
    is_reachable = fields.BooleanField(db_default=True)
    link = LineField(db_default="")  # what the last deep link carried, until a ticket has it
    heard_at = MomentField(null=True)  # where that opens a window for answers
    created_at = MomentField()

    class Meta:
        table = "handle"
        unique_together = (("channel", "account", "address"),)
        indexes = (Index(fields=("person_id",), name="handle_person"),)


# What somebody was asked to show. The code itself is never stored, only its hash.
class Proof(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    handle: fields.ForeignKeyRelation[Handle] = fields.ForeignKeyField(
        "store.Handle", related_name="proofs", on_delete=fields.RESTRICT
    )
    way = LineField()
    subject = LineField()  # a hash, to be counted by
    token = LineField()  # the same, of a deep link
    code_hash = LineField()
    employee_id = fields.BigIntField(null=True)
    known_id = fields.BigIntField(null=True)
    asked_at = MomentField()
    expires_at = MomentField()
    tries = fields.IntField(db_default=0)
    is_spent = fields.BooleanField(db_default=False)
    is_used = fields.BooleanField(db_default=False)  # it has proven something

    class Meta:
        table = "proof"
        indexes = (
            Index(fields=("handle_id", "id"), name="proof_handle"),
            Index(fields=("subject", "asked_at"), name="proof_subject"),
            Index(fields=("asked_at",), name="proof_age"),
        )


# That a handle is another person's, as was shown; with what undoes it.
class Link(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    handle: fields.ForeignKeyRelation[Handle] = fields.ForeignKeyField(
        "store.Handle", related_name="links", on_delete=fields.RESTRICT
    )
    from_person_id = fields.BigIntField()
    to_person_id = fields.BigIntField()
    way = LineField()
    proposed_by = LineField()  # an agent's name
    key = LineField()
    asked_at = MomentField()
    linked_at = MomentField(null=True)
    undone_at = MomentField(null=True)
    undone_by = LineField(db_default="")

    class Meta:
        table = "link"
        indexes = (
            Index(fields=("handle_id", "id"), name="link_handle"),
            Index(fields=("to_person_id", "id"), name="link_person"),
        )


class Agent(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    login = LineField(unique=True)
    name = fields.TextField()
    password_hash = fields.TextField()
    language = LineField(db_default="en")
    is_active = fields.BooleanField(db_default=True)
    link_hash = LineField(db_default="")  # of the code that links an account in Telegram
    link_until = MomentField(null=True)

    class Meta:
        table = "agent"


# An account in Telegram that has written to the agents' bot: an agent's, or nobody's.
class AgentChat(Model):
    id = fields.BigIntField(primary_key=True)
    organization_id = fields.BigIntField(db_default=1)
    account = LineField()
    user_id = fields.BigIntField()
    agent_id = fields.BigIntField(null=True)
    is_on_duty = fields.BooleanField(db_default=True)
    quiet_from = fields.IntField(null=True)  # minutes after midnight, by the desk's clock
    quiet_until = fields.IntField(null=True)
    summary_at = MomentField(null=True)
    linked_at = MomentField(null=True)

    class Meta:
        table = "agent_chat"
        unique_together = (("account", "user_id"),)


# An agent's browser. The token itself is never stored, only its hash.
class Session(Model):
    token_hash = LineField(primary_key=True)
    agent: fields.ForeignKeyRelation[Agent] = fields.ForeignKeyField(
        "store.Agent", related_name="sessions", on_delete=fields.CASCADE
    )
    csrf = LineField()
    expires_at = MomentField()

    class Meta:
        table = "session"
        indexes = (Index(fields=("expires_at",), name="session_expiry"),)


class LoginFailure(Model):
    id = fields.BigIntField(primary_key=True)
    subject = LineField()
    failed_at = MomentField()

    class Meta:
        table = "login_failure"
        indexes = (Index(fields=("subject", "failed_at"), name="login_failure_subject"),)
