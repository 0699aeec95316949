"""Each value in one form for both databases, and what PostgreSQL would not take."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps

from ownjournal.site.moving.problem import MovingProblem
from ownjournal.site.moving.tables import Column, Table, tables
from ownjournal.site.moving.values import converted, differing, fingerprint


def a_table(type_: str, most: int | None = None) -> Table:
    return Table(
        "notes", (Column("id", "int8", None), Column("it", type_, most)), 0, True
    )


def test_every_table_of_the_site_can_be_moved() -> None:
    models = apps.get_models(include_auto_created=True)
    names = {each._meta.db_table for each in models} | {"django_migrations"}

    assert {each.name for each in tables()} == names
    assert all(each.columns[each.key].name == each.key_name for each in tables())


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        ("int2", -(2**15), -(2**15)),
        ("int8", 2**63 - 1, 2**63 - 1),
        ("bool", 1, True),
        ("float8", 3, 3.0),
        ("text", "Fièvre 🤒".encode(), "Fièvre 🤒"),
        ("varchar", b"four", "four"),
        ("date", b"2026-11-30", date(2026, 11, 30)),
        (
            "timestamptz",
            b"2026-11-30 05:00:00.000001",
            datetime(2026, 11, 30, 5, 0, 0, 1, UTC),
        ),
        ("timestamptz", b"2026-11-30 05:00:00", datetime(2026, 11, 30, 5, tzinfo=UTC)),
        ("jsonb", b'{"a": "\\\\u0000"}', '{"a": "\\\\u0000"}'),
        ("bytea", b"\0\xff", b"\0\xff"),
        ("text", None, None),
    ],
)
def test_a_value_is_what_it_was(type_: str, raw: object, value: object) -> None:
    _, made = converted(a_table(type_, 4), (1, raw))

    assert made == value
    assert type(made) is type(value)


@pytest.mark.parametrize(
    ("type_", "raw", "told"),
    [
        ("int2", 2**15, "too large"),
        ("int4", 2**31, "too large"),
        ("int8", b"one", "no whole number"),
        ("bool", 2, "neither true nor false"),
        ("text", b"a\0b", "NUL"),
        ("text", b"\xff", "utf-8"),
        ("text", 5, "no text"),
        ("varchar", b"fiver", "more than 4 characters"),
        ("date", b"2026-13-01", "month"),
        ("timestamptz", b"soon", "soon"),
        ("jsonb", b'{"a": "\\u0000"}', "NUL"),
        ("jsonb", b'{"\\ud800": 1}', "surrogates"),
        ("jsonb", b"[NaN]", "NaN"),
        ("jsonb", b"{", "Expecting"),
        ("bytea", "text", "no bytes"),
        ("float8", b"x", "no number"),
    ],
)
def test_what_postgresql_would_not_take_is_told_by_row(
    type_: str, raw: object, told: str
) -> None:
    with pytest.raises(MovingProblem) as problem:
        converted(a_table(type_, 4), (817, raw))

    assert "notes.it of the row with id = 817" in str(problem.value)
    assert told in str(problem.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"a": 1, "b": 2}', '{"b": 2, "a": 1}'),
        ("[1.50, 1e2, -0.0, 0.05]", "[1.5, 100, 0, 5e-2]"),
        ("1e300", "1" + "0" * 300),
    ],
)
def test_json_is_compared_by_what_it_says(one: str, other: str) -> None:
    table = a_table("jsonb")

    assert fingerprint(table, (1, one)) == fingerprint(table, (1, other))


@pytest.mark.parametrize(
    ("type_", "one", "other"),
    [
        ("jsonb", "1", '"1"'),
        ("jsonb", "[1, 2]", "[2, 1]"),
        ("jsonb", "10", "100"),
        ("jsonb", "null", None),
        ("jsonb", "true", "1"),
        ("bool", True, None),
        ("text", "a", "a "),
        ("bytea", b"", None),
        ("float8", 0.1, 0.1 + 2**-55),
        (
            "timestamptz",
            datetime(2026, 1, 1, tzinfo=UTC),
            datetime(2026, 1, 1, 0, 0, 0, 1, UTC),
        ),
    ],
)
def test_rows_that_differ_have_other_fingerprints(
    type_: str, one: object, other: object
) -> None:
    table = a_table(type_)

    assert fingerprint(table, (1, one)) != fingerprint(table, (1, other))
    assert differing(table, (1, one), (1, other)) == "it"
    assert differing(table, (1, one), (2, one)) == "id"
