"""The database: the only folder that knows the ORM.

What leaves it are the core's own dataclasses, never rows.
"""
