"""A reader who leaves takes her notes with her, unless she leaves the public ones."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from made.kept import on_disk, picture_on_disk
from made.pictures import png
from ownjournal.notes.models import Draft, Note, Signature, Version
from ownjournal.notes.pictures.keeping import address_of, take
from ownjournal.notes.pictures.models import Picture
from ownjournal.readers import signin
from ownjournal.readers.leaving import farewell
from ownjournal.readers.leaving.erasing import erase
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)


def a_note(author: Reader, text: str, visibility: str = "public", **facts: Any) -> Note:
    return Note.objects.create(
        author=author,
        pmid=99_400_001,
        kind="comment",
        text=text,
        visibility=visibility,
        created_at=NOW,
        review_on=date(2028, 11, 30),
        **facts,
    )


def shown(picture: Picture) -> str:
    return f"![a plot]({address_of(picture)})"


def test_all_of_it_goes_with_her(alice: Reader, bob: Reader) -> None:
    picture = take(alice, png(), NOW)
    a_note(alice, shown(picture))
    stays = a_note(bob, "Bob's.")
    Signature.objects.create(reader=alice, name="Alice Marsh")

    erase(alice)

    assert list(Note.objects.all()) == [stays]
    assert not Signature.objects.exists()
    assert not Picture.objects.exists()
    assert not picture_on_disk(picture.name).exists()


def test_public_notes_stay_as_a_former_readers_if_she_likes(alice: Reader) -> None:
    in_public, in_private = (take(alice, png((n, 40)), NOW) for n in (60, 61))
    note = a_note(alice, shown(in_public), conflict_of_interest="None.")
    note.versions.create(
        number=0, kind="comment", text="It said this.", dialect=1, replaced_at=NOW
    )
    a_note(alice, shown(in_private), "private")
    a_note(alice, "For the group.", "group", group=7)
    a_note(alice, "Hidden by a moderator.", hidden_at=NOW)
    a_note(alice, "Deleted just now.", deleted_at=NOW)
    Draft.objects.create(
        reader=alice, pmid=1, kind="pearl", text="Not yet.", saved_at=NOW
    )
    Signature.objects.create(reader=alice, name="Alice Marsh")

    erase(alice, keeps_notes=True)

    kept = Note.objects.get()
    assert (kept.pk, kept.author, kept.text) == (note.pk, None, shown(in_public))
    assert kept.conflict_of_interest == "None."
    for gone in (Version, Draft, Signature):
        assert not gone.objects.exists()
    picture = Picture.objects.get()
    assert (picture.name, picture.reader) == (in_public.name, None)
    assert picture_on_disk(in_public.name).is_file()
    assert not picture_on_disk(in_private.name).exists()


def test_a_picture_that_another_reader_has_too_stays_for_her(
    alice: Reader, bob: Reader
) -> None:
    mine, hers = take(alice, png(), NOW), take(bob, png(), NOW)
    a_note(alice, shown(mine))
    a_note(bob, shown(hers), "private")

    erase(alice)
    assert picture_on_disk(hers.name).is_file()


def test_two_former_readers_may_have_left_the_same_picture(
    alice: Reader, bob: Reader
) -> None:
    for reader in (alice, bob):
        a_note(reader, shown(take(reader, png(), NOW)))

    erase(alice, keeps_notes=True)
    erase(bob, keeps_notes=True)

    assert Picture.objects.count() == 1
    assert Note.objects.filter(author=None).count() == 2


def test_what_she_left_stays_when_a_backup_brings_her_back(alice: Reader) -> None:
    made, number = alice.created_at, alice.pk
    erase(alice, keeps_notes=True)
    back = Reader.objects.create_reader("alice@merrow.test", pk=number)
    Reader.objects.filter(pk=number).update(created_at=made)
    a_note(back, "Fever.")
    a_note(back, "Mine alone.", "private")

    assert farewell.replay() == 1
    assert [(note.author, note.text) for note in Note.objects.all()] == [
        (None, "Fever.")
    ]
    assert {len(line) for line in on_disk("erased/readers").read_text().split()} == {64}


def test_the_leaving_page_asks_only_who_has_public_notes(
    client: Client, alice: Reader
) -> None:
    client.post(signin.make_link(alice, timezone.now()))
    a_note(alice, "Mine alone.", "private")
    page = leave_page(client)
    assert 'name="notes"' not in page
    a_note(alice, "Fever.")

    page = leave_page(client)
    assert "Your public note" in page
    assert 'name="notes" value="keep"' in page
    assert 'value="erase" checked' in page


def leave_page(client: Client) -> str:
    return client.get("/account/leave").text
