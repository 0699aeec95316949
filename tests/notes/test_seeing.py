"""Who may see which note."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from made.notes import AT, a_note
from ownjournal.notes import seeing
from ownjournal.readers.models import Reader

GROUPS = {"alice@merrow.test": [(7, "Ward 7")], "bob@merrow.test": [(8, "Ward 8")]}


def groups_of(reader: Reader) -> list[tuple[int, str]]:
    return GROUPS[reader.email]


def test_everybody_sees_a_public_note(alice: Reader, bob: Reader) -> None:
    note = a_note(author=alice)

    assert [note] == list(seeing.public())
    for who in (None, AnonymousUser(), alice, bob):
        assert list(seeing.visible_to(who)) == [note]


def test_a_private_note_is_its_authors_alone(alice: Reader, bob: Reader) -> None:
    note = a_note(author=alice, visibility="private")

    assert list(seeing.visible_to(alice)) == [note]
    assert not seeing.visible_to(bob).exists()
    assert not seeing.visible_to(None).exists()
    assert not seeing.public().exists()


def test_a_private_note_that_nobody_owns_is_nobodys(alice: Reader) -> None:
    a_note(author=None, visibility="private")

    assert not seeing.visible_to(alice).exists()
    assert not seeing.visible_to(None).exists()


def test_a_groups_note_is_for_its_group(
    alice: Reader, bob: Reader, settings: Any
) -> None:
    note = a_note(author=None, visibility="group", group=7)
    assert not seeing.visible_to(alice).exists()

    settings.NOTE_GROUPS = f"{__name__}.groups_of"

    assert list(seeing.visible_to(alice)) == [note]
    assert not seeing.visible_to(bob).exists()
    assert not seeing.visible_to(None).exists()
    assert not seeing.public().exists()


def test_a_hidden_note_is_shown_to_its_author_alone(
    alice: Reader, bob: Reader, settings: Any
) -> None:
    settings.NOTE_GROUPS = f"{__name__}.groups_of"
    public = a_note(author=alice, hidden_at=AT)
    a_note(author=alice, hidden_at=AT, visibility="group", group=8)

    assert public in seeing.visible_to(alice)
    assert not seeing.visible_to(bob).exists()
    assert not seeing.visible_to(None).exists()
    assert not seeing.public().exists()


def test_a_deleted_note_is_in_no_list(alice: Reader) -> None:
    a_note(author=alice, deleted_at=AT)

    assert not seeing.visible_to(alice).exists()
    assert not seeing.visible_to(None).exists()
