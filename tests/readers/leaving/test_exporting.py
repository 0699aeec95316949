"""One zip with everything of its reader and nothing of anybody else."""

import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import rispy
from django.apps import apps
from django.db import models

from made.articles import an_article
from made.everything import NOW, PMID, leave_traces, words_of
from made.kept import on_disk
from made.shelf import shelve
from ownjournal.notes.moderation.models import Report
from ownjournal.readers.leaving import archive, exporting
from ownjournal.readers.leaving.models import Export
from ownjournal.readers.leaving.tables import SECRET, tables
from ownjournal.readers.models import Interest, Reader

pytestmark = pytest.mark.django_db
ALICE, BOB = 987_654_321_012, 876_543_210_987
SECRETIVE = re.compile(r"password|hash|token|secret|session_|^number$|^data$|^file$")
HARMLESS = {
    "issues.Issue.number",  # of an issue
    "leaving.Farewell.letter_key",
    "notes.Version.number",  # of a text before an edit
    "post.Letter.key",
}


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> None:
    settings.OUTBOX_DIR = tmp_path / "outbox"


@pytest.fixture
def alice() -> Reader:
    shelve(an_article(pmid=PMID))
    return leave_traces("canary", ALICE)


def exported(reader: Reader) -> zipfile.ZipFile:
    file = BytesIO()
    archive.write(file, reader)
    return zipfile.ZipFile(file)


def test_every_word_of_the_reader_is_in_the_rows(alice: Reader) -> None:
    files = exported(alice)
    rows = " ".join(
        files.read(name).decode() for name in files.namelist() if name[:5] == "data/"
    )

    assert [word for word in words_of("canary") if word not in rows] == []


def test_every_table_with_rows_is_in_it_and_described(alice: Reader) -> None:
    files = exported(alice)
    named = {name for name in files.namelist() if name.startswith("data/")}
    readme = files.read("README.txt").decode()

    expected = {f"data/{model._meta.label_lower}.json" for model, _ in tables()}
    assert named == expected - {"data/leaving.farewell.json"}
    assert all(name in readme for name in named)
    assert alice.email in readme


def test_packed_rows_are_readable(alice: Reader) -> None:
    rows = json.loads(exported(alice).read("data/issues.interestsnapshot.json"))

    assert rows[0]["body"] == {"words": ["canaryx07zq"]}


def test_articles_are_there_for_a_reference_manager(alice: Reader) -> None:
    files = exported(alice)
    for name in ("saveds", "issue-articles", "log-rows"):
        [reference] = rispy.loads(files.read(f"articles/{name}.ris").decode())
        assert "Velotrine for fever" in reference["title"]


def test_issues_are_pages_that_need_nothing_else(alice: Reader) -> None:
    page = exported(alice).read("issues/issue-0001.html").decode()

    assert "As you follow canaryx08zq." in page
    assert not re.search(r"<(?:script|link|img)|@import|url\(", page)


def test_the_log_is_a_table(alice: Reader) -> None:
    assert "canaryx05zq" in exported(alice).read("reading-log.csv").decode()


def test_nothing_of_other_readers_is_in_it(alice: Reader) -> None:
    bob = leave_traces("stays", BOB)
    files = exported(bob)
    everything = b" ".join(files.read(name) for name in files.namelist())

    assert b"stays" in everything
    assert b"canary" not in everything
    assert str(ALICE).encode() not in everything


def test_what_others_said_of_a_readers_notes_is_not_in_it() -> None:
    """The author never learns who reported a note."""
    shelve(an_article(pmid=PMID))
    leave_traces("canary", ALICE)
    writer = Reader.objects.get(email="writer@merrow.test")
    assert Report.objects.filter(note__author=writer, reader__pk=ALICE).exists()

    files = exported(writer)
    everything = b" ".join(files.read(name) for name in files.namelist())

    assert b"Fever has many causes." in everything
    assert b"canary" not in everything
    assert str(ALICE).encode() not in everything


def test_no_field_that_lets_somebody_in_is_exported() -> None:
    """A later field with a name like these is withheld, or said to be harmless."""
    named = {
        f"{model._meta.label}.{field.name}"
        for model, _ in tables()
        for field in model._meta.concrete_fields
        if SECRETIVE.search(field.name)
    }

    assert named <= SECRET | HARMLESS
    for label in SECRET:
        app, model, field = label.split(".")
        assert isinstance(
            apps.get_model(app, model)._meta.get_field(field), models.Field
        )


def test_secrets_are_left_out(alice: Reader) -> None:
    alice.set_password("a long pass phrase")
    alice.save()
    files = exported(alice)
    everything = b" ".join(files.read(name) for name in files.namelist())

    assert alice.password.encode() not in everything
    assert f"{ALICE}session".encode() not in everything


def test_many_rows_are_read_a_few_at_a_time(
    alice: Reader, django_assert_max_num_queries: Any
) -> None:
    Interest.objects.bulk_create(
        Interest(reader=alice, kind="seed", value=str(number), label="x")
        for number in range(1_000)
    )
    with django_assert_max_num_queries(170):
        files = exported(alice)

    assert len(json.loads(files.read("data/readers.interest.json"))) == 1_001


def test_a_small_export_is_made_at_once(tmp_path: Path) -> None:
    reader = Reader.objects.create_reader("small@merrow.test")
    export = exporting.ask(reader, NOW)
    assert export.made_at is not None
    place = exporting.file_of(export, export.made_at)

    assert place is not None
    path = on_disk(place)
    assert path.parent == tmp_path / "exports"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_size == export.size
    assert zipfile.ZipFile(path).testzip() is None


def test_a_large_one_waits_for_the_worker(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    first = exporting.ask(alice, NOW)
    again = exporting.ask(alice, NOW)

    assert (first.made_at, again.pk) == (None, first.pk)
    assert exporting.make_waiting(NOW) == 1
    assert exporting.make_waiting(NOW) == 0
    assert Export.objects.get().made_at is not None


def test_what_one_worker_makes_no_other_does(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    export = exporting.ask(alice, NOW)
    Export.objects.update(claimed_until=NOW + timedelta(minutes=1))

    assert exporting.make(export, NOW) == 0
    assert exporting.make(export, NOW + timedelta(minutes=2)) == 1


def test_a_fault_leaves_no_file_and_is_tried_again_in_an_hour(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(reader: Reader) -> Any:
        yield "notes/a.md", ["whole"]
        raise LookupError("no notes")

    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    exporting.ask(alice, NOW)
    with monkeypatch.context() as patch:
        patch.setattr("ownjournal.readers.leaving.slots.PARTS", [fails])
        with pytest.raises(LookupError):
            exporting.make_waiting(NOW)

    assert list(on_disk(exporting.FOLDER).glob("*")) == []
    assert Export.objects.get().problem == "LookupError: no notes"
    assert exporting.make_waiting(NOW + timedelta(minutes=59)) == 0
    assert exporting.make_waiting(NOW + timedelta(minutes=61)) == 1
    assert Export.objects.get().problem is None


def test_after_a_day_the_file_is_gone(alice: Reader) -> None:
    export = Export.objects.get()
    assert export.made_at is not None
    assert exporting.file_of(export, export.made_at + timedelta(hours=24)) is None

    exporting.forget_old(export.made_at + timedelta(hours=23))
    assert Export.objects.exists()
    exporting.forget_old(export.made_at + timedelta(hours=24))

    assert not Export.objects.exists()
    assert list(on_disk(exporting.FOLDER).glob("*")) == []


def test_a_new_export_takes_the_place_of_the_old_one(alice: Reader) -> None:
    [old] = on_disk(exporting.FOLDER).glob("*")
    exporting.ask(alice, NOW)
    exporting.make_waiting(NOW)

    [new] = on_disk(exporting.FOLDER).glob("*")
    assert new != old
