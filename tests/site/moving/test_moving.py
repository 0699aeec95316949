"""A site moves to PostgreSQL while it is written to; what goes wrong is told."""

import sqlite3
from contextlib import closing
from typing import Any

import msgspec
import psycopg
import pytest

from made.half_moved import Half
from made.moved import moved, read
from made.postgres import another_database
from ownjournal.readers.models import Interest, Reader
from ownjournal.site.moving import copying, halting, record
from ownjournal.site.moving.moving import Move, open_again
from ownjournal.site.moving.problem import MovingProblem
from ownjournal.site.moving.source import Source
from ownjournal.site.moving.tables import tables

pytestmark = pytest.mark.slow
"""The first of them makes the site; the others take a second each."""


def test_everything_is_moved_that_was_written_meanwhile(half: Half) -> None:
    with half.site.written_to():
        move = half.move()
        move.prepare()
    ended = move.switch()
    new = moved(half.site, half.url)

    assert read(new) == read(half.site)
    assert len(ended.tables) == len(tables())
    assert all(each.old == each.new for each in ended.tables.values())
    assert ended.tables["readers_reader"].rows == len(read(new)["readers.Reader"])
    assert not (half.site.folder / record.BEGUN).exists()
    told = (half.site.folder / record.ENDED).read_bytes()
    assert msgspec.json.decode(told, type=record.Ended) == ended


def test_the_new_site_goes_on_where_the_old_one_was(half: Half) -> None:
    last = Reader.objects.create_reader("last@merrow.test").pk
    Reader.objects.filter(pk=last).delete()
    _switch(half)
    new = moved(half.site, half.url)

    new.ownjournal("reader", "add", "new@merrow.test")

    with psycopg.connect(half.url) as database:
        [(key,)] = database.execute("SELECT max(id) FROM readers_reader").fetchall()
        assert key > last  # no number is given out twice
        [left] = database.execute(
            "SELECT count(*) FROM pg_namespace WHERE nspname = 'ownjournal_moving'"
        ).fetchall()
        assert left == (0,)
    assert "migrations" not in new.ownjournal("migrate")


def test_references_indexes_and_constraints_are_those_of_a_new_site(
    half: Half, postgresql: str
) -> None:
    _switch(half)
    plain = moved(half.site, another_database(postgresql))
    plain.ownjournal("migrate")

    assert _made_of(half.url) == _made_of(plain.url or "")


def _made_of(url: str) -> list[tuple[Any, ...]]:
    """Conditions are left out: PostgreSQL writes them another way the second time."""
    with psycopg.connect(url) as database:
        return database.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint UNION ALL"
            " SELECT indexname, split_part(indexdef, ' WHERE ', 1) FROM pg_indexes"
            " WHERE schemaname = 'public' ORDER BY 1, 2"
        ).fetchall()


def test_a_check_tells_of_a_move_until_it_is_over(half: Half) -> None:
    half.move()
    assert "was begun: ownjournal migrate-storage" in half.site.ownjournal(
        "check", code=1
    )

    _switch(half)

    assert "This database was left" in half.site.ownjournal("check", code=1)
    assert "move" not in moved(half.site, half.url).ownjournal("check", code=1)


def test_the_old_database_refuses_to_be_written_to(half: Half) -> None:
    _switch(half)

    assert "This database was left" in half.site.ownjournal(
        "reader", "add", "late@merrow.test", code=1
    )
    with (
        closing(sqlite3.connect(half.site.database())) as database,
        pytest.raises(sqlite3.IntegrityError, match="has moved to another database"),
    ):
        database.execute("DELETE FROM readers_interest")
    (half.site.folder / halting.FILE).unlink()  # by a mistake
    with pytest.raises(Exception, match="has moved to another database"):
        Interest.objects.update(value="x")
    with pytest.raises(MovingProblem, match="has moved to .* already"):
        half.move()


def test_the_old_site_can_be_taken_up_again(half: Half) -> None:
    before = read(half.site)
    _switch(half)

    open_again()

    assert read(half.site) == before
    half.site.ownjournal("reader", "add", "again@merrow.test")
    assert _own_names(half) == []


def _own_names(half: Half) -> list[tuple[str]]:
    with closing(sqlite3.connect(half.site.database())) as database:
        return database.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'ownjournal_moving%'"
        ).fetchall()


def test_a_mover_killed_after_the_seal_is_finished_by_the_next(
    half: Half, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = half.move()
    move.prepare()
    monkeypatch.setattr(Move, "_ended", _killed)
    with pytest.raises(KeyboardInterrupt):
        move.switch()
    assert "read-only transaction" in moved(half.site, half.url).ownjournal(
        "reader", "add", "early@merrow.test", code=1
    )

    said = half.site.ownjournal(
        "migrate-storage", "--to-database", half.url, "--switch"
    )

    assert "The move was finished" in said
    moved(half.site, half.url).ownjournal("reader", "add", "early@merrow.test")


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_row_that_changed_in_the_copy_is_seen(half: Half) -> None:
    _in_the_copy(half, "UPDATE readers_reader SET specialty = 'gouty'")

    with pytest.raises(MovingProblem, match="readers_reader has another specialty"):
        half.move().prepare()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE notes_note SET text = text || ' '", "notes_note has another text"),
        ("DELETE FROM notes_draft", "notes_draft lacks the row"),
        (
            "INSERT INTO readers_pastsearch (id, reader_id, parameters, searched_at)"
            " SELECT 999, id, 'q=x', now() FROM readers_reader LIMIT 1",
            "readers_pastsearch has",
        ),
    ],
)
def test_a_copy_that_changed_before_the_switch_is_not_switched_to(
    half: Half, statement: str, told: str
) -> None:
    move = half.move()
    move.prepare()
    _in_the_copy(half, statement)

    with pytest.raises(MovingProblem, match=told):
        move.switch()

    assert halting.why_read_only() is None
    Reader.objects.create_reader("still@merrow.test")


def test_large_tables_are_kept_up_with_in_their_sums(
    half: Half, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None is read whole again; what changes is, also while it is compared."""
    monkeypatch.setattr("ownjournal.site.moving.moving.SMALL", -1)
    monkeypatch.setattr(copying, "AT_ONCE", 50)
    move = half.move()
    with half.site.written_to():
        move.prepare()
    Reader.objects.filter(email__startswith="canary").update(specialty="sprue")
    Interest.objects.filter(value__endswith="1").delete()
    Reader.objects.create_reader("one-more@merrow.test")

    ended = move.switch()

    assert read(moved(half.site, half.url)) == read(half.site)
    assert all(each.old == each.new for each in ended.tables.values())
    kept = _sums_made_anew(half)
    assert {name: each.new for name, each in ended.tables.items()} == kept


def test_a_table_that_grows_faster_than_it_is_read_has_an_end(
    half: Half, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "AT_ONCE", 3)
    reader = Reader.objects.create_reader("busy@merrow.test")
    grown: list[int] = []

    def grow(name: str, rows: int) -> None:
        if name == "readers_interest":
            assert len(grown) < 1_000, "it has no end"
            several = [
                Interest(reader=reader, kind="words", value=f"{len(grown)}-{each}")
                for each in range(4)
            ]
            Interest.objects.bulk_create(several)
            grown.append(rows)

    move = half.move()
    monkeypatch.setattr(move, "_told", lambda deed: grow)
    move.prepare()
    move.switch()

    assert grown
    assert read(moved(half.site, half.url)) == read(half.site)


def _sums_made_anew(half: Half) -> dict[str, str]:
    sums = {}
    with closing(Source(half.site.database())) as source:
        for table in tables():
            rows = source.after(table, None, source.highest(table), 1_000_000)
            made = [copying.converted(table, each) for each in rows]
            total = sum(copying.fingerprint(table, each) for each in made)
            sums[table.name] = f"{total % 2**copying.BITS:032x}"
    return sums


def test_a_row_that_postgresql_cannot_take_is_told_and_the_site_goes_on(
    half: Half,
) -> None:
    move = half.move()
    move.prepare()
    key = Reader.objects.create_reader("nul@merrow.test", specialty="a\0b").pk

    with pytest.raises(MovingProblem, match=rf"readers_reader.specialty .* id = {key}"):
        move.switch()

    Reader.objects.filter(pk=key).update(specialty="a b")
    again = half.move()
    again.prepare()
    again.switch()


def test_tables_that_were_made_anew_are_not_trusted(half: Half) -> None:
    half.site.execute("DROP TRIGGER ownjournal_moving_notes_note_update")

    with pytest.raises(MovingProblem, match="changed while it was copied"):
        half.move().prepare()


def test_only_an_empty_database_or_this_move_will_do(
    half: Half, postgresql: str
) -> None:
    taken = another_database(postgresql)
    with psycopg.connect(taken, autocommit=True) as database:
        database.execute("CREATE TABLE theirs (id int)")

    with pytest.raises(MovingProblem, match="Name the same again"):
        Move.to(taken, None, print)
    open_again()
    with pytest.raises(MovingProblem, match="is not empty"):
        Move.to(taken, None, print)
    with pytest.raises(MovingProblem, match="unfinished move of another site"):
        half.move()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgres://oj@127.0.0.1:1/oj", "cannot be reached"),
        ("sqlite:////tmp/x", "no server of PostgreSQL"),
    ],
)
def test_a_wrong_address_is_told(half: Half, url: str, told: str) -> None:
    with pytest.raises(MovingProblem, match=told):
        Move.to(url, None, print)


def test_one_moves_at_a_time(half: Half) -> None:
    with record.alone():
        said = half.site.ownjournal(
            "migrate-storage", "--to-database", half.url, code=1
        )

    assert "Another process is moving this site" in said


def _switch(half: Half) -> None:
    move = half.move()
    move.prepare()
    move.switch()


def _in_the_copy(half: Half, statement: str) -> None:
    with psycopg.connect(half.url, autocommit=True) as database:
        database.execute("SET default_transaction_read_only = off")
        database.execute(statement.encode())
