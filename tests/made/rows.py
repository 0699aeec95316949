"""Every row of every table, to be compared before and after."""

from collections.abc import Collection
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

Rows = dict[str, list[tuple[Any, ...]]]


def every_row(
    connection: BaseDatabaseWrapper,
    *,
    of: int | None = None,
    but: Collection[str] = (),
) -> Rows:
    """By table, in an order that is the same for equal rows.

    of    a reader's number: rows alone that hold it, or lie in tables without readers
    but   names of tables to leave out
    """
    with connection.cursor() as cursor:
        return {
            name: _rows(cursor, connection.ops.quote_name(name), of)
            for name in connection.introspection.table_names(cursor)
            if name not in but
        }


def differing(one: Rows, other: Rows) -> list[str]:
    """Names of tables whose rows are not the same."""
    return sorted(name for name in one if one[name] != other[name])


def _rows(cursor: Any, table: str, of: int | None) -> list[tuple[Any, ...]]:
    cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
    rows = [tuple(map(_plain, row)) for row in cursor.fetchall()]
    if of is not None:
        rows = [row for row in rows if of in row]
    return sorted(rows, key=repr)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
