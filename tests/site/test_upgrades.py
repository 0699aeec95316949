"""Upgrades: sites of every version migrate to this one, and no row is lost."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from made.backups import Site
from made.everything import words_of
from made.old_site import OLD, columns, load, lost

LARGEST = 200_000  # bytes of a file
ASK = """
import django; django.setup()
from django.test import Client
from ownjournal.readers.models import Reader
reader = Reader.objects.get(email="{email}")
client = Client(HTTP_HOST="localhost")
client.force_login(reader, "ownjournal.readers.accounts.passwords.ReaderBackend")
for address in ("/", "/articles/99100001", "/issues/1", "/log", "/saved", "/notes"):
    print(address, client.get(address, follow=True).status_code)
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=OLD, ids=lambda path: path.name)
def upgraded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Site]:
    """The old database, and the site that was made of it by this version."""
    folder = tmp_path_factory.mktemp("upgraded")
    site = Site(folder / "data", None)
    load(request.param, folder / "old.sqlite3")
    load(request.param, site.database())
    site.ownjournal("migrate")
    return folder / "old.sqlite3", site


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.name)
def test_a_kept_site_is_small(path: Path) -> None:
    assert path.stat().st_size < LARGEST


def test_no_row_is_lost_by_an_upgrade(upgraded: tuple[Path, Site]) -> None:
    old, site = upgraded

    assert lost(old, site.database()) == []
    with closing(sqlite3.connect(site.database())) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_comparison_sees_what_an_upgrade_would_lose(
    upgraded: tuple[Path, Site], tmp_path: Path
) -> None:
    """The control: a row, a value, a column and a table that are no longer there."""
    harmed = tmp_path / "harmed.sqlite3"
    harmed.write_bytes(upgraded[1].database().read_bytes())
    with closing(sqlite3.connect(harmed)) as database, database:
        database.execute("DELETE FROM notes_draft WHERE id = 1")
        database.execute("UPDATE notes_signature SET role = '' WHERE id = 1")
        database.execute("ALTER TABLE notes_note DROP COLUMN conflict_of_interest")
        database.execute("DROP TABLE responses_mute")

    places = {each.split(":")[0] for each in lost(upgraded[0], harmed)}
    assert places == {
        "notes_draft",
        "notes_signature",
        "notes_note.conflict_of_interest",
        "responses_mute",
    }


def test_an_upgraded_site_answers(upgraded: tuple[Path, Site]) -> None:
    said = upgraded[1].python(ASK.format(email=f"{words_of('stays')[0]}@merrow.test"))

    assert [line.split()[1] for line in said.splitlines()] == ["200"] * 6, said


def test_a_site_of_an_older_form_is_backed_up_and_restored_in_this_one(
    tmp_path: Path,
) -> None:
    """As after an upgrade: the backup is of before, the program is not."""
    old = Site(tmp_path / "old", None)
    load(OLD[0], old.database())
    old.python(
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', 'issues', '0006', verbosity=0)\n"
    )
    old.ownjournal("backup", tmp_path / "out")
    new = Site(tmp_path / "new", None)

    new.ownjournal("restore", *(tmp_path / "out").iterdir())

    assert lost(old.database(), new.database()) == []
    added = set(columns(new.database())["issues_issuearticle"]) - set(
        columns(old.database())["issues_issuearticle"]
    )
    assert added == {"note", "note_version"}
