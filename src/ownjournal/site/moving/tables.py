"""The tables of a site: every column with the type that PostgreSQL has for it."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model
from msgspec import Struct

TYPES = {
    "AutoField": "int4",
    "BigAutoField": "int8",
    "BigIntegerField": "int8",
    "BinaryField": "bytea",
    "BooleanField": "bool",
    "CharField": "varchar",
    "DateField": "date",
    "DateTimeField": "timestamptz",
    "FloatField": "float8",
    "IntegerField": "int4",
    "JSONField": "jsonb",
    "PositiveIntegerField": "int4",
    "PositiveSmallIntegerField": "int2",
    "SmallIntegerField": "int2",
    "TextField": "text",
}
"""Of each kind of field that a table of ours has."""


class Column(Struct, frozen=True):
    """A column of both databases."""

    name: str
    type: str
    most: int | None  # characters


class Table(Struct, frozen=True):
    """A table of both databases."""

    name: str
    columns: tuple[Column, ...]
    key: int  # which column is the primary key
    counts: bool  # whether the database gives out the keys

    @property
    def key_name(self) -> str:
        return self.columns[self.key].name


@cache
def tables() -> tuple[Table, ...]:
    """All of them by name, that of the applied migrations among them.

    Raises KeyError for a kind of field without a type.
    """
    models: list[type[Model]] = [
        MigrationRecorder.Migration,
        *apps.get_models(include_auto_created=True),
    ]
    kept = {
        model._meta.db_table: model
        for model in models
        if model._meta.managed and not model._meta.proxy
    }
    return tuple(_table(model) for _, model in sorted(kept.items()))


def _table(model: type[Model]) -> Table:
    fields = model._meta.local_concrete_fields
    key = model._meta.pk
    return Table(
        model._meta.db_table,
        tuple(_column(field) for field in fields),
        next(at for at, field in enumerate(fields) if field is key),
        key.get_internal_type() in {"AutoField", "BigAutoField"},
    )


def _column(field: "Field[Any, Any]") -> Column:
    kept: Any = field
    while kept.remote_field is not None:  # a reference is of the type of its key
        kept = kept.target_field
    most = getattr(kept, "max_length", None)
    return Column(str(field.column), TYPES[kept.get_internal_type()], most)
