"""Our own kinds of columns: moments as integers, and short texts that may stand in an index."""

from datetime import datetime
from typing import Any

from tortoise.fields.base import Field

from store.moments import from_micros, to_micros


class MomentField(Field[datetime], datetime):
    """An aware moment, kept as microseconds."""

    SQL_TYPE = "BIGINT"

    def to_db_value(self, value: Any, instance: Any) -> Any:  # noqa: ARG002 - the ORM's signature
        return to_micros(value) if isinstance(value, datetime) else value

    def to_python_value(self, value: Any) -> Any:
        return from_micros(value) if isinstance(value, int) else value


class LineField(Field[str], str):  # type: ignore[misc]  # Field's metaclass drops the second class
    """Text without a limit of its own that, unlike the ORM's TextField, may be indexed."""

    SQL_TYPE = "TEXT"
