"""A picture is there once, for the notes of who brought it, and goes with them."""

import os
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from made.kept import picture_on_disk
from made.pictures import drawn, png, saved
from ownjournal.notes.models import Note
from ownjournal.notes.pictures import keeping
from ownjournal.notes.pictures.cleaning import Refused
from ownjournal.notes.pictures.keeping import (
    address_of,
    forget_files,
    forget_unused,
    names_in,
    take,
)
from ownjournal.notes.pictures.models import Picture
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
LATER = NOW + timedelta(days=1, minutes=1)
PMID = 99_400_001


def a_note(author: Reader | None, text: str, **facts: Any) -> Note:
    how = {"kind": "comment", "pmid": PMID, "created_at": NOW, **facts}
    return Note.objects.create(
        author=author, text=text, review_on=date(2028, 11, 30), **how
    )


def shown(picture: Picture) -> str:
    return f"Look: ![a plot]({address_of(picture)})."


def test_a_file_is_kept_under_a_hash_of_what_was_made_of_it(alice: Reader) -> None:
    picture = take(alice, png(), NOW)

    assert picture_on_disk(picture.name).read_bytes().startswith(b"\x89PNG")
    assert keeping.ADDRESS.fullmatch(address_of(picture))
    assert (picture.width, picture.height) == (60, 40)
    assert picture.size == picture_on_disk(picture.name).stat().st_size


def test_the_hash_tells_nothing_to_who_has_the_picture(
    alice: Reader, settings: Any
) -> None:
    here = take(alice, png(), NOW).name
    settings.SECRET_KEY = "another site's"

    assert take(alice, png(), NOW).name != here


def test_the_same_picture_is_one_row_a_reader_and_one_file(
    alice: Reader, bob: Reader
) -> None:
    first = take(alice, png(), NOW)
    assert take(alice, png(), LATER) == first
    others = take(bob, png(), NOW)

    assert (first.name, Picture.objects.count()) == (others.name, 2)
    keeping.remove(first)
    assert picture_on_disk(others.name).is_file()
    keeping.remove(others)
    assert not picture_on_disk(others.name).exists()


def test_no_reader_has_more_than_her_room(
    alice: Reader, bob: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = take(alice, png(), NOW).size
    monkeypatch.setattr(keeping, "QUOTA", size + 1)

    with pytest.raises(Refused, match="200 MB"):
        take(alice, png((61, 40)), NOW)
    assert take(alice, png(), NOW).size == size
    assert take(bob, png(), NOW).size == size


def test_a_picture_that_no_note_shows_goes_after_a_day(alice: Reader) -> None:
    picture = take(alice, png(), NOW)

    assert forget_unused(NOW + timedelta(hours=23)) == 0
    assert picture_on_disk(picture.name).is_file()
    assert forget_unused(LATER) == 1
    assert not picture_on_disk(picture.name).exists()


def test_a_picture_that_is_brought_again_while_it_is_looked_for_stays(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = take(alice, png(), NOW)

    def is_wanted(_: Picture) -> bool:
        take(alice, png(), LATER)
        return False

    monkeypatch.setattr(keeping, "is_wanted", is_wanted)

    assert forget_unused(LATER) == 0
    assert Picture.objects.filter(pk=picture.pk).exists()
    assert picture_on_disk(picture.name).is_file()


def test_a_picture_stays_while_a_note_of_its_reader_shows_it(
    alice: Reader, bob: Reader
) -> None:
    picture = take(alice, png(), NOW)
    note = a_note(alice, shown(picture))
    a_note(bob, shown(picture))

    assert forget_unused(LATER) == 0
    note.delete()
    assert forget_unused(LATER + timedelta(minutes=59)) == 0  # it was looked at
    assert forget_unused(LATER + timedelta(minutes=61)) == 1
    assert not picture_on_disk(picture.name).exists()


def test_a_picture_of_an_earlier_text_stays_with_that_text(alice: Reader) -> None:
    picture = take(alice, png(), NOW)
    note = a_note(alice, "Without it.")
    note.versions.create(
        number=0, kind="comment", text=shown(picture), dialect=1, replaced_at=NOW
    )

    assert forget_unused(LATER) == 0


def test_a_former_readers_note_keeps_its_pictures(alice: Reader) -> None:
    picture = take(alice, png(), NOW)
    a_note(None, shown(picture))
    Picture.objects.update(reader=None)

    assert forget_unused(LATER) == 0


def test_files_that_a_crash_left_behind_go(alice: Reader) -> None:
    picture = take(alice, png(), NOW)
    lost = picture_on_disk("ab" * 20 + ".png")
    lost.parent.mkdir(parents=True, exist_ok=True)
    lost.write_bytes(b"lost")
    young = lost.with_name("young.part")
    young.write_bytes(b"")
    now = datetime.now(UTC)
    old = (now - timedelta(days=2)).timestamp()
    os.utime(lost, (old, old))
    os.utime(picture_on_disk(picture.name), (old, old))

    forget_files(now)

    assert not lost.exists()
    assert young.exists()
    assert picture_on_disk(picture.name).is_file()


def test_names_are_found_in_a_text_each_once(alice: Reader) -> None:
    one, two = take(alice, png(), NOW), take(alice, saved(drawn(), "JPEG"), NOW)

    text = f"{shown(two)} {shown(one)} {shown(two)} ![x](/media/../secret_key)"
    assert names_in(text) == [two.name, one.name]
