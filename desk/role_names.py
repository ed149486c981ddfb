"""What the roles are called that one process or several take; `roles` has what each runs."""

ROLES = ("web", "worker", "telegram", "agents", "viber", "meta", "mail")
