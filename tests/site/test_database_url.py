from pathlib import Path

import pytest
from django.db import connection

from ownjournal.site.database_url import database, databases
from ownjournal.site.options import OptionError

DEFAULT = Path("/var/lib/ownjournal/ownjournal.sqlite3")


def test_without_an_address_it_is_sqlite_in_the_data_folder() -> None:
    entry = database(None, DEFAULT)

    assert entry["ENGINE"] == "django.db.backends.sqlite3"
    assert entry["NAME"] == DEFAULT


def test_sqlite_takes_four_slashes_for_an_absolute_path() -> None:
    assert database("sqlite:////srv/a%20b.sqlite3", DEFAULT)["NAME"] == Path(
        "/srv/a b.sqlite3"
    )


def test_postgres_with_every_part() -> None:
    url = "postgres://ada:p%40ss%2Fword@db.example.org:6432/journal?sslmode=verify-full"

    entry = database(url, DEFAULT)

    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert (entry["USER"], entry["PASSWORD"]) == ("ada", "p@ss/word")
    assert (entry["HOST"], entry["PORT"]) == ("db.example.org", "6432")
    assert entry["NAME"] == "journal"
    assert entry["OPTIONS"] == {"sslmode": "verify-full"}


def test_postgres_on_several_hosts() -> None:
    url = "postgres://ada:pw@db1,db2:6432/journal?target_session_attrs=read-write"

    entry = database(url, DEFAULT)

    assert (entry["HOST"], entry["PORT"]) == ("db1,db2", ",6432")
    assert entry["OPTIONS"] == {"target_session_attrs": "read-write"}


def test_postgres_by_a_socket() -> None:
    entry = database("postgresql:///journal", DEFAULT)

    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("", "", "journal")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ada:secret@host/journal",
        "journal.sqlite3",
        "sqlite://",
        "sqlite:///",
        "sqlite://host/journal",
        "postgres://ada:secret@host:port/journal",
        "postgres://ada:secret@one:5432,two:port/journal",
        "postgres://ada:secret@host",
        "postgres://ada:se[cret@host/journal",
        "postgres://ada:secret@host/a/b",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(
    url: str,
) -> None:
    with pytest.raises(OptionError, match="DATABASE_URL") as refusal:
        database(url, DEFAULT)

    assert "secret" not in str(refusal.value)


@pytest.mark.django_db
def test_sqlite_keeps_what_it_has_acknowledged() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own settings")
    with connection.cursor() as cursor:
        [full] = cursor.execute("PRAGMA synchronous").fetchone()

    assert full == 2  # FULL


def test_a_replica_is_read_beside_what_is_written_to() -> None:
    found = databases("postgres://db1/journal", "postgres://db2/journal", DEFAULT)

    assert [found[name]["HOST"] for name in ("default", "replica")] == ["db1", "db2"]
    assert list(databases("postgres://db1/journal", None, DEFAULT)) == ["default"]


@pytest.mark.parametrize(
    ("url", "read_url"),
    [
        (None, "postgres://db2/journal"),
        ("postgres://db1/journal", "sqlite:////srv/journal.sqlite3"),
        ("postgres://db1/journal", "postgres://db2"),
    ],
)
def test_a_replica_that_cannot_be_one_is_refused(
    url: str | None, read_url: str
) -> None:
    with pytest.raises(OptionError, match="DATABASE_READ_URL"):
        databases(url, read_url, DEFAULT)
