"""Which rows are a reader's: found in the models, so that later parts are in it.

A table is a reader's where a foreign key leads to the reader, over any number of
tables as long as each goes with the next (CASCADE). A key that has no way back
(related_name "+") says who did something to somebody else's, and does not count;
nor does the operators' log, which names others.
"""

import base64
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
import zstandard
from django.apps import apps
from django.db import models
from django.db.models import CASCADE, Q, QuerySet

from ownjournal.readers.models import Reader

ZSTANDARD = b"\x28\xb5\x2f\xfd"  # how its frames begin
LARGEST = 64 * 1024 * 1024  # bytes that one value may unpack to
SECRET = frozenset(
    {
        "readers.Reader.password",
        "readers.SignInLink.token_hash",
        "accounts.MailedCode.number",
        "accounts.Session.session_key",
        "accounts.Session.session_data",
        "mfa.Authenticator.data",
        "account.EmailConfirmation.key",
        "leaving.Export.file",
    }
)
"""Fields that let somebody in; whoever finds an export must not get that far."""


@cache
def tables() -> tuple[tuple[type[models.Model], tuple[str, ...]], ...]:
    """Every model of a reader's rows, with the paths of lookups that lead there.

    The reader's own table comes first, its path is "pk"; the others by name.
    """
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model is not Reader and model._meta.app_label != "admin":
            paths = tuple(sorted(_paths(model, ())))
            if paths and not model._meta.proxy:
                found.append((model, paths))
    found.sort(key=lambda each: each[0]._meta.label)
    return ((Reader, ("pk",)), *found)


def _paths(
    model: type[models.Model], before: tuple[type[models.Model], ...]
) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        goes_with = field.remote_field.on_delete is CASCADE
        target = field.related_model
        if target is Reader:
            if goes_with or not (field.remote_field.related_name or "").endswith("+"):
                yield field.name
        elif goes_with and isinstance(target, type) and target not in before:
            for path in _paths(target, (*before, model)):
                yield f"{field.name}__{path}"


def rows_of(
    model: type[models.Model], paths: tuple[str, ...], reader_id: int
) -> "QuerySet[Any]":
    """The reader's rows of a table, each once, in the order of their keys."""
    condition = Q()
    for path in paths:
        condition |= Q(**{path: reader_id})
    return model._base_manager.filter(condition).order_by("pk")


def said_by(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths to who wrote a row, where a table names that.

    What others said of a reader's notes goes when she does, and is not hers to see.
    """
    direct = tuple(path for path in paths if "__" not in path)
    return direct or paths


def told(row: models.Model) -> dict[str, Any]:
    """A row as JSON may have it; what was packed is unpacked, secrets are left out."""
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if f"{row._meta.label}.{field.name}" not in SECRET:
            value = getattr(row, field.attname)
            values[field.name] = readable(value) if is_binary(value) else value
    return values


def is_binary(value: object) -> bool:
    return isinstance(value, (bytes, memoryview, bytearray))


def readable(value: Any) -> Any:
    """What bytes hold, as JSON may have it; in base64 where they are not known."""
    packed = bytes(value)
    if packed.startswith(ZSTANDARD):
        plain = zstandard.ZstdDecompressor().decompress(packed, max_output_size=LARGEST)
        try:
            return msgspec.to_builtins(msgspec.msgpack.decode(plain), str_keys=True)
        except msgspec.DecodeError:
            packed = plain
    return base64.b64encode(packed).decode("ascii")
