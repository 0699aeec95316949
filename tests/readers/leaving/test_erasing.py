"""Erased means erased: no word of the reader in any table, file or free page."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from made.everything import NOW, leave_traces, words_of
from made.kept import on_disk
from made.scan import found_in_bytes, found_in_files, found_in_tables
from ownjournal.notes.moderation.models import Ban
from ownjournal.readers.leaving import erased_list, erasing, farewell, scrubbing
from ownjournal.readers.leaving.tables import rows_of, tables, told
from ownjournal.readers.membership.models import TakenTrial
from ownjournal.readers.membership.trials import address_hash
from ownjournal.readers.models import Institution, Reader
from ownjournal.readers.post.models import Letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ALICE, BOB = 987_654_321_012, 876_543_210_987


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> None:
    settings.OUTBOX_DIR = tmp_path / "outbox"


@pytest.fixture
def alice() -> Reader:
    return leave_traces("canary", ALICE)


@pytest.fixture
def bob() -> Reader:
    return leave_traces("stays", BOB)


def marks() -> list[str]:
    """What must not be found any more."""
    return [*words_of("canary"), str(ALICE)]


def everything(reader_id: int) -> dict[str, list[dict[str, Any]]]:
    return {
        model._meta.label: [told(row) for row in rows_of(model, paths, reader_id)]
        for model, paths in tables()
    }


def test_the_traces_are_in_every_table_that_leads_to_a_reader(alice: Reader) -> None:
    farewell.ask(alice, NOW)
    empty = {label for label, rows in everything(ALICE).items() if not rows}

    assert empty <= {"accounts.Session"}  # the asking ended them


def test_the_scan_finds_every_word(alice: Reader, tmp_path: Path) -> None:
    finds = " ".join(found_in_tables(marks()) + found_in_files(tmp_path, marks()))

    assert [mark for mark in marks() if mark not in finds] == []


def test_nothing_is_left_of_who_was_erased(
    alice: Reader, bob: Reader, tmp_path: Path
) -> None:
    kept = everything(BOB)
    assert found_in_files(tmp_path, marks())

    erasing.erase(alice)
    assert scrubbing.scrub()

    assert found_in_tables(marks()) == []
    assert found_in_files(tmp_path, marks()) == []
    assert found_in_bytes(marks()) == []
    assert everything(BOB) == kept
    theirs = found_in_files(tmp_path, words_of("stays"))
    assert {find.split("/")[0] for find in theirs} == {"exports", "outbox"}


def test_of_who_leaves_public_notes_nothing_else_is_left(
    alice: Reader, tmp_path: Path
) -> None:
    Ban.objects.all().delete()  # a banned reader's notes are not public
    erasing.erase(alice, keeps_notes=True)
    assert scrubbing.scrub()

    finds = found_in_tables(marks())
    assert {find.split(":")[0] for find in finds} == {
        "notes_note.text",
        "notes_note.conflict_of_interest",
    }
    assert found_in_tables([str(ALICE)]) + found_in_files(tmp_path, marks()) == []


def test_without_scrubbing_a_deleted_row_is_still_in_the_file() -> None:
    """The control: else the scan of bytes would prove nothing."""
    if connection.vendor != "sqlite":
        pytest.skip("a server keeps its files to itself")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
    reader = Reader.objects.create_reader("controlzq@merrow.test")
    reader.delete()

    assert found_in_bytes(["controlzq"])


def test_one_keyed_hash_stays_so_that_an_address_has_one_trial(alice: Reader) -> None:
    kept = address_hash(alice.email)
    erasing.erase(alice)

    assert TakenTrial.objects.filter(address_hash=kept).exists()


def test_a_library_that_others_use_stays_without_its_proposer(alice: Reader) -> None:
    erasing.erase(alice)

    [library] = Institution.objects.all()
    assert (library.state, library.added_by, library.remark) == ("active", None, None)


def test_an_erasure_that_was_cut_off_is_finished_by_calling_again(
    alice: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "_delete_by_address", crash)
        with pytest.raises(RuntimeError):
            erasing.erase(alice)
    assert found_in_tables(["canaryx01zq"])

    assert farewell.replay() == 1
    scrubbing.scrub()
    assert found_in_tables(marks()) + found_in_files(tmp_path, marks()) == []


def test_whom_a_restored_backup_brings_back_is_erased_again(
    alice: Reader, tmp_path: Path
) -> None:
    made = alice.created_at
    erasing.erase(alice)
    Institution.objects.all().delete()
    TakenTrial.objects.all().delete()
    back = leave_traces("canary", ALICE)
    Reader.objects.filter(pk=back.pk).update(created_at=made)

    assert farewell.replay() == 1
    assert found_in_tables(marks()) + found_in_files(tmp_path, marks()) == []
    assert farewell.replay() == 0


def test_whoever_joins_again_with_the_address_stays(alice: Reader) -> None:
    erasing.erase(alice)
    again = Reader.objects.create_reader("canaryx00zq@merrow.test", pk=ALICE)

    assert farewell.replay() == 0
    assert Reader.objects.filter(pk=again.pk).exists()


def test_the_list_of_the_erased_holds_hashes_only(alice: Reader) -> None:
    erasing.erase(alice)

    [line] = on_disk("erased/readers").read_text().splitlines()
    assert len(line) == 64
    assert on_disk("erased/readers").stat().st_mode & 0o777 == 0o600


def test_half_a_line_is_no_hash(alice: Reader) -> None:
    on_disk("erased/readers").parent.mkdir()
    on_disk("erased/readers").write_text(erased_list.hash_of(alice)[:40])

    assert erased_list.come_back() == []


def test_the_last_mail_leaves_before_the_rows_go(alice: Reader) -> None:
    farewell.ask(alice, NOW)
    farewell.ask(alice, NOW)
    reader = Reader.objects.get(pk=ALICE)
    [letter] = Letter.objects.filter(kind=farewell.KIND)

    assert (reader.is_active, reader.next_issue_at) == (False, None)
    assert farewell.see_off(NOW) == 0
    assert "cannot be brought back" in farewell.last_mail(letter).text

    Letter.objects.filter(pk=letter.pk).update(state="sent", settled_at=NOW)
    assert farewell.see_off(NOW) == 1
    assert not Reader.objects.filter(pk=ALICE).exists()


def test_no_mail_is_waited_for_longer_than_an_hour(alice: Reader) -> None:
    farewell.ask(alice, NOW)

    assert farewell.see_off(NOW + farewell.LONGEST) == 1


def test_a_store_too_large_is_left_to_the_operator(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a server makes its space free by itself")
    monkeypatch.setattr(scrubbing, "LARGEST", 1)
    erasing.erase(alice)

    assert not scrubbing.scrub()
    assert scrubbing.is_due()
    assert scrubbing.scrub(whatever_size=True)
    assert not scrubbing.is_due()


def test_other_parts_are_told_whether_public_notes_stay(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, bool]] = []

    def leaver(reader: Reader, keeps_notes: bool) -> None:
        told.append((reader.pk, keeps_notes))

    monkeypatch.setattr("ownjournal.readers.leaving.slots.LEAVERS", [leaver])
    farewell.ask(alice, NOW, keeps_notes=True)
    farewell.see_off(NOW + farewell.LONGEST)

    assert told == [(ALICE, True)]


def test_nothing_goes_when_a_part_fails(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(reader: Reader, keeps_notes: bool) -> None:
        assert keeps_notes
        raise LookupError

    monkeypatch.setattr("ownjournal.readers.leaving.slots.LEAVERS", [fails])
    with pytest.raises(LookupError), transaction.atomic():
        erasing.erase(alice, keeps_notes=True)

    assert Reader.objects.filter(pk=ALICE).exists()
