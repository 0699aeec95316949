"""Values as SQLite keeps them, made into what PostgreSQL takes, and rows compared.

SQLite keeps a moment as text in UTC, true as 1, JSON as text; it takes a number of
any size in any column, text of any length, and NUL in text. What PostgreSQL would not
take is told by row and column; nothing is cut or mended in silence.

A row's fingerprint is of its values alone, whichever database they come from: moments
in UTC, objects of JSON by the order of their keys, numbers of JSON by their value.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from ownjournal.site.moving.problem import MovingProblem
from ownjournal.site.moving.tables import Column, Table

Row = tuple[Any, ...]
Key = int | str

LARGEST = {"int2": 2**15, "int4": 2**31, "int8": 2**63}
LONGEST_SHOWN = 60  # characters
_packed = msgspec.msgpack.Encoder(order="deterministic").encode


def converted(table: Table, raw: Sequence[Any]) -> Row:
    """A row of SQLite's, with text as bytes, as PostgreSQL takes it.

    Raises MovingProblem that tells the row.
    """
    found = []
    for column, value in zip(table.columns, raw, strict=True):
        try:
            made = None if value is None else CONVERT[column.type](value, column)
        except (ValueError, TypeError) as fault:
            key = _shown(raw[table.key])
            raise MovingProblem(
                f"PostgreSQL cannot take {table.name}.{column.name} of the row with"
                f" {table.key_name} = {key}: {fault}. Change it in the old database"
                " and start again."
            ) from None
        found.append(made)
    return tuple(found)


def fingerprint(table: Table, row: Row) -> int:
    """128 bits of a row, which has its JSON as text; null of JSON is not None."""
    if any(column.type == "jsonb" for column in table.columns):
        row = tuple(
            [_canonical(value)] if column.type == "jsonb" and value else value
            for column, value in zip(table.columns, row, strict=True)
        )
    return int.from_bytes(hashlib.blake2b(_packed(row), digest_size=16).digest())


def differing(table: Table, one: Row, other: Row) -> str:
    """The name of the first column that differs."""
    for at, column in enumerate(table.columns):
        only = Table(table.name, (column,), 0, counts=False)
        if fingerprint(only, one[at : at + 1]) != fingerprint(only, other[at : at + 1]):
            return column.name
    return table.key_name


def _whole(value: Any, column: Column) -> int:
    if not isinstance(value, int):
        raise ValueError(f"{_shown(value)} is no whole number")
    if not -LARGEST[column.type] <= value < LARGEST[column.type]:
        raise ValueError(f"{value} is too large a number")
    return value


def _flag(value: Any, column: Column) -> bool:
    if value not in (0, 1):
        raise ValueError(f"{_shown(value)} is neither true nor false")
    return bool(value)


def _float(value: Any, column: Column) -> float:
    if not isinstance(value, int | float):
        raise ValueError(f"{_shown(value)} is no number")
    return float(value)


def _text(value: Any, column: Column) -> str:
    if not isinstance(value, bytes):
        raise ValueError(f"{_shown(value)} is no text")
    text = value.decode("utf-8")
    if "\0" in text:
        raise ValueError(f"it has a NUL character: {_shown(value)}")
    if column.type == "varchar" and column.most and len(text) > column.most:
        raise ValueError(f"it has more than {column.most} characters")
    return text


def _moment(value: Any, column: Column) -> datetime:
    found = datetime.fromisoformat(_text(value, column))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _day(value: Any, column: Column) -> date:
    return date.fromisoformat(_text(value, column))


def _json(value: Any, column: Column) -> str:
    text = _text(value, column)
    _see_taken(_canonical(text))
    return text


def _see_taken(value: Any) -> None:
    """JSON may say NUL, and half a character, in its own way."""
    if isinstance(value, str):
        _text(value.encode("utf-8"), Column("", "text", None))
    elif isinstance(value, dict):
        _see_taken([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for each in value:
            _see_taken(each)


def _canonical(text: str) -> Any:
    return json.loads(
        text, parse_float=_number, parse_int=_number, parse_constant=_no_constant
    )


def _number(text: str) -> tuple[int, str, int]:
    """1, 1.0 and 10e-1 are one number; told apart from every text."""
    sign, digits, exponent = Decimal(text).as_tuple()
    shown = "".join(map(str, digits)).strip("0")
    if not shown:
        return 0, "", 0
    ending = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return sign, shown, int(exponent) + ending


def _no_constant(text: str) -> None:
    raise ValueError(f"JSON has no {text}")


def _bytes(value: Any, column: Column) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError(f"{_shown(value)} is no bytes")
    return value


def _shown(value: Any) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return repr(text)[:LONGEST_SHOWN]


CONVERT: dict[str, Callable[[Any, Column], Any]] = {
    **dict.fromkeys(("int2", "int4", "int8"), _whole),
    "bool": _flag,
    "bytea": _bytes,
    "date": _day,
    "float8": _float,
    "jsonb": _json,
    "text": _text,
    "timestamptz": _moment,
    "varchar": _text,
}
